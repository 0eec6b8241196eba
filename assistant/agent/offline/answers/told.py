"""The one figure that the sentence with most of a question's words gives: where several sentences are as near, none."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from assistant.agent.offline.findings import Findings
from assistant.agent.offline.understanding.cues import content
from assistant.language.figures import Figure, figures
from assistant.language.sentences import sentences
from assistant.language.stems import stems
from assistant.language.units import canonical_unit

# So many words a sentence has to share with what is looked for.
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Told:
    """``figure`` of a sentence that reads ``text``, on one line, in the passage that ``marker`` cites."""

    text: str
    figure: Figure
    marker: str


def told(
    wording: str, findings: Findings, fits: Callable[[Figure], bool], at_least: int = _SHARED, within: Collection[str] | None = None
) -> Told | None:
    """The fitting figure of the sentence that shares most words with ``wording``, if it shares ``at_least`` and has one such value.

    ``within`` are the ids of the documents whose sentences count, by default all.
    """
    words = frozenset(word for word in content(wording) if not any(map(str.isdigit, word)) and not canonical_unit(word))
    found: list[tuple[int, Told]] = []
    for marker, source in enumerate(findings.evidence.sources, 1):
        if within is not None and source.document.id not in within:
            continue
        for sentence in sentences(source.passage.text):
            fitting = [figure for figure in figures(sentence.text) if fits(figure)]
            if len({(figure.value, figure.unit) for figure in fitting}) == 1:
                text = " ".join(sentence.text.split())
                found.append((len(words & frozenset(stems(sentence.text))), Told(text, fitting[0], f"[{marker}]")))
    best = max((shared for shared, _ in found), default=0)
    likely = {(one.figure.value, one.figure.unit): one for shared, one in found if shared == best}
    return next(iter(likely.values())) if best >= at_least and len(likely) == 1 else None
