"""How many of those who were screened were enrolled, treated or evaluable: the counts of two stages that one passage tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import light, scaffold, words_of
from assistant.agent.offline.understanding.operation import calculation_cues
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.language.negations import NEGATION
from assistant.language.stems import stems

# From the first stage to the last, each by the stems that tell it.
_STAGES = (
    frozenset(stems("screened")),
    frozenset(stems("enrolled recruited")),
    frozenset(stems("randomised randomized")),
    frozenset(stems("treated treatment")),
    frozenset(stems("evaluable assessable")),
)
_VERBS = frozenset(stems("were was had received met"))
# A count of one group is none of all.
_OF_GROUP = re.compile(r"\b(?:cohort|arm|group|level|DL)\s?-?[A-Z\d]\b", re.IGNORECASE)


def asks_stages(question: str) -> bool:
    """Whether a question names two of the stages."""
    return len(_stages(question)) == 2


def _stages(question: str) -> list[int]:
    said = frozenset(stems(question))
    return [place for place, stage in enumerate(_STAGES) if stage & said]


def funnel(topic: Topic, matches: Sequence[Match], findings: Findings) -> Composed | None:
    """The share of one stage that came to a later one, or how many did not; None where the question tells more than two stages."""
    asked = _stages(topic.question)
    cues = calculation_cues(topic.question)
    share = bool(cues & {"percent", "share"}) and not NEGATION.search(topic.question)
    rest = "rest" in cues and "percent" not in cues and re.search(r"\bhow many\b|\bnumber of\b", topic.question, re.IGNORECASE)
    if len(asked) != 2 or not (share or rest) or _tells_more(topic.question):
        return None
    stated = labelled([match for match in matches if not match.unit.title and not match.unit.columns], findings)
    counted = [each for each in stated if not each.measure and not _OF_GROUP.search(each.unit.text) and each.figure.value > 1]
    whole = _largest(_STAGES[asked[0]], counted)
    part = _largest(_STAGES[asked[1]], [each for each in counted if whole and each.unit.source == whole.unit.source])
    own = {figure.value for figure in figures(topic.question) if not figure.unit and figure.kind == "number"}
    if not whole or not part or not part.figure.value < whole.figure.value:
        return None
    if own - {whole.figure.value, part.figure.value}:
        return None
    told = tuple(dict.fromkeys([whole.match, part.match]))
    one, all_of = part.number, whole.number
    return Composed("share", f"{one} / {all_of} in percent", told) if share else Composed("rest", f"{all_of} - {one}", told)


def _tells_more(question: str) -> bool:
    """Whether a word of the question narrows whom it means: "of the women who were screened"."""
    known = frozenset[str]().union(*_STAGES) | scaffold() | light() | words_of(table="operations") | words_of(table="derivations")
    known |= (
        words_of("whom", table="reference_figures")
        | words_of("plain", "population", table="tabled")
        | frozenset(stems("actually end never"))
    )
    return any(word not in known and not word.replace(".", "").isdigit() for word in stems(question))


def _largest(stage: frozenset[str], counted: Sequence[Labelled]) -> Labelled | None:
    """The largest count of people that stands with a stage: that of all, and not of one phase."""
    found = [each for each in counted if _counts_people(each) and stage & frozenset(stems(_clause(each)))]
    return max(found, key=lambda each: each.figure.value, default=None)


def _clause(each: Labelled) -> str:
    """What is told of a count: what stands behind it up to the next figure."""
    text = each.unit.text[each.figure.end :]
    following = figures(text)
    return re.split(r"[;:.]\s", text[: following[0].start] if following else text)[0]


def _counts_people(each: Labelled) -> bool:
    first = next(iter(stems(each.unit.text[each.figure.end :])), "")
    people = words_of("whom", table="reference_figures") | words_of("population", table="tabled")
    return first in people or first in _VERBS or any(first in stage for stage in _STAGES)
