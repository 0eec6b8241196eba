"""Which sentence of a passage is quoted for a statement."""

from __future__ import annotations

from assistant.agent.grounding.citations import runs
from assistant.values import Passage

TABLE = """Table 1. Survival by group (days after implantation)

Group   Treatment      n    Mean survival ± SD
G1      none           8    24.6 ± 2.1
G5      single, high   7    51.7 ± 9.3
"""


def quoted(said: str, text: str) -> list[str]:
    passage = Passage(id="p1", document="d1", start=0, end=len(text), text=text)
    return [text[first.start : last.end] for first, last in runs(said, passage)]


def test_a_figure_whose_unit_stands_in_the_caption_is_quoted_by_its_row():
    assert quoted("Group G5 gave a mean survival of 51.7 days by implantation group.", TABLE)[0].startswith("G5")


def test_a_figure_with_its_unit_is_quoted_before_a_bare_one():
    text = "The score was 40. The mice lived 40 days. They were fed."
    assert quoted("The mice of the score lived 40 days.", text) == ["The mice lived 40 days."]
