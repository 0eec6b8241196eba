"""Cells of tables told in prose: a figure of one time beside the heading of another."""

from __future__ import annotations

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import reason
from assistant.language.units import TIME_UNITS


def misread(claimed: str, ground: Ground) -> str | None:
    """A figure that stands only in tables whose columns are times ("1 h", "4 h"), where the statement names another time than its own."""
    said = amounts(claimed)
    for figure in said:
        rows = [line for line in ground.lines if any(stated(figure, other) for other in line.figures)]
        if rows and all(line.is_row and _is_of_another_time(figure, said, line.reading) for line in rows):
            return reason("place", name=figure.text, source=rows[0].reading[:80])
    return None


def _is_of_another_time(figure: Amount, said: tuple[Amount, ...], row: str) -> bool:
    """Whether the statement's times are headings of other cells of the row than those that have the figure."""
    own: list[Amount] = []
    others: list[Amount] = []
    for heading, _, cell in (part.partition(": ") for part in row.split("; ")):
        times = [amount for amount in amounts(heading) if amount.unit in TIME_UNITS]
        holds = any(stated(figure, other) for other in (*amounts(cell), *amounts(f"{cell} {figure.unit}")))
        (own if holds else others).extend(times)
    named = [time for time in said if time is not figure and any(stated(time, heading) for heading in (*own, *others))]
    return bool(own and named) and not any(stated(time, heading) for time in named for heading in own)
