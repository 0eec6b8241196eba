"""Whether what is asked for is told by an amount of one kind, a rate by a percentage, a rent by a sum, and a sentence has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.things import tells_sum
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.resources import prompt_table

_ASKS = (
    r"\W*(?:(?:and|so|but|ok)\s+)?(?:(?:at|on|from|to|by|for)\s+)?what(?:['’]?s)?(?: (?:is|was|are|were))?"
    r"(?: (?:the|its|their|his|her|our|my|an?))?"
    r"(?: (?!of\b|for\b|in\b|is\b|was\b|are\b|did\b|does\b|to\b|kind\b|sort\b|type\b)[\w-]+){0,2}? "
)
_FRAGMENT = r"\W*(?:[\w-]+ ){0,2}?"
# A question that is no more than the thing and what it is of.
_FRAGMENT_WORDS = 5
# A share in words, or as so many of so many.
_SHARE = re.compile(
    r"\bper ?cent|\b(?:(?:half|third|quarter|fifth|sixth|eighth|tenth)s?|halve[sd]?|double[sd]?"
    r"|majority|minority|none|nobody|all|every)\b|\bof (?:the |all )?\d+ [^.;]*\d|\b\d+ (?:out of|of|in) (?:the )?\d+|\d/\d",
    re.IGNORECASE,
)
# "What will one dose cost?"
_COSTS = re.compile(r"\b(?:what|how much) (?:will|would|does|do|did|should|might) [^?]*\bcosts?\b", re.IGNORECASE)
# What has no sum because nothing is charged, or whose sum only somebody else knows.
_FREE = re.compile(
    r"\b(?:free|nothing|no charge|unpaid|not (?:be )?(?:paid|required|charged|due)"
    r"|waived|pays?|paid)\b",
    re.IGNORECASE,
)
# A temperature, length and colour are told by words as well as by figures.
_WARMTH = re.compile(
    r"°|\d\s?C\b|\b(?:degrees?|kelvin|fridge|freez\w*|refrigerat\w*|cool\w*|warm\w*|cold|hot|boil\w*|room temperature|ambient|ice)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\d|\b(?:metres?|meters?|inch(?:es)?|feet|thin|thick|narrow|wide|broad)\b", re.IGNORECASE)
_COLOUR = re.compile(
    r"\b(?:red|green|blue|yellow\w*|black|white|pink|gr[ea]y|brown\w*|orange|purple|violet|colou?r\w*|clear|transparent|silver|gold\w*|beige|amber"
    r"|pale|dark|turquoise|navy|maroon|cream|crimson|ivory|teal|bronze|copper|cyan|magenta|scarlet|khaki|olive|lilac|mauve|tan|rose|ochre"
    r"|indigo)\b",
    re.IGNORECASE,
)


def lacks_measure(topic: Topic, unit: Unit) -> bool:
    """Whether the question asks for something that only such an amount tells, and the sentence has none."""
    if topic.follows or topic.form in ("yesno", "why", "who"):
        return False
    if _COSTS.search(topic.question) and not _tells_price(unit.text):
        return True
    return any(_asks(name, topic.question) and not tells(unit.text) for name, tells in _TELLS.items())


def _tells_share(text: str) -> bool:
    return any(figure.unit == "percent" for figure in figures(text)) or _SHARE.search(text) is not None


def _tells_price(text: str) -> bool:
    return tells_sum(text) or _FREE.search(text) is not None


def _has(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


_TELLS: Mapping[str, Callable[[str], bool]] = {
    "percent": _tells_share,
    "money": _tells_price,
    "temperature": _has(_WARMTH),
    "length": _has(_LENGTH),
    "colour": _has(_COLOUR),
}


def _asks(name: str, question: str) -> bool:
    short = len(question.split()) <= _FRAGMENT_WORDS
    return _asking(name).match(question) is not None or (short and _asking(name, fragment=True).match(question) is not None)


@cache
def _asking(name: str, *, fragment: bool = False) -> re.Pattern[str]:
    nouns = "|".join(prompt_table("questions.toml")["measures"][name])
    return re.compile(rf"{_FRAGMENT if fragment else _ASKS}(?:{nouns})s?\b(?!-)", re.IGNORECASE)
