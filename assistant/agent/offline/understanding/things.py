"""Things of a kind in a text, told by their form or by the tables of names: addresses, phone numbers, places, people, compounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

from assistant.language.dates import dates
from assistant.language.figures import MONTH, figures
from assistant.language.names import nuclides
from assistant.language.stems import stems
from assistant.language.units import CURRENCIES, TIME_UNITS, canonical_unit
from assistant.resources import prompt_table
from assistant.studies.vocabulary import read as read_terms

_PERSON = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+\b")
_SAID = re.compile(r"\b(?:said|says|according to|added|adds|commented|told|warns|warned|noted|asked)\b", re.IGNORECASE)
# What somebody is quoted with: more than a word or two in quotation marks.
_SPEECH = re.compile(r"(?<!\S)[\"“](?=\w)[^\"”]{30,}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_SITE = re.compile(r"\b(?:www\.|https?://)\S+|(?<![@\w.-])[\w-]+\.(?:com|org|net|io|bio)\b")
_TICKER = re.compile(r"\b(?i:nasdaq|nyse|otcqb|otcqx|lse|tsx|euronext|asx)\b\W{0,3}[A-Z]{2,5}\b|\([A-Z]+:\s?[A-Z]{2,5}\)")
# A registration, patent or batch number: letters and five digits or more, or fewer behind what it is the number of.
_IDENTIFIER = re.compile(
    r"\b[A-Z]{2,6}[ -]?\d{5,}\b|\b\d{1,2},\d{3},\d{3}\b"
    r"|\b(?i:grant|contract|award|patent|licen[cs]e|registration|accession|lot|batch)(?i: (?:number|no\.?|id|code))?\W{1,2}(?:is |was )?"
    r"(?=[A-Z\d/-]*\d)[A-Z\d][A-Z\d/-]{3,}\b"
)
_PLACE = re.compile(r"\b[A-Z][A-Za-z]+,\s+(?!Inc|Ltd|LLC|Corp|Co\b|PLC|and\b)(?:[A-Z][a-z]+\.?|[A-Z]{2}|[A-Z]\.[A-Z]\.)(?=\W|$)")
# How far behind a figure the noun that it counts may stand, in characters and in words.
_NOUN_WITHIN, _WORDS_WITHIN = 60, 4
_FAX = re.compile(r"\b(?:tele)?fax\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:19|20)\d{2}\b|\b(?:days?|weeks?|months?) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|\b[QH][1-4]\b"
    r"|\b(?:first|second|third|fourth|last|next) (?:day|week|month|quarter|half|year)\b"
    r"|\b(?:this|next|last|early|late|in|mid|from|by|until|till|since|before|after|end of) (?:the )?"
    rf"(?:spring|summer|autumn|fall|winter|{MONTH})\b"
    r"|\bat (?:\d[\d.]*(?:, | and | to | or |, and ))*\d[\d.]* ?"
    r"(?:h|hrs?|hours?|min|minutes?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"\b[A-Z]{2,5}[ -]?\d{2,}(?:-[A-Z]+)?\b")
_ORGANISATION = re.compile(
    r"\b(?:[A-Z][\w&.'’-]*,? ){1,4}"
    r"(?:Inc|Corp|Ltd|LLC|PLC|GmbH|AG|Partners|Pharma\w*|Biosciences|Biotech\w*|Therapeutics|Laboratories|Holdings)\b"
)
_NAMED_PLACE = re.compile(r"\b(?:in|at|from|near)\s+(?:the\s)?[A-Z][a-z]+")
_MONEY = re.compile(
    r"\d\W?\s?(?:million |billion )?(?:pounds?|crowns?|kron(?:er|or|a)|francs?|zloty|cents?)\b|\bfree of charge\b", re.IGNORECASE
)
_EACH = re.compile(
    r"\s+(?:each|apiece)\b|\s*(?:/\s?|\bper |\ban? )(?:vial|dose|batch|unit|piece|item|box|pack|kit|patient|scan|test|sample|run|person"
    r"|head|ticket|copy|litre|liter|kg|GBq|MBq|mCi)\b",
    re.IGNORECASE,
)
# A share is priced where it is sold "at $8 per share"; a loss of so much per share is no price.
_AT = re.compile(r"\b(?:at|for|price of)\s*$", re.IGNORECASE)
_PER_SHARE = re.compile(r"\s+(?:per|an?|each)\s+(?:share|warrant|option|ADS)\b")
_FREQUENCY = re.compile(
    r"\b(?:every|each) (?:other |second |third |\w+ )?(?:hours?|days?|weeks?|months?|years?|quarter)\b"
    r"|\b(?:once|twice|times) (?:a|an|per|every|each|daily|weekly|monthly)\b|\b(?:hourly|daily|weekly|monthly|quarterly|yearly|annually)\b",
    re.IGNORECASE,
)
_UNREACHED = re.compile(r"\bnot (?:yet |been |yet been )?reached\b|\b(?-i:NR)\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|since|reasons?|so that|so as to|in order to|thanks to|as a result|caused? by|therefore|hence|attributed|"
    r"which is why|explain\w*|leads? to|led to|allow\w*|enabl\w*|by (?:its|their|being))\b",
    re.IGNORECASE,
)


def counts(text: str, nouns: frozenset[str]) -> bool:
    """Whether a figure counts the noun, "80 different xenograft models", or is in it as a unit; any figure where no noun is asked for,
    and in a table.
    """
    found = figures(text)
    if {canonical_unit(noun) for noun in nouns} & {figure.unit for figure in found if figure.unit}:
        return True
    if not nouns or text.startswith("|"):
        return bool(found)
    counts = (figure for figure in found if not figure.unit)
    return any(nouns.intersection(stems(text[figure.end : figure.end + _NOUN_WITHIN])[:_WORDS_WITHIN]) for figure in counts)


def amounts_in(text: str) -> frozenset[str]:
    """The figures of a text, in digits or words, that are no dates and phone numbers."""
    return frozenset(figure.text for figure in figures(text) if figure.kind in ("number", "word"))


def tells_time(text: str) -> bool:
    """Whether a text gives a date, a year, a part of one or a numbered day."""
    return bool(dates(text)) or bool(_TIME.search(text))


def tells_unreached(text: str) -> bool:
    """Whether a text says that a median was not reached, as more than half lived on: "NR"."""
    return _UNREACHED.search(text) is not None


def tells_sum(text: str) -> bool:
    """Whether a text has a sum of money."""
    return _MONEY.search(text) is not None or any(figure.unit in CURRENCIES for figure in figures(text))


def tells_price(text: str) -> bool:
    """Whether a text has a sum of money for each of something: "£60 each", "$2 per vial", "sold at $8 per share"."""
    sums = [figure for figure in figures(text) if figure.unit in CURRENCIES]
    return any(_EACH.match(text, money.end) or (_PER_SHARE.match(text, money.end) and _AT.search(text[: money.start])) for money in sums)


def tells_length(text: str) -> bool:
    """Whether a length of time is told, or that it was not reached."""
    return any(figure.unit in TIME_UNITS for figure in figures(text)) or tells_unreached(text) or text.startswith("|")


def tells_frequency(text: str) -> bool:
    """Whether a text tells how often something is done: "every six weeks", "twice daily"."""
    return _FREQUENCY.search(text) is not None


def sets_side_by_side(text: str) -> bool:
    """Whether a sentence or row has two figures of one unit."""
    units = Counter(figure.unit for figure in figures(text) if figure.kind in ("number", "word"))
    return any(count > 1 for unit, count in units.items() if unit or text.startswith("|"))


def names_place(text: str) -> bool:
    """Whether a text has a name behind a preposition of place: "at the Lakewood clinic"."""
    return _NAMED_PLACE.search(text) is not None


def gives_cause(text: str) -> bool:
    """Whether a text has a word that gives a reason."""
    return _CAUSE.search(text) is not None


def speaks(text: str) -> bool:
    """Whether a text has a verb of speech."""
    return _SAID.search(text) is not None


def quotes_speech(text: str) -> bool:
    """Whether a text quotes more than a word or two."""
    return _SPEECH.search(text) is not None


def _compounds(text: str) -> frozenset[str]:
    return frozenset(" ".join(code.split()) for code in _COMPOUND.findall(text))


@cache
def _country() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, prompt_table('questions.toml')['countries']['names']))})(?!\w)")


def _countries(text: str) -> frozenset[str]:
    return frozenset(_country().findall(text))


def _diseases(text: str) -> frozenset[str]:
    return frozenset(value for term in read_terms(text) for value in term.values("disease"))


_EXTENSION = re.compile(r"\b(?:extension|ext\.?)\s?(?P<number>\d{3,6})\b", re.IGNORECASE)


def _phones(text: str) -> frozenset[str]:
    extensions = (match["number"] for match in _EXTENSION.finditer(text))
    return frozenset(figure.text for figure in figures(text) if figure.kind == "phone") | frozenset(extensions)


def _all_of(pattern: re.Pattern[str]) -> Callable[[str], frozenset[str]]:
    return lambda text: frozenset(pattern.findall(text))


THINGS: Mapping[str, Callable[[str], frozenset[str]]] = {
    "compound": _compounds,
    "date": lambda text: frozenset(figure.text for figure in figures(text) if figure.kind == "date"),
    "nuclide": lambda text: frozenset(mention.name for mention in nuclides(text)),
    "disease": _diseases,
    "country": _countries,
    "person": _all_of(_PERSON),
    "organisation": _all_of(_ORGANISATION),
    "email": _all_of(_EMAIL),
    "phone": _phones,
    "fax": lambda text: _phones(text) if _FAX.search(text) else frozenset(),
    "contact": lambda text: _phones(text) | frozenset(_EMAIL.findall(text)),
    "site": _all_of(_SITE),
    "ticker": _all_of(_TICKER),
    "place": _all_of(_PLACE),
    "identifier": _all_of(_IDENTIFIER),
}
"""By the name of a kind, what finds its things in a text, as the text writes them; diseases by the organ, nuclides as ``I-131``."""
