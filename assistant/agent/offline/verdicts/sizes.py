"""Yes or no to which of two things is larger, by a sentence that says which of the two it is."""

from __future__ import annotations

import re

from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import content, light, signals
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.negations import NEGATION
from assistant.language.stems import stems

# What is compared and what it is compared with, and words for how large things are.
_THAN = re.compile(r"\bthan\b|\b(?:compared|relative) (?:to|with)\b|\bthat of\b", re.IGNORECASE)
_SIZES = re.compile(r"\b(?:more|less|larger|smaller|bigger|higher|lower|greater|fewer)\b", re.IGNORECASE)
_MANIFOLD = re.compile(r"\b(?:double|twice|triple|(?:two|three|four|five)[- ]?fold)\b", re.IGNORECASE)
_HOW_MANY_TIMES = re.compile(r"\b(?:times|fold|percent|twice|double|half|triple)\b|%|-fold\b", re.IGNORECASE)
# What a question compares no sentence affirms that compares nothing.
_ONE_THAN_ANOTHER = re.compile(r"(?:\wer|\bmore|\bless)\b[^?]*\bthan\s+(?!\d|[$€£])", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:than|exceed\w*|surpass\w*|double|twice|half|fold|(?:third|quarter|fifth|sixth|tenth)s? of|rose|fell|increas\w*|decreas\w*"
    r"|(?:high|low|great|larg|small|long|short|few|bett|bigg|strong|weak|fast|slow|earli|lat|old|young|deep|wid|narrow|heavi|light)er)\b",
    re.IGNORECASE,
)
# "Did they start with equal volumes?" is denied by one that was nearly double the other.
_EQUAL = re.compile(r"\b(?:equal(?:ly)?|same|similar(?:ly)?|comparable|identical|alike|equivalent|matched|balanced|even)\b", re.IGNORECASE)
# What is said to be larger or smaller, and how much of a question a sentence has that was found.
_LARGER = re.compile(
    r"\b(?:larger|smaller|bigger|higher|lower|greater|fewer)(?P<what>(?:\s+(?!than\b)[\w-]+){1,3})\s+than\b", re.IGNORECASE
)
_COVERED = 0.5
_NUMBER = re.compile(r"\b(?:one|single|two|three|four|five|\d+)\b", re.IGNORECASE)
# So many words with content beside an "and" name what it joins.
_BESIDE_JOINT = 2
_JOINED = re.compile(r"\band\b|\bas\b|\bwith\b", re.IGNORECASE)
_MORE_OR_LESS = frozenset(["up", "down"])


def of_sizes(question: str, text: str) -> str:
    """Yes or no to whether one thing is more, or less, than another, by a sentence that says which of the two it is; else nothing.

    "Had A smaller tumors than B?" is denied by "A had nearly double the burden of B". The two are of one measure.
    """
    if _HOW_MANY_TIMES.search(question):
        return ""
    if _EQUAL.search(question) and not _THAN.search(question):
        return phrase("no") if _tells_apart(question, text) else ""
    (asked, other), (before, behind) = (_THAN.split(each, maxsplit=1) if _THAN.search(each) else ("", "") for each in (question, text))
    wanted, told = (signals(_MANIFOLD.sub("more", each), "directions") & _MORE_OR_LESS for each in (asked, before))
    telling = (content(question) - light() - frozenset(stems(" ".join(_SIZES.findall(question))))) | _numbers(question)
    ours, theirs = (frozenset(stems(side)) & telling for side in (asked, other))
    one, two = (frozenset(stems(side)) for side in (before, behind))
    same = len((ours - theirs) & one) + len((theirs - ours) & two)
    turned = len((ours - theirs) & two) + len((theirs - ours) & one)
    unnamed = not (theirs - ours) & (one | two)  # what the question compares with is not spoken of
    if len(wanted) != 1 or len(told) != 1 or unnamed or same == turned or NEGATION.search(f"{question} {text}"):
        return ""
    return phrase("yes" if (wanted == told) is (same > turned) else "no")


def tells_size(topic: Topic, match: Match) -> str:
    """The verdict ``of_sizes`` by a sentence that was found; nothing where it lacks what is said to be larger: "smaller tumors than"."""
    if match.coverage < _COVERED or match.names < 1 or not has_measured(topic.question, match.unit.text):
        return ""
    return of_sizes(topic.question, match.unit.text)


def has_measured(question: str, text: str) -> bool:
    """Whether a text has what a question says to be larger or smaller than another, if it says that: tumors of "smaller tumors than"."""
    what = _LARGER.search(question)
    measured = content(what["what"]) - light() if what else frozenset[str]()
    told = stem_set(text)
    return not measured or any(forms_of(word) & told for word in measured)


def _tells_apart(question: str, text: str) -> bool:
    """Whether a sentence says that of two things which a question takes for equal one is larger: it names both, one on either side."""
    if not _THAN.search(text) or NEGATION.search(f"{question} {text}") or not _numbers(question) <= _numbers(text):
        return False
    said, behind = _THAN.split(text, maxsplit=1)[:2]
    apart = len(signals(_MANIFOLD.sub("more", said), "directions") & _MORE_OR_LESS) == 1
    here, there = frozenset(stems(said)), frozenset(stems(behind))
    pairs = [(one - other, other - one) for one, other in _joined(question)]
    return apart and any((one & here and other & there) or (one & there and other & here) for one, other in pairs)


def _joined(question: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The words with content right before and right behind each "and" of a question: of the two things that it joins."""
    telling = (content(question) - light()) | _numbers(question)
    found = []
    for joint in _JOINED.finditer(question):
        one, other = ([stem for stem in stems(side) if stem in telling] for side in (question[: joint.start()], question[joint.end() :]))
        found.append((frozenset(one[-_BESIDE_JOINT:]), frozenset(other[:_BESIDE_JOINT])))
    return found


def _numbers(text: str) -> frozenset[str]:
    return frozenset(number.casefold() for number in _NUMBER.findall(text))


def compares_nothing(question: str, text: str) -> bool:
    """Whether a question compares two things and a sentence none: that both are above a bound."""
    return _ONE_THAN_ANOTHER.search(question) is not None and _COMPARES.search(text) is None
