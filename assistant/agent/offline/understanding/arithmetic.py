"""Question → the expression that it spells out in figures: "80 - 52", "what percent of 80 is 20", "divide 30 by 12"."""

from __future__ import annotations

import re
from functools import cache

from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.lapse import of_named_dates
from assistant.language.figures import YEAR
from assistant.language.units import UNIT

# The units of language/units.py but those of a ratio, "times" and "x", which stand between two numbers as signs.
_UNIT = rf"(?:\s?(?!(?:times|x|×|-?\s?fold)\b){UNIT})?"
_AMOUNT = rf"\d[\d.]*(?<!\.){_UNIT}"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_WORD_OPERATORS = (
    (rf"\bdivide\s+({_AMOUNT})\s+by\s+(?=\d)", r"\1 / "),
    (rf"\bmultiply\s+({_AMOUNT})\s+by\s+(?=\d)", r"\1 * "),
    (r"\bdivided by\b|÷|(?<=\))\s+over\s+(?=[\d(])", "/"),
    # "80 over 52", but not "one dose of QX 177 over 150 days": what stands before the number names nothing.
    (rf"((?:^\W*|\b(?:is|are|s|calculate|compute|of|and)\s+|[-+*/(]\s*){_AMOUNT})\s+over\s+(?=[\d(])", r"\1 / "),
    (r"\bmultiplied by\b|(?<=[\d)])\s+times\s+(?=[\d(])|(?<=\d)\s*[x×]\s*(?=\d)", "*"),
    (r"\bminus\b|\bless\b|−|–", "-"),
    (r"\bplus\b", "+"),
)
_BETWEEN = rf"(?P<one>{_AMOUNT})\s*(?:,|and|to|by|from|with|into|over)+\s+(?P<two>{_AMOUNT})"
_LIST = rf"(?P<list>{_AMOUNT}(?:(?:\s*(?:[,;&]|\b(?:and|plus|with)\b))+\s*{_AMOUNT})+)"
_MORE_THAN = r"(?:bigger|larger|greater|higher|longer|more|smaller|lower|shorter|less) than"
_APART = rf"(?:\s+in {UNIT})?"
# "2024 minus 2023" sets two years apart, "x10^3 per microliter" is a unit.
_OF_YEARS = re.compile(rf"\b{YEAR.pattern}\b\s*(?:minus|less|-|–|over)\s*\b{YEAR.pattern}\b", re.IGNORECASE)
_POWER_OF_TEN = re.compile(r"^(?!.*\d\s*[x×*]\s*10\^).*\b[x×]?\s?10\^\d+\s*(?:/|per\b)", re.IGNORECASE)
# A difference is taken from the larger figure, whichever is named first.
_APART_FROM = "{larger} - {smaller}"
# What is said in words, and the expression that it stands for.
_SAID = (
    (rf"\bdifference{_APART}\s+between\s+{_BETWEEN}", _APART_FROM),
    (rf"\b(?:ratio|quotient)\s+(?:of|between)\s+{_BETWEEN}", "{one} / {two}"),
    (rf"\b(?:(?:sum|total)\s+of|add(?:\s+up)?)\s+{_LIST}", "{sum}"),
    (rf"\badd\s+(?P<one>{_AMOUNT})\s+to\s+(?P<two>{_AMOUNT})", "{one} + {two}"),
    (rf"\b(?:average|mean)\s+of\s+{_LIST}", "({sum}) / {count}"),
    (rf"\bsubtract\s+(?P<two>{_AMOUNT})\s+from\s+(?P<one>{_AMOUNT})", "{one} - {two}"),
    (rf"\bpercent(?:age)?\s+of\s+(?P<two>{_AMOUNT})\s+(?:is|are|makes?)\s+(?P<one>{_AMOUNT})", "{one} / {two} in percent"),
    (
        rf"(?P<one>{_AMOUNT})\s+(?:is|are|makes?)\s+(?:what|how many)\s+(?:percent(?:age)?|per cent|%)\s+of\s+(?P<two>{_AMOUNT})",
        "{one} / {two} in percent",
    ),
    (rf"^\W*(?:what(?: is|['’]s)\s+)?half\s+(?:of\s+)?(?P<one>{_AMOUNT})\W*$", "{one} / 2"),
    (rf"^\W*(?:what(?: is|['’]s)\s+)?(?:a third|one third)\s+of\s+(?P<one>{_AMOUNT})\W*$", "{one} / 3"),
    (rf"^\W*(?:what(?: is|['’]s)\s+)?(?:twice|double)\s+(?P<one>{_AMOUNT})\W*$", "{one} * 2"),
    (rf"(?P<one>{_AMOUNT})\s+as\s+an?\s+(?:percent(?:age)?|fraction|share|%)\s+of\s+(?P<two>{_AMOUNT})", "{one} / {two} in percent"),
    (
        rf"(?:\bpercent(?:age)?|%)\s+(?:is|are)\s+(?P<one>{_AMOUNT})\s+{_MORE_THAN}\s+(?P<two>{_AMOUNT})",
        "({one} - {two}) / {two} in percent",
    ),
    (rf"\btimes\s+(?:bigger|larger|greater|higher|more)\s+(?:is|are)\s+(?P<one>{_AMOUNT})\s+than\s+(?P<two>{_AMOUNT})", "{one} / {two}"),
    (rf"\btimes\s+(?:is|are)?\s*(?P<one>{_AMOUNT})\s+{_MORE_THAN}\s+(?P<two>{_AMOUNT})", "{one} / {two}"),
    (rf"\bpercent(?:age)?\s+(?:is|are)\s+(?P<one>{_AMOUNT})\s+(?:out )?of\s+(?P<two>{_AMOUNT})", "{one} / {two} in percent"),
)
# An operand that stands right behind what was read, or an operator before it; "to two decimals" asks for no operation.
_GOES_ON = re.compile(
    r"(?:\s*(?:[-,;&+*/^×÷−–(]|\b(?:and|or|to|by|from|with|into|over|of|plus|minus|less|times|divided|multiplied)\b))+\s*"
    r"\d[\d.]*(?!\d|\s*(?:decimal|significant|digit|place))",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"(?:[-+*/^×÷−–]|\b(?:plus|minus|less|times|by|from|(?:percent|%)\s+of|half|third|quarter|twice|double|triple|thrice))"
    r"(?:\s+of)?(?:\s+the)?\s*\(*$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(rf"\(*{_AMOUNT}(?:\s*\)*\s*[-+*/^]\s*\(*\s*{_AMOUNT}\)*)+")
# Nothing but two numbers and a slash is asked for; in a sentence that is a date or a share.
_QUOTIENT = re.compile(r"(?:(?:so\W+)?(?:what\W?s|what is|how much is|calculate|compute)\s+)?\d[\d.]*/\d[\d.]*\W*", re.IGNORECASE)
# "… is 70?", "… = 70, right?"; of "what is 80 - 70?" nothing is stated.
_CLAIMED = re.compile(
    rf"{_AMOUNT}\)*\s*(?:is|are|equals?|gives?|makes?|comes to|=)\s*(?:about |roughly |then )?(?P<result>\d[\d.]*){_UNIT}"
    r"\W*(?:right|correct|yes|no|true)?\W*$",
    re.IGNORECASE,
)
_ONE_AMOUNT = re.compile(rf"(?P<number>\d[\d.]*(?<!\.))\s?(?P<unit>{_UNIT})", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bpercent|\bper cent\b|\bpct\b", re.IGNORECASE)


def expression(question: str) -> str | None:
    """What the question wants calculated, as ``studies.calculate`` reads it; None where its figures are not joined by an operation.

    None, too, where the operation has a further operand than those that are read.
    """
    if lapse := of_named_dates(question):
        return lapse
    text = _THOUSANDS.sub("", question)
    if _OF_YEARS.search(text) or _POWER_OF_TEN.search(text):
        return None
    for pattern, form in _compiled(_SAID):
        if match := pattern.search(text):
            tells_of_something = form == _APART_FROM and content(text[: match.start()]) - light()
            return _filled(form, match) if _is_whole(match) and not tells_of_something else None
    for pattern, operator in _compiled(_WORD_OPERATORS):
        text = pattern.sub(operator, text)
    written = _WRITTEN.search(text)
    if written is None or not _is_whole(written) or (_is_one_figure(written.group()) and not _QUOTIENT.fullmatch(text.strip())):
        return None
    found_text = " ".join(re.sub(r"/(?=\s*[\d(])", " / ", written.group()).split())
    return f"{found_text} in percent" if _PERCENT.search(question.replace(written.group(), "")) and "%" not in found_text else found_text


@cache  # kept here: the patterns of re's own cache are driven out by the many that are made of questions
def _compiled(patterns: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), form) for pattern, form in patterns)


