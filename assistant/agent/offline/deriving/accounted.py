"""What rows of a statement of accounts give: how one changed between two periods, which share it is of another, an amount per share."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain

from assistant.agent.offline.deriving.accounts import Account, joined_names, named, tells
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.pairing import apart
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.language.periods import Period, meant_of, periods, set_side_by_side, tells_earlier, without_earlier

# A question that asks for a share, by the words for the part and for the whole.
_PORTION = r"(?:percent(?:age)?|per cent|pct|share|fraction|proportion|portion|part|slice|%)"
_VERB = r"(?:was|were|is|are|went|goes|go|came|comes|come|did|does|do|has|had|made|fell|accounted|consisted|spent|taken)"
_SHARES = (
    re.compile(rf"\b{_PORTION}\s+of\s+(?P<whole>.+?)\s+{_VERB}\b(?P<part>.+)", re.IGNORECASE),
    re.compile(rf"\bhow much of\s+(?P<whole>.+?)\s+{_VERB}\b(?P<part>.+)", re.IGNORECASE),
    re.compile(rf"(?P<part>.+?)\s+(?:as|in)\s+(?:an?\s+|the\s+)?{_PORTION}\s+of\s+(?P<whole>.+)", re.IGNORECASE),
    re.compile(rf"(?:\bthe\s+)?(?P<part>.+?)(?:'s|s')\s+{_PORTION}\s+of\s+(?P<whole>.+)", re.IGNORECASE),
    re.compile(rf"\b{_PORTION}\s+of\s+(?P<part>.+?)\s+(?:in|within|to)\s+(?P<whole>.+)", re.IGNORECASE),
)
_PER_SHARE = re.compile(r"\b(?:per|for (?:each|every)|each)\s+(?:\w+\s+){0,2}?share\b|/\s?share\b", re.IGNORECASE)
_PER = re.compile(r"\b(?:per|apiece|for (?:each|every)|each)\b|/\s?(?:share|employee|head)\b", re.IGNORECASE)
_SHARES_OUTSTANDING = re.compile(r"\b(?:weighted|average|outstanding)\b", re.IGNORECASE)
_SHARE, _SHARE_COUNT = re.compile(r"\bshares?\b", re.IGNORECASE), re.compile(r"\bshares\b", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:and|plus|with)\b|[+,]", re.IGNORECASE)
_MINUS = re.compile(r"\b(?:minus|less|net of|after deducting|without)\b", re.IGNORECASE)
_UP_OR_DOWN = re.compile(r"\b(?:up|down|narrow(?:ed)?|widen(?:ed)?)\b", re.IGNORECASE)
# Sums in a table of which nothing tells that it is in thousands are taken as they stand only where they are as large as sums in full.
_IN_FULL = 100_000
_OVER_TIME = frozenset(["change", "difference", "moved", "ratio", "factor"])


def accounted(asked: Wanted, known: Sequence[Account], elsewhere: Collection[Period] = ()) -> Composed | None:
    """What the accounts give for a question; None where it names none. ``elsewhere`` are the periods that sentences speak of."""
    asked = replace(asked, question=joined_names(asked.question, known), upwards=_upwards(asked))
    kind = asked.kinds[0]
    if _PER.search(asked.question):
        return _per_share(asked, known) if _PER_SHARE.search(asked.question) else None
    if "share" in asked.kinds and (shared := _share(asked, known)):
        return shared
    if kind in ("total", "share", "product"):
        return _sum(asked, known) if "total" in asked.kinds else None
    return (_set_apart(asked, known) or _over_time(asked, known, elsewhere)) if kind in _OVER_TIME else None


def _upwards(asked: Wanted) -> bool | None:
    """Whether the question takes something to have risen, True, or fallen, "down by what percent"."""
    on = {match.casefold() for match in _UP_OR_DOWN.findall(asked.question)}
    if asked.upwards is None and len(on) == 1:
        return on <= {"up", "widen", "widened"}
    return asked.upwards


def _share(asked: Wanted, known: Sequence[Account]) -> Composed | None:
    for pattern in _SHARES:
        match = pattern.search(asked.question)
        whole = named(match["whole"], known) if match else ()
        part = named(match["part"], known) if match else ()
        if match and whole and not part:  # "of total revenue, how much came from grants"
            part = named(f"{match['part']} {match['whole']}", [each for each in known if each not in whole])
        if len(part) != 1 or len(whole) != 1 or part[0].name == whole[0].name or part[0].scale != whole[0].scale:
            continue
        period = _meant(asked.question, part[0])
        if period and period in whole[0].cells:
            cells = part[0].cells[period], whole[0].cells[period]
            if cells[0].figure.value < cells[1].figure.value:
                return of_accounts(cells, "share", f"{cells[0].number} / {cells[1].number} in percent")
    return None


def _meant(question: str, account: Account) -> Period | None:
    """The one period that a question names, the latest where it names none; None where it names another or several."""
    asked = periods(question)
    meant = {period for each in asked for period in meant_of(each, tuple(account.cells))}
    if tells_earlier(question):
        return None
    return account.latest if not asked else meant.pop() if len(meant) == 1 else None


def _both(question: str, account: Account) -> tuple[Period, Period] | None:
    return set_side_by_side(question, tuple(account.cells))


def _over_time(asked: Wanted, known: Sequence[Account], elsewhere: Collection[Period]) -> Composed | None:
    """How one row changed between the two periods that the question sets side by side."""
    found = named(without_earlier(asked.question), known)
    if len(found) != 1:
        return None
    both = _both(asked.question, found[0])
    if both is None:
        return _lacking(asked.question, found[0], elsewhere)
    later, earlier = (found[0].cells[period] for period in both)
    if later.measure.startswith("percent") or not earlier.figure.value or later.figure.value == earlier.figure.value:
        return None
    rose = later.figure.value > earlier.figure.value
    if asked.upwards not in (None, rose):
        return of_accounts((later, earlier))
    return _apart(asked, later, earlier, found[0].scale)


def _lacking(question: str, account: Account, elsewhere: Collection[Period]) -> Composed | None:
    """The row, where it has no cell of a period that a question sets it beside, and no sentence speaks of that either."""
    asked = periods(question)
    if not asked and not tells_earlier(question):
        return None
    base = next((period for period in account.cells for each in asked if period.is_meant_by(each)), account.latest)
    unknown = [each for each in asked if not any(period.is_meant_by(each) for period in account.cells)]
    needed = unknown or [base.before, base._replace(year=base.year - 1)]
    told = any(period.is_meant_by(each) for each in needed for period in elsewhere if period not in account.cells)
    return None if told else of_accounts((account.cells[account.latest],), lacking=account.name)


def _apart(asked: Wanted, one: Labelled, other: Labelled, scale: int) -> Composed:
    """What two cells give: ``one`` is the later one, or that which is said to be more."""
    high, low = sorted((one, other), key=lambda cell: -cell.figure.value)
    difference = f"{high.number} - {low.number}"
    if asked.kinds[0] == "change":
        kind = "increase" if high is one else "decrease"
        return of_accounts((one, other), kind, f"({difference}) / {other.number} in percent")
    if asked.kinds[0] in ("ratio", "factor"):
        return of_accounts((one, other), asked.kinds[0], f"{one.number} / {other.number}")
    return of_accounts((one, other), "difference", f"({difference}){_times(scale)}" if scale > 1 else difference, scale)


def _set_apart(asked: Wanted, known: Sequence[Account]) -> Composed | None:
    """What the rows of two things give that the question sets side by side: "how much more R&D than G&A"."""
    minus = _MINUS.split(asked.question)
    minus_told = len(minus) == 2
    sides = minus if minus_told else apart(asked.question)[-2:]
    found = [named(side, known) for side in sides]
    if len(found) != 2 or any(len(each) != 1 for each in found):
        return None
    (one,), (other,) = found
    period = _meant(asked.question, one)
    if one.name == other.name or one.scale != other.scale or period is None or period not in other.cells:
        return None
    cells = one.cells[period], other.cells[period]
    if not minus_told and asked.upwards not in (None, cells[0].figure.value > cells[1].figure.value):
        return of_accounts(cells)
    return _apart(asked, *cells, one.scale)


def _sum(asked: Wanted, known: Sequence[Account]) -> Composed | None:
    """The sum of the rows that the question joins."""
    found = [named(part, known) for part in _JOINED.split(asked.question) if tells(part, known)]
    rows = list(chain.from_iterable(each for each in found if each))
    if len(found) < 2 or len(rows) != len(found) or len({(row.name, row.scale) for row in rows}) != len({row.name for row in rows}):
        return None
    period = _meant(asked.question, rows[0])
    if (
        period is None
        or any(period not in row.cells or row.scale != rows[0].scale for row in rows)
        or len({r.name for r in rows}) != len(rows)
    ):
        return None
    cells = tuple(row.cells[period] for row in rows)
    total = " + ".join(cell.number for cell in cells)
    return of_accounts(cells, "total", f"({total}){_times(rows[0].scale)}" if rows[0].scale > 1 else total, rows[0].scale)


def _per_share(asked: Wanted, known: Sequence[Account]) -> Composed | None:
    """An amount for each of the shares that the same document counts for the same period, and by how much that differs from before."""
    found = named(without_earlier(_PER_SHARE.sub(" ", asked.question)), [each for each in known if not each.counts])
    stated = any(_PER.search(each.name) and _SHARE.search(each.name) for each in known)
    shares = [each for each in known if found and each.table[0] == found[0].table[0] and _counts_shares(each)]
    if len(found) != 1 or len(shares) != 1 or stated:
        return None  # a document that states it is quoted
    over_time = asked.kinds[0] in _OVER_TIME
    wanted = _both(asked.question, found[0]) if over_time else (_meant(asked.question, found[0]),)
    pairs = [(found[0].cells[each], shares[0].cells[each]) for each in wanted or () if each and each in shares[0].cells]
    if len(pairs) != 1 + over_time or any(found[0].scale == 1 and cell.figure.value < _IN_FULL for cell, _ in pairs):
        return None
    return _rates(asked, pairs, found[0].scale)


def _rates(asked: Wanted, pairs: Sequence[tuple[Labelled, Labelled]], scale: int) -> Composed:
    """What an amount and a number give for each, or by how much that of the first pair, the later one, differs from the other's."""
    each = [f"{amount.number}{_times(scale)} / {count.number}" for amount, count in pairs]
    inputs = tuple(chain.from_iterable(pairs))
    if len(each) == 1:
        return of_accounts(inputs, "quotient", each[0], scale)
    later, earlier = (amount.figure.value / count.figure.value for amount, count in pairs)
    if asked.upwards not in (None, later > earlier) or later == earlier:
        return of_accounts(inputs)
    difference = " - ".join(each if later > earlier else each[::-1])
    if asked.kinds[0] == "change":
        return of_accounts(inputs, "increase" if later > earlier else "decrease", f"({difference}) / ({each[1]}) in percent")
    return of_accounts(inputs, "difference", difference, scale)


def _counts_shares(account: Account) -> bool:
    return bool(_SHARE_COUNT.search(account.name) and _SHARES_OUTSTANDING.search(account.name))


def _times(scale: int) -> str:
    return f" * {scale}" if scale > 1 else ""


def of_accounts(cells: Sequence[Labelled], kind: str = "", expression: str = "", scale: int = 1, *, lacking: str = "") -> Composed:
    """What is made of ``cells`` of accounts, of which one amount stands for ``scale``."""
    return Composed(kind, expression, tuple(dict.fromkeys(each.match for each in cells)), scale, lacking)
