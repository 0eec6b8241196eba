"""Whether a statement says of something what excludes what its support says: "final" of an interim figure."""

from __future__ import annotations

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import reason
from assistant.agent.grounding.wording import FALL_SHORT, is_negative
from assistant.language.stems import stems
from assistant.language.thesaurus import contraries, phrases


def contrary(claimed: str, ground: Ground) -> str | None:
    """A word of the thesaurus's contraries where the support has one of the other side only.

    None where either negates, for "did not fall" may be "unchanged", nor beside a calculation, which may rise where a source fell.
    """
    if ground.computed or is_negative(claimed) or any(is_negative(line.reading) for line in ground.best):
        return None
    said = phrases(stems(FALL_SHORT.sub(" ", claimed)))
    known = frozenset[str]().union(*(phrases(stems(line.reading)) for line in ground.best))
    for these, those in contraries():
        if these & said and those & known and not those & said and not these & known:
            return reason("instead", name=min(these & said), other=min(those & known))
    return None
