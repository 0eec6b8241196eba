"""Question → the expression that it spells out in figures: "80 - 52", "what percent of 80 is 20", "divide 30 by 12"."""

from __future__ import annotations

import re

from assistant.agent.offline.lapse import of_named_dates

_UNIT = r"(?:\s?(?:[unmkMGTµμ]?(?:Ci|Bq)|days?|weeks?|months?|hours?|years?|%|percent)\b)?"
_AMOUNT = rf"\d[\d.]*{_UNIT}"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_WORD_OPERATORS = (
    (r"\bdivided by\b|÷|(?<=[\d)])\s+over\s+(?=[\d(])", "/"),
    (r"\bmultiplied by\b|(?<=[\d)])\s+times\s+(?=[\d(])|(?<=\d)\s*[x×]\s*(?=\d)", "*"),
    (r"\bminus\b|\bless\b|−|–", "-"),
    (r"\bplus\b", "+"),
)
_BETWEEN = rf"(?P<one>{_AMOUNT})\s*(?:,|and|to|by|from|with|into|over)+\s+(?P<two>{_AMOUNT})"
_MORE_THAN = r"(?:bigger|larger|greater|higher|longer|more|smaller|lower|shorter|less) than"
_APART = r"(?:\s+in \w+)?"
# A difference is taken from the larger figure, whichever is named first.
_APART_FROM = "{larger} - {smaller}"
# What is said in words, and the expression that it stands for.
_SAID = (
    (rf"\bdifference{_APART}\s+between\s+{_BETWEEN}", _APART_FROM),
    (rf"\b(?:ratio|quotient)\s+(?:of|between)\s+{_BETWEEN}", "{one} / {two}"),
    (rf"\b(?:sum|total)\s+of\s+{_BETWEEN}|\badd(?:\s+up)?\s+{_BETWEEN.replace('one', 'one2').replace('two', 'two2')}", "{one} + {two}"),
    (rf"\b(?:average|mean)\s+of\s+{_BETWEEN}", "({one} + {two}) / 2"),
    (rf"\bsubtract\s+(?P<two>{_AMOUNT})\s+from\s+(?P<one>{_AMOUNT})", "{one} - {two}"),
    (rf"\bdivide\s+(?P<one>{_AMOUNT})\s+by\s+(?P<two>{_AMOUNT})", "{one} / {two}"),
    (rf"\bmultiply\s+(?P<one>{_AMOUNT})\s+by\s+(?P<two>{_AMOUNT})", "{one} * {two}"),
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
_WRITTEN = re.compile(rf"\(*{_AMOUNT}(?:\s*\)*\s*[-+*/^]\s*\(*\s*{_AMOUNT}\)*)+")
# Nothing but two numbers and a slash is asked for; in a sentence that is a date or a share.
_QUOTIENT = re.compile(r"(?:(?:so\W+)?(?:what\W?s|what is|how much is|calculate|compute)\s+)?\d[\d.]*/\d[\d.]*\W*", re.IGNORECASE)
# "… is 70?", "… = 70, right?"; of "what is 80 - 70?" nothing is stated.
_CLAIMED = re.compile(
    rf"{_AMOUNT}\)*\s*(?:is|are|equals?|gives?|makes?|comes to|=)\s*(?:about |roughly |then )?(?P<result>\d[\d.]*){_UNIT}"
    r"\W*(?:right|correct|yes|no|true)?\W*$",
    re.IGNORECASE,
)
_UNIT_BEHIND = re.compile(r"\s?[A-Za-zµμ%]+$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"%|\bpercent|\bper cent\b|\bpct\b", re.IGNORECASE)


def expression(question: str) -> str | None:
    """What the question wants calculated, as ``studies.calculate`` reads it; None where its figures are not joined by an operation."""
    if lapse := of_named_dates(question):
        return lapse
    text = _THOUSANDS.sub("", question)
    for pattern, form in _SAID:
        if match := re.search(pattern, text, re.IGNORECASE):
            found = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
            return _filled(form, found)
    for pattern, operator in _WORD_OPERATORS:
        text = re.sub(pattern, operator, text, flags=re.IGNORECASE)
    written = _WRITTEN.search(text)
    if written is None or (_is_one_figure(written.group()) and not _QUOTIENT.fullmatch(text.strip())):
        return None
    found_text = " ".join(written.group().replace("/", " / ").split())
    return f"{found_text} in percent" if _PERCENT.search(question.replace(written.group(), "")) and "%" not in found_text else found_text


def claimed_result(question: str) -> float | None:
    """The result that a question states of the expression it spells out, to be confirmed; None where it asks for it."""
    claimed = _CLAIMED.search(_THOUSANDS.sub("", question))
    return float(claimed["result"].rstrip(".")) if claimed else None


def _filled(form: str, amounts: dict[str, str]) -> str:
    if len({bool(_UNIT_BEHIND.search(each)) for each in amounts.values()}) > 1:  # "64 days of 135"
        amounts = {name: _UNIT_BEHIND.sub("", each) for name, each in amounts.items()}
    ordered = sorted(amounts.values(), key=lambda amount: float(_NUMBER.findall(amount)[0]))
    return form.format(smaller=ordered[0], larger=ordered[-1], **amounts)


def _is_one_figure(text: str) -> bool:
    """Whether it is a range, a date or a telephone number and no sum: digits joined without blanks, "7-9", "917-885-7378"."""
    return bool(re.fullmatch(r"\d[\d.]*(?:[-/]\d[\d.]*)+", text.strip()))
