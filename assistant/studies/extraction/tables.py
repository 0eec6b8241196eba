"""Tables: each row is an arm; the column headings say what a cell holds and in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.language.designations import SIGN
from assistant.language.figures import figures
from assistant.language.names import name_key, nuclides, plain
from assistant.language.subjects import SUBJECTS
from assistant.language.units import ACTIVITY, ACTIVITY_UNITS, TIME_UNITS, UNIT_PATTERN, is_activity, matched_unit
from assistant.studies.extraction.endpoints import Lifetime
from assistant.studies.extraction.grids import Cell, grids
from assistant.studies.extraction.heads import abbreviated
from assistant.studies.extraction.mentions import Clause, Mention, Page
from assistant.studies.extraction.regimens import traits
from assistant.studies.extraction.stretches import Designator
from assistant.studies.extraction.traits import Trait
from assistant.studies.facts import Activity, Statistic
from assistant.studies.vocabulary import read

Column = Literal["arm", "model", "survival", "n", "activity", "doses", "days", "other"]

_OTHER_ENDPOINT = re.compile(
    r"\b(?:progression|event|disease|relapse|tumou?r)[- ]free|\br?PFS\b|\bEFS\b|rate|ratio|\bHR\b|range|\bCI\b|increase"
    r"|gain|benefit|change|p[- ]?value|%|doubling"
    r"|\b(?:at|after|by|on)\s+(?:day|week|month|year)s?\s+\d|\b(?:at|after)\s+\d+\s*(?:d|days?|wks?|weeks?|mo|months?|y|yrs?|years?)\b"
    r"|\b\d+[- ](?:day|week|month|year)s?\s+(?:overall\s+)?(?:survival|OS)\b",
    re.IGNORECASE,
)
_WHEN_GIVEN = r"(?:given|dosed|treated|injected|administered)"
_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("other", re.compile(
        r"\b(?:weight|toxicity|body|response|ORR|PSA|uptake|adverse|age|mg|volumes?|doubling|growth|delay|alive|free|survivors|surviving|absorbed|Gy|planned|scheduled|intended|follow-?up)\b"
        r"|^(?=.*\b(?:median|mean|average|range)\b).*\b(?:doses|fractions|injections|administrations|cycles|infusions)\b"
        r"|p[- ]value|\bHR\b|half-?li", re.IGNORECASE,
    )),
    ("survival", re.compile(r"\bsurvival\b|\bm?OS\b|\bMST\b|\blife\s?span\b", re.IGNORECASE)),
    ("n", re.compile(rf"\bn\b|\b(?:number|no\.?|#)\s*(?:of\s+)?{SUBJECTS}?\s*$|^{SUBJECTS}\b", re.IGNORECASE)),
    ("days", re.compile(
        rf"\bschedule\b|\bdays?\s+(?:of\s+(?:dosing|treatment|injection)|{_WHEN_GIVEN})\b|\b(?:dosing|treatment|injection|infusion|administration)s?\s+(?:on\s+)?days?\b"
        rf"|\b(?:days?|weeks?)\s+(?:of\s+)?(?:dosing|treatment|injection|administration|infusion)s?\b|\b(?:dosing|treatment|injection)\s+weeks?\b"
        rf"|\bweeks?\s+(?:{_WHEN_GIVEN})\b|^\W*(?:study\s+)?days?\W*$", re.IGNORECASE,
    )),
    ("doses", re.compile(r"\b(?:doses|fractions|injections|administrations|cycles|infusions)\b(?!\s*\()", re.IGNORECASE)),
    ("activity", re.compile(rf"\bactivity\b|\bdose\b|\b{ACTIVITY}|administered|injected", re.IGNORECASE)),
    ("model", re.compile(r"\b(?:model|cell\s+line|xenograft|tumou?r)\b", re.IGNORECASE)),
    ("arm", re.compile(r"\b(?:arm|group|treatment|cohort|regimen|protocol|therapy|agent|compound)\b", re.IGNORECASE)),
)  # fmt: skip
_GROUPS = re.compile(r"\b(?:arm|group|treatment|cohort|regimen|schedule)\b", re.IGNORECASE)
# A heading or caption right above a table that says what its times are: "Table 2. Overall survival".
_TITLE = re.compile(r"(?:^|\n)[^\n]*\b(?:survival|life\s?span|OS)\b[^\n]*\s*\Z", re.IGNORECASE)
_TITLE_LENGTH = 200
_UNIT_TOLD = re.compile(
    r"\b(?:(?:mean|median)\s+)?(?:overall\s+)?(?:survival|OS)\b[^.\n]{0,40}?(?:\bin\s+|\()(?P<unit>day|week|month)s\b", re.IGNORECASE
)
_BARE_STATISTIC = re.compile(r"\W*(?:median|mean|average)\b(?!\s+(?:PFS|age|volume|follow|time\s+to))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """An arm as a table's row gives it; ``label`` is its first cell, ``place`` where all its cells stand."""

    designator: Designator
    label: Trait
    life: Lifetime | None
    model: Mention | None
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Heading:
    column: Column
    unit: str
    statistic: Statistic | None
    noun: str = ""
    control: Trait | None = None
    doses: Trait | None = None
    names_groups: bool = False


