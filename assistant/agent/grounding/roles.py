"""Who did what: the doer of a verb where the cited text has another do it, and what is told to have happened where it denies that.

Persons at the head of a clause are asked for in doers.py; here a doer may be any phrase, "the hospital's charity", and stand behind "by".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from assistant.agent.grounding.frames import Frame, frames
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import content, has, listed, pattern, reason, stems, table, tokens
from assistant.language.thesaurus import related

# Two frames are of one doing where they share this part of the claim's words, and two words where it has as many.
_SAME_DOING, _FEWEST = 0.5, 2
_SAME_DENIED = 0.6
_IT = frozenset(["it", "they"])
_SUBJECT = 3
# More words are hardly a doer's.
_LONGEST_DOER = 6
# "Licensed from the University of Turku"
_TOWARDS = re.compile(r"(?P<verb>(?:\w+\s){0,4})(?<!\w)(?P<way>from|to)\s(?:the\s)?(?P<name>[A-Z][\w'’&-]+(?:\s(?:of\s)?[A-Z][\w'’&-]+)*)")
_SHORT_NAME = re.compile(r"\b[A-Z]{2,5}\b")
_NAME = re.compile(r"\b(?!The\b|An?\b|Our\b)[A-Z]")


def exchanged(claimed: str, ground: Ground) -> str | None:
    """A doer of whom no cited clause with the same verb tells, while one that says the rest has another: "kept by the sponsor"."""
    told = _told(ground.lines)
    for own in frames(claimed):
        doer = _names(own.doer)
        if not doer or _is_unclear(own.doer):
            continue
        same = [other for other in told if own.verb == other.verb or frozenset({other.verb}) in related(own.verb)]
        if any(_kin(doer, _names(other.doer)) for other in same):
            continue
        if any(_is_another(own, other, content(claimed)) for other in same):
            return reason("doer", name=own.doer)
    return None


def usurped(claimed: str, ground: Ground) -> str | None:
    """A doer of whom no cited clause tells any of it, while those that tell all of it, whatever their verb, have another."""
    told = _told(ground.lines)
    for own in frames(claimed):
        doer = _names(own.doer)
        rest = frozenset(word for word in own.rest - doer - _telling_little() if not any(character.isdigit() for character in word))
        if not doer or not rest or own.negative or _is_unclear(own.doer) or len(own.doer.split()) > _LONGEST_DOER or own.verb in _causing():
            continue
        if any(doer & _names(other.doer) and rest & _all(other) for other in told):
            continue
        same = [other for other in told if rest <= _all(other)]
        if same and all(_is_elses(own, other, content(claimed)) for other in same):
            return reason("doer", name=own.doer)
    return None


def _all(frame: Frame) -> frozenset[str]:
    """What a frame tells beside its doer."""
    return frame.rest | {frame.verb} | content(frame.done)


@cache
def _telling_little() -> frozenset[str]:
    return stems(table("words")["frame"]) | stems(table("words")["numbers"])


@cache
def _causing() -> frozenset[str]:
    return stems(table("meaning")["causing"]) | stems("cause")


def _is_elses(own: Frame, other: Frame, claimed: frozenset[str]) -> bool:
    """Whether ``other`` has a doer who is not that of ``own`` by another name and of whom ``claimed`` does not speak."""
    doer, holder = _names(own.doer), _names(other.doer)
    if not holder or _is_unclear(other.doer) or set(_SHORT_NAME.findall(own.doer)) != set(_SHORT_NAME.findall(other.doer)):
        return False
    themselves = [bool(content(one) & stems(table("meaning")["themselves"])) for one in (own.doer, other.doer)]
    if themselves[0] != themselves[1] and _NAME.search(f"{own.doer} {other.doer}"):  # "the company" and its name
        return False
    return not (_kin(doer, holder) or holder & claimed or doer & (other.rest | content(other.done)))


def contradicted(claimed: str, ground: Ground) -> str | None:
    """A verb that the cited text denies of the same things, or the other way round: "one died of the treatment" where none did."""
    if has(tokens(claimed), listed("frames", "restricting")):
        return None
    open_to = [line for line in ground.lines if not pattern("frames", "restricting_in_source", anchored=False).search(line.text)]
    told = _told(open_to)
    for own in frames(claimed):
        if any(other.verb == own.verb and not other.rest and other.negative == own.negative for other in told):  # "accepted this"
            continue
        same = [other for other in told if other.verb == own.verb and _of_the_same(own, other)]
        if same and _undone(claimed, open_to):
            continue
        if same and all(other.negative != own.negative for other in same):
            return reason("negation")
    return None


def _undone(claimed: str, lines: Iterable[Line]) -> bool:
    """Whether one of the two denies by a syllable what the other denies by a word: "unrelated" for "not related"."""
    said, known = set(tokens(claimed)), {word for line in lines for word in tokens(line.reading)}
    return any(f"un{word}" in known for word in said) or any(f"un{word}" in said for word in known)


def redirected(claimed: str, ground: Ground) -> str | None:
    """A name behind "to" where the cited text has it behind "from" only, or the other way round: who sells to whom."""
    told = [match for line in ground.lines for match in _TOWARDS.finditer(line.text)]
    both = {match["way"] for match in _TOWARDS.finditer(claimed)} == {"from", "to"}  # "from Swindon to Bologna"
    for own in _TOWARDS.finditer(claimed):
        named = [other for other in told if own["name"] in other["name"] or other["name"] in own["name"]]
        same = [other for other in named if both or content(own["verb"]) & content(other["verb"])]
        if same and all(other["way"] != own["way"] for other in same):
            return reason("word", name=own.group()[len(own["verb"]) :])
    return None


def _told(lines: Iterable[Line]) -> list[Frame]:
    found, before = [], ""
    for line in lines:
        own = [] if line.is_row else frames(line.text)
        subject = " ".join(before.split()[:_SUBJECT])  # of whom "it" speaks
        found += [frame._replace(done=subject) if frame.done.lower() in _IT else frame for frame in own]
        before = line.text
    return found


def _names(phrase: str) -> frozenset[str]:
    return content(phrase) - stems(table("words")["frame"])


def _is_unclear(doer: str) -> bool:
    """Whether a doer is a pronoun, or one of several arms or animals, of whom other rooms tell."""
    return re.split(r"[\s'’]", doer.lower())[0] in listed("frames", "pronouns") or not content(doer).isdisjoint(_treated())


@cache
def _treated() -> frozenset[str]:
    return stems(table("meaning")["subjects"]) | stems(table("meaning")["counted_arms"]) | stems(table("frames")["treated"])


def _is_another(own: Frame, other: Frame, claimed: frozenset[str]) -> bool:
    """Whether ``other`` tells of the same doing with a doer who is not that of ``own`` by another name."""
    doer, holder = _names(own.doer), _names(other.doer)
    both = f"{own.doer} {other.doer}"
    if not holder or _is_unclear(other.doer) or set(_SHORT_NAME.findall(own.doer)) != set(_SHORT_NAME.findall(other.doer)):
        return False
    themselves = [bool(content(one) & stems(table("meaning")["themselves"])) for one in (own.doer, other.doer)]
    if themselves[0] != themselves[1] and _NAME.search(both):  # "the company" and its name
        return False
    if doer & other.rest and not holder & own.rest:  # "work has begun" where they have begun the work
        return False
    fewest = max(1, min(_FEWEST, len(own.rest)), _SAME_DOING * len(own.rest))
    return not holder & (claimed - own.rest) and len(own.rest & other.rest) >= fewest


def _kin(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(frozenset({known}) in related(word) for word in one for known in other)


def _of_the_same(own: Frame, other: Frame) -> bool:
    """Whether two frames are of the same things: in most words of the rest, and in the doer where both tell it."""
    one, two = (_names(frame.doer or frame.done) for frame in (own, other))
    shared, same = len(own.rest & other.rest), bool(one & two)
    rest = own.rest - stems(table("words")["frame"]) - stems(table("frames")["quantities"]) - content(own.done)
    return shared >= max(1.0, _SAME_DENIED * len(rest)) and (same or not (one and two)) and same + shared >= _FEWEST
