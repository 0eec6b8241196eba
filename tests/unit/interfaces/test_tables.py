"""Studies and documents as tables."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.interfaces.render.bars import bars_page, bars_text
from assistant.interfaces.render.cells import arm_cells
from assistant.interfaces.render.tables import documents_page, documents_text, studies_page, studies_text
from assistant.studies.chart import panels
from assistant.studies.evidence import evidence
from assistant.studies.facts import Activity, Arm, Nuclide, Study, Survival
from assistant.values import Document, Span

SPAN = Span(document="ab12", start=700, end=713)
CONTROL = Arm(label="vehicle", control=True, survival=Survival(value=1, unit="month", statistic=None, span=SPAN))
TREATED = Arm(
    label="two doses",
    n=8,
    activity=Activity(value=7.4, unit="MBq", approximate=True, per="kg"),
    doses=2,
    days=(0, 21),
    survival=Survival(value=96.5, unit="day", statistic="median", span=SPAN),
)
TEXT = "x" * 700 + "96.5\x1b[31mdays" + "x" * 20
STUDY = Study(
    document="ab12",
    compound="XR 7\x1b[31m",
    nuclide=Nuclide(name="Lu-177", stated=False),
    model="AB-1",
    disease="lung cancer",
    species="mouse",
    arms=(TREATED, CONTROL),
)
DOCUMENT = Document(id="ab12", title="A\ntitle\x1b]0;x\x07", date="2031-05-07", path="/a/news.txt", sha256="0", characters=12345)


ROWS = evidence((STUDY,), lambda _: TEXT)
PANELS = panels((STUDY,), {})


def drawn(renderable: object, width: int = 120) -> str:
    console = Console(width=width, file=io.StringIO())
    console.print(renderable)
    return console.file.getvalue()


def test_what_the_text_says_is_in_the_row() -> None:
    assert arm_cells(TREATED) == ("two doses", "≈ 7.4 MBq/kg × 2", "0, 21", "8", "96.5 days, median", "700–713")


def test_what_the_text_does_not_say_is_a_dash() -> None:
    assert arm_cells(CONTROL) == ("vehicle (control)", "–", "–", "–", "1 month, –", "700–713")
    assert arm_cells(Arm(label="control", control=True)) == ("control", "–", "–", "–", "–", "–")


def test_studies_on_a_terminal() -> None:
    text = drawn(studies_page((STUDY,), (DOCUMENT,), ROWS))
    assert "A title" in text
    assert "XR 7 in AB-1 · lung cancer · mouse · Lu-177 (inferred from the name)" in text
    assert "“96.5days” 700–713" in text
    assert "\x1b" not in text


def test_bars_are_to_one_scale_and_say_what_was_gained() -> None:
    name, treated, control, notes = bars_text(PANELS, 100).splitlines()
    assert name == "XR 7 in AB-1"
    assert treated.startswith("  two doses, ≈ 7.4 MBq/kg × 2  ")
    assert treated.endswith("█ 96.5 days (median) · +66.06 days, ×3.17")
    assert round(treated.count("█") / control.count("█"), 1) == round(96.5 / 30.436875, 1)
    assert "preclinical (mouse)" in notes
    assert "\x1b" not in drawn(bars_page(PANELS, 100))


def test_studies_as_text_have_one_line_an_arm() -> None:
    header, treated, control = studies_text((STUDY,)).splitlines()
    assert header.split() == ["study", "arm", "activity", "days", "n", "survival", "characters"]
    assert treated.startswith("XR 7 in AB-1  two doses")
    assert control.startswith("XR 7 in AB-1  vehicle (control)")
    assert header.index("survival") == treated.index("96.5") == control.index("1 month")


def test_documents() -> None:
    assert documents_text((DOCUMENT,)).splitlines()[1] == "ab12  A title  2031-05-07  12345       /a/news.txt"
    assert "ab12 · 7 May 2031 · 12,345 characters · /a/news.txt" in drawn(documents_page((DOCUMENT,)))
    assert drawn(documents_page(())).strip() == ""


@pytest.mark.parametrize("width", [60, 100, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for renderable in (studies_page((STUDY,), (DOCUMENT,), ROWS), documents_page((DOCUMENT,)), bars_page(PANELS, width)):
        assert max(map(cell_len, drawn(renderable, width).split("\n"))) <= width