def tables(page: Page) -> dict[int, list[Row]]:
    """The arms of each table that reports survival or activity, by the offset at which the table starts."""
    found: dict[int, list[Row]] = {}
    for start, grid in grids(page):
        told = _TITLE.search(page.text, max(0, start - _TITLE_LENGTH), start) is not None
        read = _read(page, grid, told) or _read(page, [list(column) for column in zip(*grid, strict=False)], told)
        if read:
            found[start] = read
    return found


def _read(page: Page, grid: list[list[Cell]], survival: bool) -> list[Row]:
    """The arms of a table; ``survival`` tells that its title speaks of survival, so that a bare "Median (days)" is one."""
    if len(grid) < 2:
        return []
    headings = [_heading(page, cell) for cell in grid[0]]
    if survival and not any(heading.column == "survival" for heading in headings):
        headings = [_of_survival(heading, cell) for heading, cell in zip(headings, grid[0], strict=True)]
    headings = [_with_told_unit(page, heading, grid[0][0].start) for heading in headings]
    columns = [heading.column for heading in headings]
    designed = "n" in columns and ("activity" in columns or _names_activities(page, grid))
    if "survival" not in columns and not designed:
        return []
    if columns[0] == "other":
        headings[0] = replace(headings[0], column="arm")
    label = _label_place(headings, grid[1:])
    return [row for cells in grid[1:] if (own := _row(page, headings, cells, label)) for row in (own, *_beside(headings, cells, own))]


def _beside(headings: list[_Heading], cells: list[Cell], own: Row) -> Iterator[Row]:
    """The controls whose survival stands in a column of its own: "Median survival, control"."""
    for heading, cell in zip(headings, cells, strict=False):
        if heading.control and (life := _life(cell, heading)):
            yield Row(
                Designator(cell.start, cell.end, [heading.control]), replace(heading.control, kind="group"), life, own.model, own.place
            )


def _of_survival(heading: _Heading, cell: Cell) -> _Heading:
    bare = heading.unit in TIME_UNITS and heading.column in ("other", "days") and _BARE_STATISTIC.match(cell.text)
    return replace(heading, column="survival") if bare else heading


def _with_told_unit(page: Page, heading: _Heading, start: int) -> _Heading:
    """A column of survivals without a unit has that of the sentence above the table: "Endpoint: survival (median, in weeks)"."""
    if heading.column != "survival" or heading.unit:
        return heading
    told = _UNIT_TOLD.search(page.text, max(0, start - 2 * _TITLE_LENGTH), start)
    if told is None:
        return heading
    named = re.search(r"\b(mean|median)\b", told.group(), re.IGNORECASE)
    said: Statistic | None = None if named is None else "mean" if named.group().casefold() == "mean" else "median"
    return replace(heading, unit=told["unit"].casefold(), statistic=heading.statistic or said)


def _names_activities(page: Page, grid: list[list[Cell]]) -> bool:
    """Whether a table without a column for activities gives them in its other cells."""
    return any(trait.kind == "activity" for cells in grid[1:] for cell in cells for trait in _described(page, cell))


