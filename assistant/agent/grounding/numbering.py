"""Numbered things: what is told of group 2 said of group 1, of phase II said of phase I."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.codes import codes
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.reading import saying_most
from assistant.agent.grounding.vocabulary import content, has, listed, reason, stem, stems, table, tokens
from assistant.agent.grounding.wording import clauses, is_negative
from assistant.language.abbreviations import implied
from assistant.language.designations import ARM_NOUN, SIGN

# Signs are capitals or numbers: "the study a year later" has none.
_ONE = rf"{SIGN}[ab]?"
_NUMBERED = re.compile(
    rf"\b(?i:(?P<noun>{ARM_NOUN}|phase|stage|grade|cycle|visit|version|site|study|experiment|trial)s?)\s"
    rf"(?P<signs>{_ONE}(?:(?:\s?[,/&–-]\s?|\s(?:and|or|to)\s){_ONE})*)\b(?!\.\d)"
)
# "Once in phase I as well as twice in phase II"
_OTHER_PHASE = re.compile(r"\bas well as\b|\b(?:while|whereas|but)\b|;|,?\sand\s(?=(?:in\s)?(?:an?\s|the\s)?phase\s)", re.IGNORECASE)
_PRECLINICAL = re.compile(r"\bpre-?clinical", re.IGNORECASE)
_IN_PEOPLE = re.compile(
    r"\bphase\s?(?:[1-4]|I{1,3}|IV)[ab]?\b|\b(?:clinical|human) (?:trial|stud|test)\w*|\bin (?:patients|humans|the clinic)\b", re.IGNORECASE
)
_SHORT = re.compile(r"\b[A-Z](?:/?[A-Z])+\b")
_OR = re.compile(r"-?\s(?:or|and|to)\s")
# A sentence tells of what a clause says where it has this share of its words, and so many at least.
_SAME, _FEWEST = 0.5, 2


def misnumbered(claimed: str, ground: Ground) -> str | None:
    """A numbered thing in a clause whose sentence tells it of another number, while its own stands in a sentence of something else."""
    for clause in clauses(claimed):
        words = content(_NUMBERED.sub(" ", clause)) - stems(table("words")["frame"])
        most, lines = saying_most(words, ground.lines)
        if most < max(_FEWEST, _SAME * len(words)):
            continue
        saying = [_numbered(line.reading) for line in lines]
        everywhere = [_numbered(line.reading) for line in ground.lines]
        for noun, signs in _numbered(clause).items():
            known = any(signs & found.get(noun, frozenset()) for found in everywhere)
            if known and all(found.get(noun) and not signs & found[noun] for found in saying):
                return reason("numbered", name=" ".join([noun, *sorted(signs)]))
    return None


def misdosed(claimed: str, ground: Ground) -> str | None:
    """A number of doses in one phase that a cited sentence, which tells of several, gives for another."""
    own, doses = _phases(claimed), _doses(claimed)
    if len(own) != 1 or not doses:
        return None
    for line in ground.lines:
        parts = [(_phases(part), _doses(part)) for part in _OTHER_PHASE.split(line.reading)]
        here = [known for phases, known in parts if phases == own and known]
        there = [known for phases, known in parts if phases and not phases & own]
        if here and there and not any(doses <= known for known in here) and any(doses & known for known in there):
            return reason("numbered", name=f"phase {min(own)}")
    return None


def misphased(claimed: str, ground: Ground) -> str | None:
    """A word that is said of one phase while the one cited sentence that has it, and tells of several, has it of another."""
    own = _phases(claimed)
    words = content(_NUMBERED.sub(" ", claimed)) - stems(table("words")["frame"])
    for word in sorted(words) if len(own) == 1 else ():
        lines = [line for line in ground.lines if word in line.words]
        parts = [part for line in lines for part in _OTHER_PHASE.split(line.reading)] if len(lines) == 1 else []
        saying = [_phases(part) for part in parts if word in content(part) | content(" ".join(implied(part)))]
        here = [part for part in parts if own <= _phases(part)]
        if (
            saying
            and here
            and not any(_is_short_for(part, word) for part in here)
            and all(phases and not phases & own for phases in saying)
        ):
            return reason("numbered", name=f"phase {min(own)}")
    return None


def prematured(claimed: str, ground: Ground) -> str | None:
    """A trial in people of what the cited sentences that name it call preclinical, and know in no trial."""
    for clause in clauses(claimed) if not is_negative(claimed) else ():
        tried = _IN_PEOPLE.search(clause)
        if not tried or _PRECLINICAL.search(clause) or has(tokens(clause), listed("meaning", "hedges")):
            continue
        rest = _IN_PEOPLE.sub(" ", clause)
        words = (content(rest) | codes(rest)) - stems(table("words")["frame"]) - stems(table("meaning")["people"])
        words -= stems("phase trial study clinical recent enter begin")
        readings = [line.reading for line in ground.lines]
        shares = [len(words & (content(reading) | codes(reading))) for reading in readings]
        most = max(shares, default=0)
        nearest = [reading for reading, share in zip(readings, shares, strict=True) if share == most > 0]
        if nearest and all(_PRECLINICAL.search(reading) and not _IN_PEOPLE.search(reading) for reading in nearest):
            return reason("word", name=tried.group())
    return None


def _is_short_for(part: str, word: str) -> bool:
    """Whether ``part`` has an abbreviation that ``word`` may be a part of: "R/R MM" for relapsed or refractory multiple myeloma."""
    return any(word[0].upper() in short for short in _SHORT.findall(part))


def _phases(text: str) -> frozenset[str]:
    return _numbered(text).get(stem("phase"), frozenset())


def _doses(text: str) -> frozenset[float]:
    """The numbers of doses in ``text``: of "a one- or two-dose treatment", both."""
    found: set[float] = set()
    before = None
    for amount in amounts(text):
        if stem("dose") in amount.nouns and not amount.unit and amount.kind != "rank":
            joined = before is not None and not before.unit and _OR.fullmatch(text, before.end, amount.start)
            found |= {amount.value, before.value} if joined and before is not None else {amount.value}
        before = amount
    return frozenset(found)


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _numbered(text: str) -> dict[str, frozenset[str]]:
    """The signs of each noun in ``text``: of "phases I and II", both."""
    found: dict[str, frozenset[str]] = {}
    for match in _NUMBERED.finditer(text):
        signs = re.findall(r"\w+", re.sub(r"\b(?:and|or|to)\b", " ", match["signs"]))
        noun = stem(match["noun"].lower())
        found[noun] = found.get(noun, frozenset()) | {sign.casefold() for sign in signs}
    return found
