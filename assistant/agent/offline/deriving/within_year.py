"""What the rows of a statement give for a part of a year: its other half, an amount for each month, how long a balance lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.accounted import of_accounts
from assistant.agent.offline.deriving.accounts import Account, named
from assistant.agent.offline.deriving.asked_words import asked_words, said
from assistant.agent.offline.deriving.made import Composed, money
from assistant.agent.offline.sentences.lookup import Match
from assistant.language.abbreviations import written_out
from assistant.language.periods import Period, meant_of, periods, tells_earlier

_MONTHLY = re.compile(r"\b(?:monthly|(?:per|a|each|every) month|month(?:ly)? average)\b", re.IGNORECASE)
_LASTS = re.compile(r"\bhow (?:many months|long)\b.*\b(?:lasts?|cover|enough|run out|suffice|good for|left)\b", re.IGNORECASE)
_CASH = re.compile(r"\b(?:cash|money|funds|balance|liquidity)\b", re.IGNORECASE)
_USED = re.compile(r"\b(?:burn\w*|outflow|cash used|used in operat\w*|operating cash)\b", re.IGNORECASE)
_USED_ROW = re.compile(r"\b(?:used in|from|for)\b.*\boperat|\boperating cash flow", re.IGNORECASE)
_CASH_ROW = re.compile(r"^\W*(?:total )?cash(?:,| and) (?:cash )?equivalents", re.IGNORECASE)
# What only tells when, how often and in what.
_PUT = re.compile(
    r"\b(?:first|second|1st|2nd) half(?:[- ]year)?(?: of)?(?: the)?(?: year)?|\b(?:first|last) (?:six|6) months(?: of)?"
    r"|\bH[12]\b|\b(?:19|20)\d\d\b"
    r"|\b(?:average|avg|mean|monthly|on average)\b|\b(?:per|a|each|every) month\b|\bin (?:EUR |USD )?(?:thousands?"
    r"|millions?)(?: of)?(?: euros?| dollars?)?"
    r"|\((?:in )?(?:EUR |USD )?(?:thousands?|millions?)(?: euros?| dollars?)?\)|\b(?:thousand|million) (?:euros?|dollars?)\b"
    r"|\b(?:EUR|USD) (?:thousand|million)\b"
    r"|\b(?:fell|fall|was|were|spent|spend|incurred|booked|recorded|earned|made|did|done) (?:in|into)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:how much|what (?:was|were|is|are)|how many)\b|^\W*[A-Z&a-z ]+\b(?:(?:in|for) )?(?:the )?(?:second half|H2)", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:percent|percentage|ratio|more|less|than|compared|versus|vs|change\w*|increase\w*|decrease\w*|grow\w*|between|share)\b|%",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\b(?:how much|what (?:percentage|percent|share|fraction|part|portion|proportion)|(?:percent(?:age)?|share) )\s*of\s+(?P<whole>.+?)\s+"
    r"(?:was|were|is|are|came|comes|come|stems?|stemmed|consisted|went|due)\b(?P<part>.+)",
    re.IGNORECASE,
)
# What one sentence tells of all tables.
_IN_SCALE = re.compile(
    r"\b(?:amounts|figures|numbers|values|sums)\b[^.]{0,30}\bin\b[^.\d]{0,20}\b(?P<scale>thousand|million)s?\b", re.IGNORECASE
)
_SCALES = {"thousand": 1000, "million": 1_000_000}
_SAID = 0.9


def within_year(question: str, known: Sequence[Account], told: Sequence[Match]) -> Composed | None:
    """What the accounts give for a part of a year, or a sum that a sentence tells as a share of a row; None where none is asked for."""
    plain = written_out(question)
    if tells_earlier(question):
        return None
    return _lasting(plain, known) or _each_month(plain, known) or _other_half(plain, known) or _told_share(plain, known, told)


def _other_half(question: str, known: Sequence[Account]) -> Composed | None:
    """The second half of a year of which the whole and the first half are known."""
    asked = periods(question)
    if len(asked) != 1 or asked[0].parts != 2 or asked[0].part != 2 or _OTHER.search(question) or not _AMOUNT.search(question):
        return None
    rows = named(_PUT.sub(" ", question), [each for each in known if not each.counts])
    rows = tuple(row for row in rows if not _CASH_ROW.search(row.name))  # a balance is of a day
    years = {period.year for row in rows for period in row.cells if period.parts == 1}
    year = asked[0].year or (years.pop() if len(years) == 1 else 0)
    whole, first = Period(year, 1, 1), Period(year, 1, 2)
    if len(rows) != 1 or asked[0]._replace(year=year) in rows[0].cells or not {whole, first} <= set(rows[0].cells):
        return None
    cells = rows[0].cells[whole], rows[0].cells[first]
    return of_accounts(cells, "difference", f"{cells[0].number} - {cells[1].number}")


def _each_month(question: str, known: Sequence[Account]) -> Composed | None:
    """An amount of a half, a quarter or a year for each of its months."""
    if not _MONTHLY.search(question) or _OTHER.search(question):
        return None
    row = _row(question, known)
    period = _period(question, row) if row else None
    if row is None or period is None:
        return None
    cell = row.cells[period]
    return of_accounts((cell,), "quotient", f"{cell.number} / {'12' if period.parts == 1 else f'(12 / {period.parts})'}")


def _lasting(question: str, known: Sequence[Account]) -> Composed | None:
    """For how many months the cash lasts at the rate at which it was used in a period."""
    if not (_LASTS.search(question) and _CASH.search(question)):
        return None
    used = [row for row in known if _USED_ROW.search(row.name)]
    cash = [row for row in known if _CASH_ROW.search(row.name)]
    if len(used) != 1 or len(cash) != 1:
        return None
    period = _period(question, used[0])
    if period is None or period.parts > 4 or period not in cash[0].cells or not used[0].cells[period].figure.value:
        return None
    cells = cash[0].cells[period], used[0].cells[period]
    return of_accounts(cells, "lasting", f"{cells[0].number} / {cells[1].number} * {12 // period.parts} month")


def _row(question: str, known: Sequence[Account]) -> Account | None:
    """The one row that a question names; that of the cash which was used, by its other names."""
    found = named(_PUT.sub(" ", question), [each for each in known if not each.counts])
    if not found and _USED.search(question):
        found = tuple(row for row in known if _USED_ROW.search(row.name))
    return found[0] if len(found) == 1 and not _CASH_ROW.search(found[0].name) else None


def _period(question: str, row: Account) -> Period | None:
    """The one period that a question names, or the latest where it names none but days."""
    asked = [each for each in periods(question) if each.parts < 12]
    meant = {period for each in asked for period in meant_of(each, tuple(row.cells))}
    if not asked:
        return row.latest
    return meant.pop() if len(meant) == 1 else None


def _told_share(question: str, known: Sequence[Account], told: Sequence[Match]) -> Composed | None:
    """A sum that one sentence tells as a share of the row that the question names as the whole."""
    match = _SHARE_OF.search(question)
    rows = named(_PUT.sub(" ", match["whole"]), known) if match else ()
    asked = asked_words(match["part"]) if match else ()
    if len(rows) != 1 or not asked or named(_PUT.sub(" ", match["part"] if match else ""), known):
        return None
    found = [(figure.value, each) for each in told for figure in money(each.unit.text)[:2] if said(asked, each.unit.text) >= _SAID]
    period = _period(question, rows[0])
    scales = {rows[0].scale} - {1} or {_SCALES[each["scale"].casefold()] for other in told if (each := _IN_SCALE.search(other.unit.text))}
    if len({value for value, _ in found}) != 1 or period is None or len(scales) != 1:
        return None
    cell, value, scale = rows[0].cells[period], found[0][0], scales.pop()
    if not 0 < value < cell.figure.value * scale:
        return None
    return Composed("share", f"{value:.10g} / ({cell.number} * {scale}) in percent", (cell.match, found[0][1]), 1)