def _heading(page: Page, cell: Cell) -> _Heading:
    text = cell.text
    column: Column = "other"
    folded = text.casefold()
    bare = re.sub(r"\([^)]*\)", "", text)
    for name, pattern in _COLUMNS:
        if pattern.search(bare if name in ("n", "other", "doses") else text):
            column = name
            break
    if column == "survival" and _OTHER_ENDPOINT.search(bare):
        column = "other"
    unit = (
        "week"
        if column == "days" and re.search(r"\bweeks?\b", folded)
        else next(
            (u for m in UNIT_PATTERN.finditer(text) if (u := matched_unit(m)) and (u in TIME_UNITS or is_activity(u))),
            "",
        )
    )
    statistic: Statistic | None = (
        "median" if "median" in folded or text.startswith("mOS") else "mean" if "mean" in folded or "average" in folded else None
    )
    if statistic is None and re.search(r"\bMST\b", text):
        statistic = abbreviated(page)
    noun = re.search(r"\b(?:group|arm|cohort|level)\b", folded)
    control = next((t for t in _described(page, cell) if t.kind == "control"), None) if column == "survival" else None
    doses = next((t for t in _described(page, cell) if t.kind == "doses"), None) if column in ("arm", "activity") else None
    called = noun.group() if noun and column == "arm" else ""
    return _Heading(column, unit, statistic, called, control, doses, _GROUPS.search(text) is not None)


def _row(page: Page, headings: list[_Heading], cells: list[Cell], place: int) -> Row | None:
    if len(cells) < 2 or not cells[0].text or place >= len(cells):
        return None
    named = cells[place]
    designator = Designator(named.start, named.end)
    _merge(designator, _described(page, named) + _numbered(page, named, headings[place].noun))
    life: Lifetime | None = None
    model: Mention | None = None
    for heading, cell in zip(headings, cells, strict=False):
        if heading.column == "survival" and not heading.control and life is None:
            life = _life(cell, heading)
        elif heading.column == "model" and re.search(r"[A-Za-z]", cell.text):
            model = _model(page, cell)
        elif heading.column not in ("other", "survival", "model"):
            _merge(designator, _described(page, cell) if heading.column == "arm" else _measured(page, cell, heading))
    _merge(designator, [heading.doses for heading in headings if heading.doses])  # "Treatment (single dose)"
    if not designator.first("control") and not designator.first("drug") and _got_none(headings, cells):
        designator.traits.append(
            Trait("control", named.start, named.end, page.raw[named.start : named.end], name=_row_name(headings, cells))
        )
    if designator.first("control"):
        designator.traits = [t for t in designator.traits if t.kind in ("control", "n", "days")]
    label = Trait("group", named.start, named.end, page.raw[named.start : named.end], name=named.text.casefold())
    return Row(designator, label, life, model, (min(c.start for c in cells), max(c.end for c in cells)))


def _label_place(headings: list[_Heading], rows: list[list[Cell]]) -> int:
    """Which column names the arms: the first that tells all apart, else that of groups, before which compounds may stand."""
    arms = [place for place, heading in enumerate(headings) if heading.column == "arm"]
    apart = [place for place in arms if len({row[place].text for row in rows if place < len(row)}) == len(rows)]
    return next(iter([*apart, *(place for place in arms if headings[place].names_groups), *arms]), 0)


def _model(page: Page, cell: Cell) -> Mention:
    """The name in a cell, without the species before it: "Mouse AR42J" is AR42J elsewhere."""
    terms = read(cell.text)
    of_species = len(terms) > 1 and terms[0].values("species") and cell.text.casefold().startswith(terms[0].text)
    start = cell.start + (len(cell.text) - len(cell.text[len(terms[0].text) :].lstrip(" :,-")) if of_species else 0)
    return Mention(start, cell.end, page.raw[start : cell.end], name_key(page.raw[start : cell.end]))


