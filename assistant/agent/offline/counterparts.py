"""Whether a sentence tells of the other one of several things that the documents call by one noun: of the outer basin for the inner."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.agent.offline.cues import light, scaffold
from assistant.agent.offline.lookup import Match
from assistant.agent.offline.terms import all_forms, stem_set
from assistant.agent.offline.topic import Topic
from assistant.language.figures import Figure, figures
from assistant.language.stems import Word, words

# Where one run of words ends; a hyphen joins "once-daily".
_RUN = re.compile(r"[.;:,?!()|\n]\s*")
# Words that qualify nothing.
_SMALL = frozenset(
    "the a an of in on at to for from by with about as is are was were be been do does did has have had can could will would may might "
    "must should that which who than per it he she there and or not no any all each every this these those its their our your his her "
    "both same other another such more most less only".split()
)
# A figure behind or before which a group goes by it: "the 5% group", "on 10 mg".
_GROUP = re.compile(r"[\s-]*(?:group|grp|arm|cohort|cream|dose|dosing|regimen|level|strength|solution|patient|pt|one)s?\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:on|with|after|given|took|taking|receiving)\s+(?:the\s+)?$", re.IGNORECASE)


def tells_of_counterpart(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether the question names one of several, "the outer basin", "the 5% group", and the sentence has only another of them.

    They are several where ``texts``, the passages, call both by the noun, or where both are groups that go by an amount of one unit.
    """
    if topic.follows or topic.form == "yesno":
        return False
    return _other_group(topic.question, match) or _other_of_noun(topic.question, match, texts)


def _other_of_noun(question: str, match: Match, texts: Sequence[str]) -> bool:
    unit = match.unit
    said, own = _qualified(unit.text), stem_set(f"{unit.text} {unit.meaning} {unit.columns}")
    for noun, asked in _qualified(question).items():
        others = said.get(noun, {}).keys() - asked.keys()
        lacking = [word for stem, word in asked.items() if stem != noun and not all_forms(word) & own]
        if others and any(word.stem in _qualified(text).get(noun, {}) for word in lacking for text in texts):
            return True
    return False


def _other_group(question: str, match: Match) -> bool:
    unit = match.unit
    asked, said = _groups(question), _groups(unit.text)
    known = {(figure.value, figure.unit) for figure in figures(f"{unit.text} {unit.meaning} {unit.columns}")}
    return any((figure.value, figure.unit) not in known and any(figure.unit == other.unit for other in said) for figure in asked)


def _groups(text: str) -> list[Figure]:
    """The amounts by which a text calls groups."""
    measured = [figure for figure in figures(text) if figure.unit not in ("", "ratio", "date") and figure.kind in ("number", "word")]
    return [figure for figure in measured if _GROUP.match(text, figure.end) or _GIVEN.search(text[: figure.start])]


@lru_cache(maxsize=8192)  # sentences and passages are looked at again with every question
def _qualified(text: str) -> Mapping[str, Mapping[str, Word]]:
    """From each noun of a text, as a stem, to the words that stand right before it, by their stems."""
    found: dict[str, dict[str, Word]] = {}
    for run in _RUN.split(text):
        inside = words(run)
        for one, two in pairwise(inside):
            if _qualifies(one) and _qualifies(two):
                found.setdefault(two.stem, {})[one.stem] = one
    return found


def _qualifies(word: Word) -> bool:
    return word.text not in _SMALL and not word.text.isdigit() and word.stem not in light() | scaffold()
