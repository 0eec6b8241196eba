"""Bars of characters: as long as the arms lived, and never wider than the terminal."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.interfaces.render.bars import bars_page, bars_text
from assistant.studies.chart import Bar, Panel

PANEL = Panel(
    "QX-1 in M-2",
    "A title",
    (
        Bar("two courses of treatment\n0.4 GBq × 2", 154.0, "22 weeks (median)", "+18 weeks, ×5.50", control=False),
        Bar("saline (control)", 28.0, "4 weeks (median)", None, control=True),
    ),
    ("preclinical (rat), not in patients",),
)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_bars_fit_and_keep_their_proportion(width: int) -> None:
    console = Console(width=width, file=io.StringIO())
    console.print(bars_page((PANEL,), width))
    text = console.file.getvalue()
    assert max(map(cell_len, text.split("\n"))) <= width
    long, short = (line.count("█") for line in text.split("\n") if "█" in line)
    assert long / short == pytest.approx(5.5, rel=0.4)
    for part in ("QX-1 in M-2", "two courses of treatment, 0.4 GBq × 2", "22 weeks (median) · +18 weeks, ×5.50", "not in patients"):
        assert part in " ".join(text.split())


def test_plain_text_has_the_same() -> None:
    text = bars_text((PANEL,), 100)
    assert text.startswith("QX-1 in M-2\n  two courses of treatment, 0.4 GBq × 2  █")
    assert text.endswith("  preclinical (rat), not in patients\n")
