"""How many administrations a text speaks of: "two doses versus one", "three cycles", "and on two?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.kept import kept_for_passages
from assistant.language.numerals import ORDINALS
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, canonical_unit
from assistant.studies.vocabulary import Term, read

# "The two", "the other one", "the iodine one" count nothing: they are what was spoken of.
_SPOKEN_OF = re.compile(
    r"\b(?:(?:the|these|those|last|latter) two|(?:which|that|this|other|(?<!\bjust )(?<!\bonly )the(?: [\w-]+)?) ones?)\b"
    r"(?![ -](?:dose|inject|shot|admin|cycle|time))",
    re.IGNORECASE,
)
_ORDINALS = frozenset({*ORDINALS, "1st", "2nd", "3rd", "4th"})
# A third dose is given to those who get three; a second one is what is compared with one.
_BEYOND_TWO = {word: number for word, number in {**ORDINALS, "3rd": 3, "4th": 4}.items() if number > 2}
_NAME_WITH_NUMBER = re.compile(r"\[?\b[A-Za-z]*\d*[A-Za-z]+\]?-\d+[\w-]*|\b[A-Z]{2,}\s\d{2,}\b")
# "The 2x mice", "did 2x beat 1x?": an arm by how often it was dosed. "2x the dose" and "2x as long" are so many times something.
_ARM = r"(?:mice|mouse|animals?|rats?|dogs?|patients?|subjects?|arms?|groups?|cohorts?|ones?|regimen|schedule)"
_SET_AGAINST = r"(?:vs\.?|versus|v\.?|or|and|beat\w*|outliv\w*|outlast\w*|outperform\w*)"
_TIMES_GIVEN = re.compile(
    rf"(?<![\w.])(?P<count>[1-9])\s?[xX](?=\s+(?:(?:[A-Z][\w-]*|\d+)\s+){{0,3}}?(?:{_ARM}|{_SET_AGAINST})(?!\w))"
    rf"|(?<=\bthan )(?P<than>[1-9])\s?[xX](?=\W*(?:$|(?:in|with|did|does|do|for)\b))"
    rf"|(?P<lead>\b{_SET_AGAINST}\s+(?:the\s+)?)(?P<behind>[1-9])\s?[xX](?=\W*(?:$|(?:in|with|did|does|do|for)\b))"
)
_GIVEN = r"(?:dos(?:e[ds]?|ing)|shots?|inject\w*|treat(?:ed|ment)\w*|administ\w+|given|jabs?)"
_TIMES = re.compile(r"double|triple|twice|thrice", re.IGNORECASE)
_GIVEN_BEHIND = re.compile(rf"[ -]?{_GIVEN}\b", re.IGNORECASE)
_GIVEN_BEFORE = re.compile(r"\b(?:dosed|injected|treated|given|administered)(?:\s+(?:with\s+)?(?:[A-Z]\w*|\d+|it|them))*\s+$")
_MANIFOLD = re.compile(r"\s+(?:as|the|that|those|what|more|longer|of|their|its|this|these)\b", re.IGNORECASE)
# Words after which a number counts something else than administrations: "two studies", "both arms", "one of".
_COUNTED_ELSE = frozenset(
    [
        "study",
        "studies",
        "experiment",
        "experiments",
        "compound",
        "compounds",
        "arm",
        "arms",
        "cohort",
        "cohorts",
        "group",
        "groups",
        "of",
        "drug",
        "drugs",
        "model",
        "models",
        "trial",
        "trials",
    ]
)


def bare_counts(question: str) -> frozenset[int]:
    """Numbers in a question that goes on about doses without saying the word: "and on two?"; those of names count none."""
    return counts(read(without_names(without_pronouns(question))), near=True)


def without_names(text: str) -> str:
    """``text`` without names that have a number, which counts nothing: HT-29, QX 177."""
    return _NAME_WITH_NUMBER.sub(" ", text)


def without_pronouns(question: str) -> str:
    """``question`` without numerals that stand for what was spoken of: "the other one", "those two"."""
    return _SPOKEN_OF.sub(" ", question)


def with_doses_counted(question: str) -> str:
    """``question`` with "2-dose" for the "2x" that calls an arm by how often it was dosed: "the 2x mice", "did 2x beat 1x?"."""
    return _TIMES_GIVEN.sub(lambda found: f"{found['lead'] or ''}{found['count'] or found['than'] or found['behind']}-dose", question)


def tells_times_dosed(question: str, start: int, end: int) -> bool:
    """Whether a multiple that stands there says how often arms were dosed, and is no ratio: "double-dosed", "mice dosed twice"."""
    if not _TIMES.fullmatch(question[start:end]):
        return False
    behind = _GIVEN_BEHIND.match(question, end)
    return behind is not None or (_GIVEN_BEFORE.search(question[:start]) is not None and not _MANIFOLD.match(question, end))


@kept_for_passages
def administrations_in(text: str) -> frozenset[int]:
    """The numbers of administrations that a text speaks of: ``{1, 3}`` of "three cycles or one"."""
    return counts(read(without_names(text)))


def counts(terms: Sequence[Term], *, near: bool = False) -> frozenset[int]:
    """Numbers of administrations; a bare number counts once another one stands with doses: "two doses versus one"."""
    candidates = []
    for position, term in enumerate(terms):
        behind = terms[position + 1 : position + 3]
        following = {other.text for other in (behind if behind and behind[0].values("species") else behind[:1])}
        if term.text in _BEYOND_TWO and position + 1 < len(terms) and terms[position + 1].values("administration"):
            candidates.append(_BEYOND_TWO[term.text])
            near = True
            continue
        if not term.values("count") or term.text in _ORDINALS or following & _COUNTED_ELSE:
            continue
        if len(behind) > 1 and behind[0].values("treated") and behind[1].values("species"):
            continue  # "the eight treated mice"
        if any(canonical_unit(word) in TIME_UNITS for word in following) or (position and terms[position - 1].text == "phase"):
            continue  # "doses four weeks apart", "Phase 1 dosing"
        window = terms[max(0, position - 2) : position + 4]
        near = near or _is_amount(terms[position + 1 : position + 3])
        if any(other.values("administration") or other.values("treated") for other in window):
            near = True
        before = [other.text for other in terms[max(0, position - 2) : position]]
        more = before == ["more", "than"] or before[-1:] == ["beyond"]
        candidates += [int(value) + more for value in term.values("count")]
    return frozenset(candidates) if near else frozenset()


def _is_amount(terms: Sequence[Term]) -> bool:
    """Whether the two terms are an activity, "20 MBq": "a single 20 MBq" is an administration though no word says so."""
    return len(terms) > 1 and terms[0].text.replace(".", "", 1).isdigit() and canonical_unit(terms[1].text) in ACTIVITY_UNITS
