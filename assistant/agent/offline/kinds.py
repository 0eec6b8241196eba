"""Kinds of answer that a question wants: a person, a date, a phone number, an address, a place, a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.language.figures import figures

_PERSON = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+\b")
_ROLE = re.compile(
    r"\b(?:president|ceo|cfo|cmo|cso|coo|chief|officer|director|chair(?:man|woman)?|founder|professor|dr|investigator|partners?|contact)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\bsaid\b|\baccording to\b|\badded\b|\bcommented\b", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_SITE = re.compile(r"\b(?:www\.|https?://)\S+|\b[\w-]+\.(?:com|org|net|io|bio)\b")
_TICKER = re.compile(r"\b(?:nasdaq|nyse|otcqb|otcqx|lse|tsx|euronext|asx)\b\W{0,3}[A-Z]{2,5}\b|\([A-Z]+:\s?[A-Z]{2,5}\)", re.IGNORECASE)
_PLACE = re.compile(r"\b[A-Z][A-Za-z]+,\s+(?:[A-Z][a-z]+\.?|[A-Z]{2})\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class Kind:
    """``asked`` recognises questions that want it, ``found_in`` texts that have it."""

    name: str
    asked: re.Pattern[str]
    found_in: Callable[[str], bool]


def _has_person(text: str) -> bool:
    return bool(_PERSON.search(text) and (_ROLE.search(text) or _SAID.search(text)))


def _has_number(text: str) -> bool:
    return bool(figures(text))


def _has_date(text: str) -> bool:
    return any(figure.kind == "date" for figure in figures(text)) or bool(_YEAR.search(text))


def _has_phone(text: str) -> bool:
    return any(figure.kind == "phone" for figure in figures(text))


# Narrow kinds first: a question for a phone number is one of contact too.
KINDS = (
    Kind("email", re.compile(r"\be-?mail\b", re.IGNORECASE), lambda text: bool(_EMAIL.search(text))),
    Kind("phone", re.compile(r"\b(?:phone|telephone|call|dial|ring|fax|hotline)\b", re.IGNORECASE), _has_phone),
    Kind(
        "site",
        re.compile(r"\b(?:web ?site|url|home ?page|web address|web page|webpage|web)\b", re.IGNORECASE),
        lambda text: bool(_SITE.search(text)),
    ),
    Kind(
        "ticker",
        re.compile(r"\b(?:ticker|stock symbol|stock|nasdaq|listed|traded|exchange)\b", re.IGNORECASE),
        lambda text: bool(_TICKER.search(text)),
    ),
    Kind(
        "contact",
        re.compile(r"\bcontact(?:s|ed)?\b|\bget in touch\b|\breach\b", re.IGNORECASE),
        lambda text: bool(_EMAIL.search(text) or _has_phone(text)),
    ),
    Kind("person", re.compile(r"\b(?:who|whom|whose|ceo|president)\b", re.IGNORECASE), _has_person),
    Kind("date", re.compile(r"\b(?:when|what date|which date|what year|which year|date of|dated|fiscal year)\b", re.IGNORECASE), _has_date),
    Kind(
        "place",
        re.compile(r"\b(?:where is|where are|city|headquarter\w*|hq|located|based|datelined?|town|state is)\b", re.IGNORECASE),
        lambda text: bool(_PLACE.search(text)),
    ),
    Kind("number", re.compile(r"\b(?:how many|how much|number of|what percentage|what fraction)\b", re.IGNORECASE), _has_number),
)


def wanted_kinds(question: str, form: str) -> tuple[Kind, ...]:
    """The first kind that the question asks for, if any; a "who" inside a statement asks for none."""
    for kind in KINDS:
        if kind.asked.search(question) and not (form == "yesno" and kind.name in ("person", "number", "date")):
            return (kind,)
    return ()
