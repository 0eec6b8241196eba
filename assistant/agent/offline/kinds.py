"""Kinds of answer that a question wants: a person, a date, a phone number, an address, a place, a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.language.figures import figures
from assistant.language.names import nuclides
from assistant.language.stems import stems
from assistant.language.units import CURRENCIES, TIME_UNITS, canonical_unit
from assistant.studies.vocabulary import read as read_terms

_PERSON = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+\b")
_ROLE = re.compile(
    r"\b(?:president|ceo|cfo|cmo|cso|coo|chief|officer|director|chair(?:man|woman)?|founder|professor|dr|investigator|partners?|contact)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|according to|added|adds|commented|told|warns|warned|noted|asked)\b", re.IGNORECASE)
# What somebody is quoted with: more than a word or two in quotation marks.
_SPEECH = re.compile(r"(?<!\S)[\"“](?=\w)[^\"”]{30,}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_SITE = re.compile(r"\b(?:www\.|https?://)\S+|(?<![@\w.-])[\w-]+\.(?:com|org|net|io|bio)\b")
_TICKER = re.compile(r"\b(?i:nasdaq|nyse|otcqb|otcqx|lse|tsx|euronext|asx)\b\W{0,3}[A-Z]{2,5}\b|\([A-Z]+:\s?[A-Z]{2,5}\)")
# A registration, patent or batch number: letters and five digits or more.
_IDENTIFIER = re.compile(r"\b[A-Z]{2,6}[ -]?\d{5,}\b|\b\d{1,2},\d{3},\d{3}\b")
_PLACE = re.compile(r"\b[A-Z][A-Za-z]+,\s+(?!Inc|Ltd|LLC|Corp|Co\b|PLC|and\b)(?:[A-Z][a-z]+\.?|[A-Z]{2}|[A-Z]\.[A-Z]\.)(?=\W|$)")
# How far behind a figure the noun that it counts may stand, in characters and in words.
_NOUN_WITHIN, _WORDS_WITHIN = 60, 4
_FAX = re.compile(r"\b(?:tele)?fax\b", re.IGNORECASE)
# What stands before the things of a kind that are to be listed.
_LISTED = r"(?:which|what|all|list|name) (?:\w+ ){0,3}?"
_ROLES = (
    r"ceo|cfo|cmo|cso|coo|cto|president|boss|chief \w+(?: officer)?|spokes\w+|principal investigator|chair(?:man|woman|person)?|founder|"
    r"head of [\w ]+?|director(?: of [\w ]+?)?"
)
_TIME = re.compile(
    r"\b(?:19|20)\d{2}\b|\b(?:days?|weeks?|months?) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|\b[QH][1-4]\b"
    r"|\b(?:first|second|third|fourth|last|next) (?:day|week|month|quarter|half|year)\b|\b(?:this|next|last|early|late|in) (?:the )?"
    r"(?:spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """``asked`` recognises questions that want it, ``found_in`` texts that have it; the latter gets the noun asked for, as
    stems that mean the same.

    ``search`` is what to look for beside the question's own words. ``sure`` kinds are told by their form alone: a text with an
    e-mail address answers a question for one. ``items`` are the things of the kind in a text, so that a list can be made whole.
    """

    name: str
    sure: bool
    search: str
    asked: re.Pattern[str]
    found_in: Callable[[str, frozenset[str]], bool]
    items: Callable[[str], frozenset[str]] | None = None

    def rest(self, question: str) -> str:
        """``question`` without the words that only ask for this kind; a role ("CEO of …") is to be found in the answer."""
        return self.asked.sub(lambda match: match.group() if _ROLE.search(match.group()) else " ", question)


_COMPOUND = re.compile(r"\b[A-Z]{2,5}[ -]?\d{2,}(?:-[A-Z]+)?\b")
_ORGANISATION = re.compile(
    r"\b(?:[A-Z][\w&.'’-]*,? ){1,4}"
    r"(?:Inc|Corp|Ltd|LLC|PLC|GmbH|AG|Partners|Pharma\w*|Biosciences|Biotech\w*|Therapeutics|Laboratories|Holdings)\b"
)
_NAMED_PLACE = re.compile(r"\b(?:in|at|from|near)\s+(?:the\s)?[A-Z][a-z]+")
_MONEY = re.compile(
    r"\d\W?\s?(?:million |billion )?(?:pounds?|crowns?|kron(?:er|or|a)|francs?|zloty|cents?)\b|\bfree of charge\b", re.IGNORECASE
)
_UNREACHED = re.compile(r"\bnot (?:yet |been |yet been )?reached\b|\bNR\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|since|reasons?|so that|so as to|in order to|thanks to|as a result|caused? by|therefore|hence|attributed|"
    r"which is why|explain\w*|leads? to|led to|allow\w*|enabl\w*|by (?:its|their|being)|since)\b",
    re.IGNORECASE,
)


def _has_person(text: str, _: frozenset[str]) -> bool:
    return bool(_PERSON.search(text) and (_ROLE.search(text) or _SAID.search(text)))


def _has_number(text: str, nouns: frozenset[str]) -> bool:
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


def compounds_in(text: str) -> frozenset[str]:
    """The codes of compounds in a text, as it writes them: ``{"QX 177", "QX 12-PTX"}``."""
    return frozenset(" ".join(code.split()) for code in _COMPOUND.findall(text))


def _diseases_in(text: str) -> frozenset[str]:
    return frozenset(value for term in read_terms(text) for value in term.values("disease"))


def _has_amount(text: str, _: frozenset[str]) -> bool:
    return any(figure.kind in ("number", "word") for figure in figures(text))


def _has_sum(text: str, _: frozenset[str]) -> bool:
    return _MONEY.search(text) is not None or any(figure.unit in CURRENCIES for figure in figures(text))


def _has_length(text: str, _: frozenset[str]) -> bool:
    """Whether a length of time is told, or that it was not reached."""
    return any(figure.unit in TIME_UNITS for figure in figures(text)) or _UNREACHED.search(text) is not None or text.startswith("|")


def _has_date(text: str, _: frozenset[str]) -> bool:
    return any(figure.kind == "date" for figure in figures(text)) or bool(_TIME.search(text))


def _phones_in(text: str) -> frozenset[str]:
    return frozenset(figure.text for figure in figures(text) if figure.kind == "phone")


def _contacts_in(text: str) -> frozenset[str]:
    return _phones_in(text) | frozenset(_EMAIL.findall(text))


def _faxes_in(text: str) -> frozenset[str]:
    return _phones_in(text) if _FAX.search(text) else frozenset()


def _all_of(pattern: re.Pattern[str]) -> Callable[[str], frozenset[str]]:
    return lambda text: frozenset(pattern.findall(text))


def _some(items: Callable[[str], frozenset[str]]) -> Callable[[str, frozenset[str]], bool]:
    return lambda text, _: bool(items(text))


def _matches(*patterns: re.Pattern[str]) -> Callable[[str, frozenset[str]], bool]:
    return lambda text, _: any(pattern.search(text) for pattern in patterns)


_SURE = frozenset(["email", "phone", "fax", "site", "ticker", "contact", "place"])
_CONTACT = "contact telephone e-mail"
# Words that stand near such an answer in documents, for a search by the question's own words may pass it by.
_SEARCHES = {
    "email": _CONTACT,
    "phone": _CONTACT,
    "fax": _CONTACT,
    "contact": _CONTACT,
    "site": "for more information please visit web site www",
    "ticker": "Nasdaq NYSE stock exchange ticker symbol",
    "place": "headquarters city, dateline of the announcement",
    "person": "said, president and chief executive officer",
}


_ITEMS: dict[str, Callable[[str], frozenset[str]]] = {
    "compound": compounds_in,
    "nuclide": lambda text: frozenset(mention.name for mention in nuclides(text)),
    "disease": _diseases_in,
    "person": _all_of(_PERSON),
    "organisation": _all_of(_ORGANISATION),
    "email": _all_of(_EMAIL),
    "phone": _phones_in,
    "fax": _faxes_in,
    "contact": _contacts_in,
    "site": _all_of(_SITE),
    "ticker": _all_of(_TICKER),
    "place": _all_of(_PLACE),
    "identifier": _all_of(_IDENTIFIER),
}


def _kind(name: str, asked: str, found_in: Callable[[str, frozenset[str]], bool]) -> Kind:
    return Kind(name, name in _SURE, _SEARCHES.get(name, ""), re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), found_in, _ITEMS.get(name))


REASON = _kind("reason", r"why|how come|what makes|reasons?(?: for| why)?", _matches(_CAUSE))
# Of a question, or of its second part.
_AT_THE_BEGINNING = r"(?:(?<=, )|(?<=and )|^\W*(?:\w+ ){0,2})"
_PAYING = "cost|costs|spend|spends|spent|pay|pays|paid|raise|raised|earn|earned|owe|money|charge|charges"
_MEASURED = "much|big|large|far|fast|old|heavy|high|low|small|deep|hot|warm|strong|pure|expensive"

# Narrow kinds first: a question for a phone number is one of contact too.
KINDS = (
    _kind("email", r"e-?mails?(?: address(?:es)?)?", _matches(_EMAIL)),
    _kind("fax", r"(?:tele)?fax(?: number)?", _some(_faxes_in)),
    _kind("phone", r"(?:tele)?phone(?: number)?|call|dial|ring|hotline", _some(_phones_in)),
    _kind(
        "speech",
        r"what (?:exactly )?(?:did|does|has|do) (?!(?:the )?(?:release|document|article|paper|text|title|study|data|report)s?\b)"
        r"(?:\w+ ){1,3}?"
        r"(?:say|said|think|comment|add|tell|state)",
        _matches(_SPEECH),
    ),
    _kind(
        "site",
        r"web ?site|url|home ?page|web address|web ?page|web"
        r"|(?:more|further) info(?:rmation)?(?= (?:on|about|from|be)\b|\W*$)|(?:learn|read) more",
        _matches(_SITE),
    ),
    _kind(
        "ticker",
        r"ticker(?: symbol)?|stock (?:symbol|ticker|code)|nasdaq|listed on|traded on|(?:which|what|stock) exchange",
        _matches(_TICKER),
    ),
    _kind(
        "contact",
        r"contact(?:s|ed)?(?: person| details)?|get in touch|reach",
        _some(_contacts_in),
    ),
    _kind(
        "person",
        r"who(?:'s|’s| is| was| are| were)? (?:quoted|cited|interviewed)"
        r"|(?:people|persons?|names?)\b.{0,25}\b(?:quoted|cited|interviewed)"
        rf"|{_LISTED}(?:people|persons)(?: \w+){{0,2}}(?=\W*$)"
        rf"|who|whom|whose|name (?:of )?(?:the |their )?(?:{_ROLES})"
        rf"|(?<!the )(?<!\w)(?:{_ROLES})(?=(?: (?:name|(?:of|at|for) [\w ]+))?\W*$)",
        _has_person,
    ),
    _kind(
        "date",
        r"when|what date|which date|what year|which year|date of|dated|(?:release|publication|issue) date|what(?:'s| is| was) the date",
        _has_date,
    ),
    _kind(
        "place",
        r"where (?:is|are|was) (?:it|they|(?:the )?(?:company|firm|office\w*|headquarters|lab\w*))|what city|city|headquarter\w*|hq|located"
        r"|(?:where|city|town|company|firm|they|it|is|are) (?:\w+ )?based(?! (?:on|upon)\b)(?<!on what)"
        r"|(?:what|which|the|their|its|office|company|firm)(?:['’]s)? add?ress(?:es)?"
        r"|add?ress(?= of\b)|^\W*add?ress"
        r"|datelined?(?: from)?|town|which state|what state",
        _matches(_PLACE),
    ),
    _kind(
        "disease",
        r"(?:which|what) (?:\w+ ){0,2}?(?:diseases?|cancers?|malignanc(?:y|ies)|indications?|conditions?|tumou?rs?|lymphomas?)"
        rf"|{_LISTED}(?:diseases|cancers|malignancies|indications|tumou?rs|lymphomas)",
        _some(_diseases_in),
    ),
    _kind("nuclide", rf"{_LISTED}(?:isotopes|nuclides|radionuclides|radioisotopes)", lambda text, _: bool(nuclides(text))),
    _kind("organisation", rf"{_LISTED}(?:companies|firms|organi[sz]ations)", _some(_all_of(_ORGANISATION))),
    _kind(
        "money",
        # Words that the answer may have too are only looked ahead to, so that they are not left out of what is looked for.
        rf"(?=how much\b(?:(?! (?:activity|dose|longer)).)*\b(?:{_PAYING})\b)|(?=what (?:\w+ ){{0,4}}(?:costs?|paid|revenues?|expenses)\b)"
        r"|(?=(?:price|fee|salary|turnover|(?<!\bin )(?<!\bof )charge)\b)",
        _has_sum,
    ),
    _kind(
        "length",
        r"how long(?! ago)|(?=(?:what|median|mean|average)\b.{0,20}\b(?:overall|median|mean) survival\b)"
        r"|(?=(?:what|median|mean|average)\b.{0,20}\b(?:survival time|median os|median pfs)\b)"
        r"|(?=(?:median|mean)\b.{0,20}\b(?:os|pfs)\W*$)",
        _has_length,
    ),
    _kind(
        "location",
        r"(?:which|what) (?:cities|countr(?:y|ies)|hospitals?|cent(?:er|re)s?|sites?|places?|universit(?:y|ies)|institut\w+)|where",
        _matches(_NAMED_PLACE),
    ),
    _kind(
        "identifier",
        r"nct\w*(?: (?:number|id|no))?"
        r"|(?:registration|registry|trial|patent|lot|batch|grant|accession|licen[cs]e) (?:number|id|identifier|code)s?"
        r"|patents?(?= .*\bby number)",
        _matches(_IDENTIFIER),
    ),
    _kind(
        "compound",
        rf"{_LISTED}(?:compounds|candidates|drugs|agents|molecules|products)",
        _some(compounds_in),
    ),
    _kind("amount", rf"{_AT_THE_BEGINNING}how (?:{_MEASURED})", _has_amount),
    _kind(
        "number",
        rf"{_AT_THE_BEGINNING}how many|(?:^|\b(?:the|total|exact|what|a) )number of"
        r"|what (?:\w+ ){0,3}(?:rate|percentage|fraction|proportion|number)",
        _has_number,
    ),
)


def wanted_kinds(question: str, form: str) -> tuple[Kind, ...]:
    """The kind that the question asks for, if any; a "who" inside a yes/no question asks for none.

    A kind that is told by its form alone goes first, then the one that is asked for first: "how large … when treatment began".
    """
    if form == "why":
        return (REASON,)
    if form in ("yesno", "definition"):
        return ()
    asked = [(kind, match) for kind in KINDS if (match := kind.asked.search(question))]
    sure = [kind for kind, _ in asked if kind.sure]
    if {"email", "phone"} <= {kind.name for kind in sure}:
        sure = [kind for kind in KINDS if kind.name == "contact"]
    return (sure[0] if sure else min(asked, key=lambda pair: pair[1].start())[0],) if asked else ()
