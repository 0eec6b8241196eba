"""Whether it is asked what an organ takes up or is dosed with, and a sentence tells only of other ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.terms import forms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.stems import stem, stems
from assistant.language.thesaurus import related

_DOSED = re.compile(r"\b(?:absorbed|radiation|organ) doses?\b|\bGy\b|\bdosimetry\b", re.IGNORECASE)
_DOSE_OF = re.compile(r"\b(?P<of>\w+) doses?\b", re.IGNORECASE)
# "What dose do the salivary glands get", "the dose to the kidneys".
_DOSE_TO = re.compile(
    r"\bdoses? (?:to|do|does|did|will|would) (?:the |each |my )?(?P<to>\w+(?: \w+)?)\b(?! (?:cancer|tumou?r|mice|mouse|model|patient)s?\b)",
    re.IGNORECASE,
)
# What takes up activity and is no organ.
_BESIDE_ORGANS = ("tumor", "blood", "plasma")
# What is something else more often.
_AMBIGUOUS = ("testes",)


def asks_of_organs(topic: Topic) -> bool:
    """Whether an uptake or an absorbed dose is asked for, so that "liver" is an organ and no disease."""
    before = (match["of"] for match in _DOSE_OF.finditer(topic.question))
    of_organ = any(stem(word.casefold()) in organ for word in before for organ in _known())
    of_organ = of_organ or any(organs_of(frozenset(stems(match["to"]))) for match in _DOSE_TO.finditer(topic.question))
    return "takes_up" in topic.signals or of_organ or _DOSED.search(topic.question) is not None


def tells_other_organ(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether an uptake or an absorbed dose is asked of an organ, and the sentence, or its row, has another one and not that; or none of
    ``texts``, the passages, has it.
    """
    if topic.form == "yesno" or topic.follows or not asks_of_organs(topic):
        return False
    asked = organs_of(frozenset(stems(topic.question)))
    own = frozenset(stems(f"{match.unit.text} {match.unit.meaning} {match.unit.columns}"))
    if not asked or has_any(asked, own):
        return False
    return bool(organs_of(own)) or not any(has_any(asked, frozenset(stems(text))) for text in texts)


def has_any(organs: frozenset[frozenset[str]], found: frozenset[str]) -> bool:
    """Whether one of the organs is among the stems ``found``, by a word that means the same too."""
    return any(all(forms_of(word) & found for word in organ) for organ in organs)


def organs_of(found: frozenset[str]) -> frozenset[frozenset[str]]:
    """The organs among the stems of a text, each with its words; none that is only a part of another's name."""
    named = frozenset(organ for organ in _known() if organ <= found)
    return frozenset(one for one in named if not any(one < other for other in named))


@cache
def _known() -> frozenset[frozenset[str]]:
    """The stems of what takes up a radiopharmaceutical: the lines "organ" and "tissue" of the thesaurus, and what is no organ."""
    listed = {organ for kind in ("organ", "tissue") for organ in related(stem(kind))}
    return frozenset(listed | {frozenset([stem(name)]) for name in _BESIDE_ORGANS}) - {frozenset(stems(name)) for name in _AMBIGUOUS}
