"""What a question asks to define, where it asks for nothing else: "what's a PDC?", "meaning of R/R"."""

from __future__ import annotations

import re

from assistant.agent.offline.understanding.cues import content, definition_words, light, signals
from assistant.agent.offline.understanding.kinds import wanted_kinds
from assistant.agent.offline.understanding.mentions import Mentions
from assistant.agent.offline.understanding.offices import WHO_THE, names_role
from assistant.language.figures import figures

_THING = r"(?:a |an |the )?(?:abbreviation |acronym |term |word |phrase |expression |letters )?(?P<thing{}>[\w()/’' .-]{{2,40}}?)"
_DEFINITION = re.compile(
    r"\W*(?:(?:so|and|ok|hi|hey)\W+)?(?:"
    rf"(?:what|who)(?:\s?[’']?s|\s+is|\s+are)\s+(?!meant by){_THING.format(1)}(?:\s+(?:again|exactly|anyway|really))?(?:,.*)?"
    rf"|what(?:\s?[’']?s|\s+is|\s+are)\s+meant by {_THING.format(5)}"
    rf"|what (?:does|do) {_THING.format(2)} (?:stand for|mean)(?: here| in (?:this|the|that|these|your|their)\b[\w' ’]{{0,40}})?"
    rf"|(?:define|definition of|meaning of|explain)\s+{_THING.format(3)}"
    rf"|{_THING.format(4)}\s+(?:stands? for|means?|is what)(?: what)?)\W*",
    re.IGNORECASE,
)
# A word that is all capitals, a slash or a plural's s between them.
_ABBREVIATION = re.compile(r"(?<![\w/-])[A-Z](?:/?[A-Z]){1,5}s?(?![\w/-])")
# A compound that no study has: "tell me about QX 9".
_CODE = re.compile(r"(?<!\w)[A-Z]{2,6}[ -]?\d+(?:-\w+)?(?!\w)")
# "Who is Jane Miller?" asks what she is.
_WHO_IS = re.compile(r"\b[Ww]ho(?:'s|’s| is| are| was)\s+(?:[A-Z]|an?\b|the\b)")
# "Who's the PI of the trial?" and "who is the new contractor?" ask for somebody, and not for what one is.
_ROLE_OF = re.compile(WHO_THE + r"(?:[\w ]+?\s(?:of|at|for|in|on)\s|[a-z][a-z ]+\W*$|[A-Z]{2,5}\W*$)")
# What stands around a thing that is to be defined, "the lead compounds called", and is no part of it.
_AROUND = re.compile(r"^(?:an?|the)\s+|(?:(?<![ius])s)?(?:\s+(?:called|named))?$")
# "What is Mr Holm planning to do?", "what is QX 7 targeting?" ask what somebody or something does.
_DOING = re.compile(
    r"\b[A-Z][\w.’'-]*(?: \d+)? (?:(?:now|currently|still|really) )?"
    r"(?:[a-z]{2,}ing (?:to|for|at|on|with|forward|next|now|the|an?|about)\b|(?:do|plann|say|develop|test|try|propos|target|announc)ing$)"
)
# "What are the risks?" asks for them, as "what are lipid rafts?" does not.
_THE_SEVERAL = re.compile(r"\bwhat(?:['’]re|\s+are)\s+the\s+(?:[a-z-]+\s)?[a-z-]{3,}(?<!s)s\W*$")
# Kinds of which a "what's the …" asks for one; "what is lung cancer" asks for no list of diseases.
_TOLD_OF = frozenset(["person", "compound", "identifier", "date", "money"])
# Signals that the name of a thing may show by itself.
_NAME_SIGNALS = frozenset(["convert", "both", "existence", "compound", "studies", "clinical"])
# "What's that in weeks?" asks for what was told, in another unit.
_POINTING = re.compile(r"(?:that|this|it|those|these|they)\b", re.IGNORECASE)


def thing_to_define(question: str, named: Mentions) -> str:
    """What a question asks to define, if it names nothing but that: ``PDC`` of "what's a PDC?", ``QX 9`` of "about QX 9"; else empty."""
    code = _CODE.search(question) if named.unknown and not named.studies else None
    if code and not content(_CODE.sub(" ", question)):
        return code.group()
    short = _ABBREVIATION.findall(question)
    if len(short) == 1 and not _ROLE_OF.match(question) and not content(_ABBREVIATION.sub(" ", question)) - definition_words() - light():
        return str(short[0])
    match = _DEFINITION.fullmatch(question.strip())
    thing = next((group for group in match.groups() if group), "") if match else ""
    plainly = (
        bool(content(thing) or re.search(r"[A-Z]", thing))
        and not re.search(r"\babout\b|\b(?:in|of|for|with|from|to|on)$", thing)
        and not re.search(r"\b(?:of|on|for|at|in|from|under|behind|between) (?:the|this|that|these|its|their|our|your)\b", thing)
        and not re.search(r"^names? of\b|^(?:their|your|our|its|his|her|my)\b|\b(?:called|named)$", thing)
        and not _DOING.search(thing)
        and not _THE_SEVERAL.search(question)
        and not signals(thing) - _NAME_SIGNALS
        and not signals(thing, "directions") & {"most", "least"}  # "what is the maximum dose" asks how much that is
        and not _ROLE_OF.match(question)
        and not names_role(thing)  # "who is the CEO" asks for a person and not for what a CEO is
        and not _asks_for_kind(question)
        and not any(figure.unit for figure in figures(thing))
        and not _POINTING.match(thing)
    )
    return thing if plainly else ""


def common_word(topic_query: str) -> str:
    """What is to be defined where it goes by words of the language, without article and plural; empty for a name or abbreviation.

    A name any sentence may introduce: "QX 7 is made for …".
    """
    thing = _AROUND.sub("", topic_query.strip())
    return thing if re.fullmatch(r"[a-z][a-z' -]+", thing) else ""


def explains(thing: str, text: str) -> bool:
    """Whether ``text`` says what ``thing`` is: "a thing is …", "things, which are …", "… such as a thing", "the thing, QX 7"."""
    named = rf"\b(?i:{re.escape(thing)})(?:s|es)?\b"
    behind = r"[*_]{0,2}(?:\(|[-–—:]\s|,?\s(?:(?:which|that|who)\s)?(?:is|are|was|were|means?)\b|,\s(?:an?\s|[A-Z]))"
    before = r"\b(?:such as|like|called|known as|namely|including)\b[^.;]{0,60}|\(\s*|,\s(?:the|its|our|an?)\s(?:[\w-]+\s)?"
    return re.search(rf"{named}\s*{behind}|(?:{before}){named}", text) is not None


def _asks_for_kind(question: str) -> bool:
    """Whether what looks like a definition asks for a thing of some kind: "what's the ticker", "who's quoted", not "what is a ticker"."""
    kinds = wanted_kinds(question, "what")
    return (
        bool(kinds)
        and not re.search(r"\ban?\s", question)
        and (kinds[0].sure or kinds[0].name in _TOLD_OF)
        and not _WHO_IS.search(question)
    )
