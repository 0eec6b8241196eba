"""Whether a sentence tells of the other one of several things that the documents call by one noun: of the outer basin for the inner."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems
from assistant.resources import prompt_table

# Where one run of words ends; a hyphen joins "once-daily".
_RUN = re.compile(r"[.;:,?!()|\n]\s*")
# A figure behind or before which a group goes by it: "the 5% group", "on 10 mg".
_GROUP = re.compile(r"[\s-]*(?:group|grp|arm|cohort|cream|dose|dosing|regimen|level|strength|solution|patient|pt|one)s?\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:on|with|after|given|took|taking|receiving)\s+(?:the\s+)?$", re.IGNORECASE)


def tells_of_counterpart(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether the question names one of several, "the outer basin", "the 5% group", and the sentence has only another of them.

    They are several where ``texts``, the passages, call both by the noun and their names exclude each other, by the table in
    prompts/questions.toml, or where both are groups that go by an amount of one unit.
    """
    if topic.follows or topic.form == "yesno":
        return False
    return _other_group(topic.question, match) or _other_of_noun(topic.question, match, texts)


def _other_of_noun(question: str, match: Match, texts: Sequence[str]) -> bool:
    unit = match.unit
    said, own = _qualified(unit.text), stem_set(f"{unit.text} {unit.meaning} {unit.columns}")
    for noun, asked in _qualified(question).items():
        for one in asked:
            excluded = frozenset[str]().union(*(group for group in _groups_of_words() if one in group)) - {one}
            called = any(one in _qualified(text).get(noun, ()) for text in texts)
            if called and one not in own and excluded & said.get(noun, frozenset()):
                return True
    return False


@cache
def _groups_of_words() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(form for word in group for form in stems(word)) for group in prompt_table("questions.toml")["counterparts"]["groups"]
    )


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
def _qualified(text: str) -> Mapping[str, frozenset[str]]:
    """From each word of a text, as a stem, to those that stand right before it: ``{"basin": {"inner"}}``."""
    found: dict[str, frozenset[str]] = {}
    for run in _RUN.split(text):
        for one, two in pairwise(stems(run)):
            found[two] = found.get(two, frozenset()) | {one}
    return found
