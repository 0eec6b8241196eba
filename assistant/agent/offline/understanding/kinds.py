"""Kinds of answer that a question wants: a person, a date, a phone number, an address, a place, a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.agent.offline.understanding.offices import names_role, office_pattern
from assistant.agent.offline.understanding.things import (
    THINGS,
    amounts_in,
    counts,
    gives_cause,
    names_place,
    quotes_speech,
    sets_side_by_side,
    speaks,
    tells_frequency,
    tells_length,
    tells_sum,
    tells_time,
)

FoundIn = Callable[[str, frozenset[str]], bool]

# Stands in a wording for the offices that questions name.
_OFFICE = "<office>"
# What stands before the things of a kind that are to be listed.
_LISTED = r"(?:which|what|all|list|name) (?:\w+ ){0,3}?"
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


@dataclass(frozen=True, slots=True)
class Kind:
    """``asked`` is how questions word that they want it, ``found_in`` recognises texts that have it; the latter gets the noun asked
    for, as stems that mean the same.

    ``search`` is what to look for beside the question's own words. ``sure`` kinds are told by their form alone: a text with an
    e-mail address answers a question for one. ``items`` are the things of the kind in a text, so that a list can be made whole.
    """

    name: str
    sure: bool
    search: str
    asked: str
    found_in: FoundIn
    items: Callable[[str], frozenset[str]] | None = None

    def asks(self, question: str) -> re.Match[str] | None:
        """Where ``question`` wants this kind of answer."""
        return _compiled(self.asked).search(question)

    def rest(self, question: str) -> str:
        """``question`` without the words that only ask for this kind; a role ("CEO of …") is to be found in the answer."""
        return _compiled(self.asked).sub(lambda match: match.group() if names_role(match.group()) else " ", question)


@cache
def _compiled(asked: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{asked.replace(_OFFICE, office_pattern())})\b", re.IGNORECASE)


def _kind(name: str, asked: str, found_in: FoundIn | None = None) -> Kind:
    """``found_in`` may be left out where a text has the kind as soon as it has one of its things."""
    return Kind(name, name in _SURE, _SEARCHES.get(name, ""), asked, found_in or _some(THINGS[name]), THINGS.get(name))


def _some(items: Callable[[str], frozenset[str]]) -> FoundIn:
    return lambda text, _: bool(items(text))


REASON = _kind("reason", r"why|how come|what makes|reasons?(?: for| why)?", lambda text, _: gives_cause(text))
# Of a question, or of its second part.
_AT_THE_BEGINNING = r"(?:(?<=, )|(?<=and )|^\W*(?:\w+ ){0,2})"
_PAYING = "cost|costs|spend|spends|spent|pay|pays|paid|raise|raised|earn|earned|owe|money|charge|charges"
_MEASURED = "much|big|large|far|fast|old|heavy|high|low|small|deep|hot|warm|strong|pure|expensive"

# Narrow kinds first: a question for a phone number is one of contact too.
KINDS = (
    _kind("email", r"e-?mails?(?: address(?:es)?)?"),
    _kind("fax", r"(?:tele)?fax(?: number)?"),
    _kind("phone", r"(?:tele)?phone(?: number)?|(?:who|whom|number|numbers|where|how)\b.{0,25}\b(?:call|dial|ring)|hotline"),
    _kind(
        "speech",
        r"what (?:exactly )?(?:did|does|has|do) (?!(?:the )?(?:release|document|article|paper|text|title|study|data|report|"
        r"company|firm|management|author|team|they)s?\b)"
        r"(?:\w+ ){1,3}?"
        r"(?:say|said|think|comment|add|tell|state)",
        lambda text, _: quotes_speech(text),
    ),
    _kind(
        "site",
        r"web ?site|url|home ?page|web address|web ?page|web"
        r"|(?:more|further) info(?:rmation)?(?= (?:on|about|from|be)\b|\W*$)|(?:learn|read) more",
    ),
    _kind(
        "ticker",
        r"ticker(?: symbol)?|(?:stock|trading) (?:symbol|ticker|code)|nasdaq|listed on|traded on|(?:which|what|stock) exchange",
    ),
    _kind(
        "contact",
        # What a thing reaches is no way to reach anybody.
        r"contact(?:s|ed)?(?: person| details)?|get in touch|reach out|(?:i|we|you|one|people|investors|patients) (?:\w+ ){0,2}reach"
        r"|to reach (?:him|her|them|you|us|some\w+|any\w+|the (?:company|team|office|press|authors?))",
    ),
    _kind(
        "person",
        r"who(?:'s|’s| is| was| are| were)? (?:quoted|cited|interviewed)"
        r"|(?:people|persons?|names?)\b.{0,25}\b(?:quoted|cited|interviewed)"
        rf"|{_LISTED}(?:people|persons)(?: \w+){{0,2}}(?=\W*$)"
        rf"|who|whom|whose|name (?:of )?(?:the |their )?(?:{_OFFICE})"
        rf"|(?<!the )(?<!\w)(?:{_OFFICE})(?=(?: (?:name|(?:of|at|for) [\w ]+))?\W*$)",
        lambda text, _: bool(THINGS["person"](text)) and (names_role(text) or speaks(text)),
    ),
    _kind(
        "date",
        r"when|what date|which date|what year|which year|date of|dated|(?:release|publication|issue) date|what(?:'s| is| was) the date"
        rf"|{_LISTED}dates|^\W*(?:the )?date(?=\W*$)",
        lambda text, _: tells_time(text),
    ),
    _kind(
        "place",
        r"where (?:is|are|was) (?:it|they|(?:the )?(?:company|firm|office\w*|headquarters|lab\w*))|what city|city|headquarter\w*|hq|located"
        r"|(?:where|city|town|company|firm|they|it|is|are) (?:\w+ )?based(?! (?:on|upon)\b)(?<!on what)"
        r"|(?:what|which|the|their|its|office|company|firm)(?:['’]s)? add?ress(?:es)?"
        r"|add?ress(?= of\b)|^\W*add?ress"
        r"|datelined?(?: from)?|town|which state|what state",
    ),
    _kind(
        "disease",
        r"(?:which|what) (?:\w+ ){0,2}?(?:diseases?|cancers?|malignanc(?:y|ies)|indications?|conditions?|tumou?rs?|lymphomas?)"
        rf"|{_LISTED}(?:diseases|cancers|malignancies|indications|tumou?rs|lymphomas)",
    ),
    _kind("nuclide", rf"{_LISTED}(?:isotopes|nuclides|radionuclides|radioisotopes)"),
    _kind("organisation", rf"{_LISTED}(?:companies|firms|organi[sz]ations)"),
    _kind(
        "money",
        # Words that the answer may have too are only looked ahead to, so that they are not left out of what is looked for.
        rf"(?=how much\b.*\bcosts?\b)|(?=how much\b(?:(?! (?:activity|dose|longer)).)*\b(?:{_PAYING})\b)"
        r"|(?=what (?:\w+ ){0,4}(?:costs?|paid|revenues?|expenses)\b)|(?=what (?:will|would|does|do|did|should|might) [^?]*\bcosts?\b)"
        r"|(?=(?:price|fee|salary|turnover|(?<!\bin )(?<!\bof )charge)\b)",
        lambda text, _: tells_sum(text),
    ),
    _kind(
        "length",
        r"how long(?! ago)|(?=(?:what|median|mean|average)\b.{0,20}\b(?:overall|median|mean) survival\b)"
        r"|(?=(?:what|median|mean|average)\b.{0,20}\b(?:survival time|median os|median pfs)\b)"
        r"|(?=(?:median|mean)\b.{0,20}\b(?:os|pfs)\W*$)",
        lambda text, _: tells_length(text),
    ),
    _kind("country", r"(?:in )?(?:which|what) countr(?:y|ies)"),
    _kind("frequency", r"how (?:often|frequently)", lambda text, _: tells_frequency(text)),
    _kind(
        "comparison",
        r"compare(?: the)?|(?:in|between|of|across) (?:the )?(?:two|both) (?:treatment )?(?:arms|groups)",
        lambda text, _: sets_side_by_side(text),
    ),
    _kind(
        "location",
        r"(?:which|what) (?:cities|hospitals?|cent(?:er|re)s?|sites?|places?|universit(?:y|ies)|institut\w+)|where",
        lambda text, _: names_place(text),
    ),
    _kind(
        "identifier",
        r"nct\w*(?: (?:number|id|no))?"
        r"|(?:registration|registry|trial|patent|lot|batch|grant|accession|licen[cs]e) (?:number|id|identifier|code)s?"
        r"|patents?(?= .*\bby number)",
    ),
    _kind(
        "compound",
        rf"{_LISTED}(?:compounds|candidates|drugs|agents|molecules|products)"
        r"|(?<!for )(?<!of )(?<!in )(?<!with )(?<!to )(?<!from )(?<!on )(?:every|each) (?:single )?(?:\w+ ){0,2}?"
        r"(?:compound|candidate|drug|agent|molecule|product)(?= (?:\w+ ){0,4}?(?:name|code|mention|list)\w*\b|\W*$)"
        r"|(?:compound|drug|product|candidate)(?:s['’])? (?:codes|code names|names)(?! of\b)",
    ),
    _kind("amount", rf"{_AT_THE_BEGINNING}how (?:{_MEASURED})", lambda text, _: bool(amounts_in(text))),
    _kind(
        "number",
        rf"{_AT_THE_BEGINNING}how many|(?:^|\b(?:the|total|exact|what|a) )number of"
        r"|what (?:\w+ ){0,3}(?:rate|percentage|fraction|proportion|number)",
        counts,
    ),
)


@lru_cache(maxsize=256)
def wanted_kinds(question: str, form: str) -> tuple[Kind, ...]:
    """The kind that the question asks for, if any; a "who" inside a yes/no question asks for none.

    A kind that is told by its form alone goes first, then the one that is asked for first: "how large … when treatment began".
    """
    if form == "why":
        return (REASON,)
    if form in ("yesno", "definition"):
        return ()
    asked = [(kind, match) for kind in KINDS if (match := kind.asks(question))]
    sure = [kind for kind, _ in asked if kind.sure]
    if {"email", "phone"} <= {kind.name for kind in sure}:
        sure = [kind for kind in KINDS if kind.name == "contact"]
    return (sure[0] if sure else min(asked, key=lambda pair: pair[1].start())[0],) if asked else ()
