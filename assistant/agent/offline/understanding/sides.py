"""The two sides of a comparison as a question names them: "arm F against external beam", each with the arm of a study that it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.understanding.administrations import bare_counts
from assistant.agent.offline.understanding.arms import arms_of, given
from assistant.agent.offline.understanding.callings import Calling
from assistant.agent.offline.understanding.designations import designation
from assistant.agent.offline.understanding.mentions import Mentions, mentions, occurs
from assistant.language.conjunctions import SET_APART
from assistant.studies.facts import Arm, Study
from assistant.studies.vocabulary import read

# What stands between what is compared and what it is compared with.
_APART = re.compile(SET_APART, re.IGNORECASE)
# "Relative to one dose, …": what opens a question so is what the rest is compared with.
_OPENING_REFERENCE = re.compile(
    r"\W*(?:and\s+)?(?:as\s+)?(?:compared\s+(?:to|with)|relative\s+to|versus|vs\.?)\s+(?P<reference>[^,;:]+)[,;:]\s*(?P<rest>.+)",
    re.IGNORECASE,
)
# The verb between "longer than controls" and its subject.
_VERB = re.compile(r"\b(?:did|does|do|was|were)\b", re.IGNORECASE)
_OPENING_SIGN = re.compile(r"\s*(?:the\s+)?(?P<sign>[A-Za-z]?\d{1,2}|[A-Z])(?=\s*(?:[,;:?!.]|$|in\b|and\b|of\b))")
_REGIMEN = re.compile(r"(?<![\w.])(?P<count>\d{1,2})\s*[x×]\s*(?=\d)")
_ADVERBS = frozenset({"once", "twice", "thrice"})
_ANAPHORA = re.compile(r"\b(?:that|it|this|they|their|those|these)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\b(?P<one>.+?)\band\b(?P<two>.+)", re.IGNORECASE)
_AS = re.compile(r"\bas\s+(?:long|much|many|high|large|big)\b(?P<one>.+?)\bas\b(?P<two>.+)", re.IGNORECASE)


def sides(question: str) -> tuple[str, ...]:
    """What ``question`` sets side by side, in its order, as it stands there; empty where it compares nothing."""
    if (opening := _OPENING_REFERENCE.fullmatch(question)) and not _APART.search(opening["rest"]):
        return opening["rest"], opening["reference"]
    for pattern in (_BETWEEN, _AS):
        if match := pattern.search(question):
            return match["one"], match["two"]
    parts = [part for side in _APART.split(question) for part in _VERB.split(side) if re.search(r"\w", part)]
    return tuple(parts) if _APART.search(question) else ()


def arms_on(apart: Sequence[str], study: Study, known: Sequence[Calling]) -> list[tuple[Arm, ...]]:
    """For each part the arms of ``study`` that it means: all of them where it names none, none where it names one that is not there."""
    own = tuple(calling for calling in known if calling.study == study)
    named = [mentions(side, (study,), own) for side in apart]
    named = [replace(m, counts=m.counts or _times(side)) for m, side in zip(named, apart, strict=True)]
    if any(mentioned.counts for mentioned in named):
        named = [m if m.arms or m.called else replace(m, counts=bare_counts(side)) for m, side in zip(named, apart, strict=True)]
    if any(mentioned.designations for mentioned in named):
        named = [m if m.arms else replace(m, designations=_sign(side, study)) for m, side in zip(named, apart, strict=True)]
    return [_arms_on(side, study, mentioned) for side, mentioned in zip(apart, named, strict=True)]


def _sign(side: str, study: Study) -> frozenset[str]:
    """The number or letter that opens one side where the other names its arm by one: "level 4 versus 3"."""
    match = _OPENING_SIGN.match(side)
    known = {sign for arm in study.arms if (sign := designation(arm))}
    return frozenset({match["sign"].casefold()} & known) if match else frozenset()


def _times(side: str) -> frozenset[int]:
    """How often something was given, where an adverb or a sign says it: "10 MBq twice", "2 x 10"."""
    said = {int(value) for term in read(side) if term.text in _ADVERBS for value in term.values("count")}
    return frozenset(said | {int(match["count"]) for match in _REGIMEN.finditer(side)})


def _arms_on(side: str, study: Study, named: Mentions) -> tuple[Arm, ...]:
    meant = arms_of(study, named)
    if len(meant) == len(study.arms):
        return _only_treated(study) if study.compound and occurs(study.compound, side) else meant
    if named.counts:
        meant = tuple(arm for arm in meant if arm.control or given(study, arm) in named.counts) or meant
    return meant


def two_arms(apart: Sequence[str], study: Study, known: Sequence[Calling], before: Arm | None = None) -> tuple[Arm, Arm] | None:
    """The two arms that the parts of a question name, one each; ``before`` is what "that" means. None where they are not just two."""
    found: list[Arm] = []
    for side, meant in zip(apart, arms_on(apart, study, known), strict=True):
        if len(meant) == len(study.arms) > 1:
            found += [before] if before and _ANAPHORA.search(side) else []
        elif len(meant) == 1:
            found.append(meant[0])
        else:
            return None
    return (found[0], found[1]) if len(found) == 2 and found[0] is not found[1] else None


def across(apart: Sequence[str], studies: Sequence[Study]) -> bool:
    """Whether the parts of a question name two studies, one each: "the terbium antibody versus the lutetium one"."""
    named = [mentions(side, studies).studies for side in apart]
    meant = [found[0] for found in named if len(found) == 1]
    return len(meant) == 2 and meant[0] != meant[1] and all(len(found) <= 1 for found in named)


def _only_treated(study: Study) -> tuple[Arm, ...]:
    """The arm that got the compound where it is one, which "with QX 7" means beside "without"; else all, as nothing is named."""
    treated = tuple(arm for arm in study.arms if not arm.control)
    return treated if len(treated) == 1 else study.arms
