"""Names in a sentence: codes such as QX 7 and AB3, phases, acronyms and capitalised words, and where they must occur."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.codes import codes
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import listed, reason, stem, table
from assistant.agent.grounding.wording import CONTRAST
from assistant.language.conjunctions import COMPARING, CONTRASTING
from assistant.language.names import nuclides, plain

_CAPITAL = re.compile(r"(?<!\w)[A-Z]&[A-Z]\b|(?<![\w'\u2019-])[A-Z][\w'\u2019]*(?:-[A-Za-z][\w'\u2019]*)*")
_CUT = re.compile(rf";|,\s|\band\b|{CONTRASTING}|{COMPARING}", re.IGNORECASE)
# "Q1 2027" is a time, whichever way the source writes it.
_PERIOD = re.compile(r"[qh][1-4]")
_NEARLY_SAME = 0.85
_LONG_NAME = 7
_ABBREVIATED = 3
# So many letters may tell one word in two forms.
_SAME_PLACE = 5
# In what forms of one word end: "Canada", "Canadian", but not Wetherby and Wetherell
_FORM_END = re.compile(r"[aeioy]?(?:(?:n|an|ian|on|ion|ation|or|er|ment)s?|u?m|ese|ish|ic|al|ally|ly|s|es|ed|ing|ne|land)?")


def unnamed(said: str, claimed: str, ground: Ground) -> str | None:
    """Why a name in ``said`` is out of place, in words: unknown, or in another paragraph than the names beside it.

    What a sentence says is lacking or is not so (all but ``claimed``) may name what the user named.
    """
    said = CONTRAST.sub("", said)
    asked = frozenset().union(*(codes(question) for question in ground.questions))
    for code in sorted(codes(said)):
        if code not in ground.names and not (code in asked and code not in codes(claimed)) and not _labelled(code, ground):
            return reason("name", name=code)
    for name in capitalised(said):
        if not occurs(name, ground.names):
            return reason("name", name=name)
    for clause in _CUT.split(claimed):
        together = frozenset(code for code in codes(clause) if not _PERIOD.fullmatch(code))
        if len(together) > 1 and not ground.together(together):
            return reason("name", name=", ".join(sorted(together)))
    return None


def _labelled(code: str, ground: Ground) -> bool:
    """Whether ``code`` is a known name behind a nuclide that is known too: 177Lu-QX3 where the source writes [177Lu]Lu-QX3."""
    return any(code.startswith(nuclide) and code.removeprefix(nuclide) in ground.names for nuclide in ground.nuclides)


def capitalised(said: str) -> Iterator[str]:
    """Words that a capital marks as names: acronyms anywhere, others where no sentence, quotation, clause or cell starts."""
    isotopes = [(mention.start, mention.end) for mention in nuclides(said)]  # codes, in whatever way they are written
    for match in _CAPITAL.finditer(said):
        word = match.group()
        if any(start <= match.start() < end for start, end in isotopes):
            continue
        before = said[: match.start()].rstrip()
        opens = not before or before[-1] in '.:;!?|([“"„«-–—/•*'
        follows = said[match.end() :]
        acronym = len(word) > 1 and word.rstrip("s").isupper() and len(word.rstrip("s")) > 1
        person = (
            re.match(r"(?:['\u2019]s)?\s+(?:said|says|announced|reported|reports|stated|states|claims|[A-Z][a-z]+\s)", follows) is not None
        )
        if (
            re.fullmatch(r"I|[IVX]+", word)
            or word in listed("words", "acronyms")
            or (not acronym and word.lower() in listed("words", "stop"))
            or any(a.start <= match.start() < a.end for a in amounts(said))
        ):
            continue
        if acronym or not opens or (person and word.lower() not in listed("words", "stop") | {"release"}):
            yield word


def occurs(name: str, names: frozenset[str]) -> bool:
    if name.replace("&", "").lower() in names:  # G&A is "general and administrative"
        return True
    parts = re.findall(r"[^\W_]+", plain(re.sub(r"['\u2019]s?$", "", name)).lower())
    named = [part for part in re.findall(r"[^\W_]+", plain(name)) if part[0].isupper() or any(c.isdigit() for c in part)]  # "AB3-bearing"
    return all(_has_name(part.lower(), names) for part in named if part.lower() in parts)


def _has_name(part: str, names: frozenset[str]) -> bool:
    median = f"m{part}" if part in listed("meaning", "endpoints") else part  # "mOS"
    if not names.isdisjoint((part, part.rstrip("s"), f"{part}s", median)) or part in listed("meaning", "months"):
        return True
    if any(character.isdigit() for character in part):
        return codes(part) <= names
    return _place_of(part) in names or any(_same_name(part, name, names) for name in names if name[:2] == part[:2])


def _same_name(part: str, name: str, names: frozenset[str]) -> bool:
    """Whether ``part`` is ``name`` in another form: an abbreviation, what comes from a place, or another spelling."""
    if (len(name) >= _ABBREVIATED and part.startswith(name) and f"{name}." in names) or stem(part) == stem(name):
        return True
    if len(part) > _SAME_PLACE and name[:_SAME_PLACE] == part[:_SAME_PLACE]:
        shared = next((place for place, (one, two) in enumerate(zip(part, name, strict=False)) if one != two), min(len(part), len(name)))
        if _FORM_END.fullmatch(part[shared:]) and _FORM_END.fullmatch(name[shared:]):
            return True
    if len(part) < _LONG_NAME or len(name) < _LONG_NAME:
        return False
    from rapidfuzz.fuzz import ratio  # only needed for a name that is spelled in another way

    return ratio(part, name) >= _NEARLY_SAME * 100


def _place_of(part: str) -> str | None:
    """The place that a demonym speaks of: "dutch" → "netherlands"."""
    return next((place for demonym, place in map(str.split, table("words")["demonyms"]) if demonym == part), None)


def foreign(said: str, names: frozenset[str]) -> str | None:
    """A name in a sentence without facts that is not among ``names``, those of the question and of all evidence."""
    for code in sorted(codes(said)):
        if code not in names:
            return reason("elsewhere", name=code)
    for name in capitalised(said):
        if not occurs(name, names):
            return reason("elsewhere", name=name)
    return None