def _is_whole(match: re.Match[str]) -> bool:
    """Whether no operand stands before or behind what was read of an operation."""
    return not (_BEGAN.search(match.string, 0, match.start()) or _GOES_ON.match(match.string, match.end()))


def claimed_result(question: str) -> float | None:
    """The result that a question states of the expression it spells out, to be confirmed; None where it asks for it."""
    claimed = _CLAIMED.search(_THOUSANDS.sub("", question))
    return float(claimed["result"].rstrip(".")) if claimed else None


def _filled(form: str, match: re.Match[str]) -> str:
    amounts = {name: _ONE_AMOUNT.findall(text) for name, text in match.groupdict().items() if text}
    units = {unit for found in amounts.values() for _, unit in found if unit}
    shared = units.pop() if len(units) == 1 else ""  # "64 days of 135"
    written = {name: [f"{number} {unit or shared}".strip() for number, unit in found] for name, found in amounts.items()}
    listed = [amount for found in written.values() for amount in found]
    ordered = sorted(listed, key=lambda amount: float(amount.partition(" ")[0]))
    single = {name: found[0] for name, found in written.items()}
    return form.format(sum=" + ".join(listed), count=len(listed), smaller=ordered[0], larger=ordered[-1], **single)


def _is_one_figure(text: str) -> bool:
    """Whether it is a range, a date or a telephone number and no sum: digits joined without blanks, "7-9", "917-885-7378"."""
    return bool(re.fullmatch(r"\d[\d.]*(?:[-/]\d[\d.]*)+", text.strip()))
