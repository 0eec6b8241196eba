"""Figures of sentences with what is said of them: the time at which they were so, what leads up to a row of them, what each is of."""

from __future__ import annotations

import pytest

from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.understanding.terms import measure_key, terms_of
from assistant.agent.offline.understanding.topic import read
from assistant.language.figures import figures
from assistant.language.stems import words
from tests.unit.agent.offline.worded import found, ranked

UPTAKE = "Kidney uptake was 9.0 ± 1.1 %ID/g at 1 h, 8.0 ± 0.9 %ID/g at 4 h and 2.0 ± 0.3 %ID/g at 72 h."


def read_figures(text: str) -> tuple[Labelled, ...]:
    findings = found(("Report", "2031-03-03", text))
    return labelled(ranked(read("what was measured?", ()), findings), findings)


def test_each_figure_has_its_time_and_no_spread_is_one():
    measured = [each for each in read_figures(UPTAKE) if not each.tells_when]
    times = [measure_key(figure) for time in ("60 min", "4 h", "3 days") for figure in figures(time)]
    assert [(each.figure.value, each.moment) for each in measured] == list(zip((9, 8, 2), times, strict=True))


def test_what_leads_up_to_a_row_is_said_of_all_of_it():
    (kidney,) = words("kidney")
    assert all(each.has(kidney) == 1 for each in read_figures(UPTAKE) if each.moment)
    two = read_figures("Kidney uptake was 9.0 %ID/g at 1 h and liver uptake 3.0 %ID/g at 1 h.")
    assert [each.has(kidney) == 1 for each in two if each.moment] == [True, False]


def test_another_time_is_not_said_of_a_figure():
    (first, *_) = (each for each in read_figures(UPTAKE) if each.moment)
    (hour,), (other,) = terms_of("1 h", ()), terms_of("72 h", ())
    assert (first.has(hour), first.has(other)) == (1, 0)


@pytest.mark.parametrize(
    ("text", "measure"),
    [("Molar activity was 37 GBq/µmol.", "GBq/µmol"), ("The dose was 37 GBq per cycle.", "GBq"), ("It paid $2 per share.", "USD/share")],
)
def test_a_figure_is_of_what_stands_behind_its_unit(text, measure):
    assert [each.measure for each in read_figures(text)] == [measure]