def _numbered(page: Page, cell: Cell, noun: str) -> list[Trait]:
    """The name that prose has for the row "4" of a column of groups: "group 4"."""
    if not noun or not re.fullmatch(SIGN, cell.text):
        return []
    return [Trait("group", cell.start, cell.end, page.raw[cell.start : cell.end], name=f"{noun} {cell.text.casefold()}")]


_NOTHING = re.compile(r"(?:-|none|nil|0(?:\.0)?|n/?a|no\s+(?:treatment|therapy))?", re.IGNORECASE)


def _got_none(headings: list[_Heading], cells: list[Cell]) -> bool:
    """Whether a row gives nothing where the others give their activity, and names no nuclide as its treatment."""
    stated = [plain(cell.text) for heading, cell in zip(headings, cells, strict=False) if heading.column == "activity"]
    given = any(nuclides(cell.text) for heading, cell in zip(headings, cells, strict=False) if heading.column == "arm")
    return bool(stated) and not given and all(_NOTHING.fullmatch(text) for text in stated)


def _row_name(headings: list[_Heading], cells: list[Cell]) -> str:
    return " ".join(cell.text.casefold() for heading, cell in zip(headings, cells, strict=False) if heading.column == "arm")


def _merge(designator: Designator, found: list[Trait]) -> None:
    for trait in found:
        if not designator.first(trait.kind):
            designator.traits.append(trait)


def _clause(page: Page, cell: Cell) -> Clause:
    return Clause(page, cell.start, cell.end, -1, "row")


def _described(page: Page, cell: Cell) -> list[Trait]:
    return list(traits(_clause(page, cell), (), ()))


def _measured(page: Page, cell: Cell, heading: _Heading) -> list[Trait]:
    """The trait that a cell of a measured column gives."""
    found = [t for t in _described(page, cell) if t.kind == heading.column or t.kind in ("doses", "days", "activity", "control")]
    if heading.column == "days" and (listed := _listed_days(cell, heading)):
        return listed
    if any(t.kind == heading.column for t in found):
        return found
    numbers = [f for f in figures(cell.raw) if f.kind in ("number", "word") and not f.qualifier]
    if len(numbers) != 1 or numbers[0].unit not in ("", "ratio") or not numbers[0].value:
        return found
    figure = numbers[0]
    start, end = cell.start + figure.start, cell.start + figure.end
    whole = figure.value == int(figure.value)
    if heading.column in ("n", "doses") and whole:
        return [*found, Trait(heading.column, start, end, page.raw[start:end], number=int(figure.value))]
    unit, _, per = heading.unit.partition("/")
    if heading.column == "activity" and unit in ACTIVITY_UNITS:
        return [
            *found,
            Trait(
                "activity",
                start,
                end,
                page.raw[start:end] + f" {heading.unit}",
                activity=Activity(value=figure.value, unit=unit, per=per or None),
            ),
        ]
    return found


def _listed_days(cell: Cell, heading: _Heading) -> list[Trait]:
    """The days of a cell that lists nothing else; weeks are counted as days where they start at week 0."""
    if not re.fullmatch(r"(?:[Dd](?:ays?)?\s*)?\d{1,3}(?:\s*(?:[,/&+]|,?\s*and)\s*\d{1,3})*", cell.text):
        return []
    listed = [int(d) for d in re.findall(r"\d+", cell.text)]
    if heading.unit == "week" and listed[0]:
        return []
    factor = 7 if heading.unit == "week" else 1
    return [Trait("days", cell.start, cell.end, cell.text, days=tuple(factor * day for day in listed))]


def _life(cell: Cell, heading: _Heading) -> Lifetime | None:
    figure = next((f for f in figures(cell.raw) if f.kind == "number"), None)
    if figure is None or not figure.value or figure.unit == "percent":  # a share of those who lived so long
        return None
    unit = figure.unit if figure.unit in TIME_UNITS else heading.unit
    if unit not in TIME_UNITS:
        return None
    bound = (bool(figure.qualifier) and figure.qualifier != "~") or cell.raw[figure.end : figure.end + 1] == "+"
    return Lifetime(cell.start + figure.start, cell.start + figure.end, figure.value, unit, heading.statistic, bound=bound)
