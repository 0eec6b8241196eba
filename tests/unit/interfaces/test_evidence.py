"""The evidence table: a row for each arm, a quote for each cell, nothing that a spreadsheet obeys."""

from __future__ import annotations

import csv
import io
import json

from assistant.interfaces.render.evidence import evidence_csv, studies_json
from assistant.studies.evidence import evidence
from assistant.studies.facts import Activity, Arm, Nuclide, Study, Survival
from assistant.values import Document, Span

TEXT = "Rats were given AB 12 twice, =SUM(9) and 7 MBq each; they lived for 88 days. Controls lived for 61 days."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(document="d1", start=start, end=start + len(words))


TREATED = Arm(
    label="=SUM(9)",
    activity=Activity(value=7, unit="MBq"),
    doses=2,
    survival=Survival(value=88, unit="day", statistic=None, span=at("88 days")),
    spans={"label": at("=SUM(9)"), "activity": at("7 MBq"), "doses": at("twice")},
)
CONTROL = Arm(label="Controls", control=True, survival=Survival(value=61, unit="day", statistic="median", span=at("61 days")))
STUDY = Study(
    document="d1", compound="AB 12", nuclide=Nuclide(name="I-125", stated=False), arms=(TREATED, CONTROL), spans={"compound": at("AB 12")}
)
DOCUMENT = Document(id="d1", title="A report", date=None, path="/a.txt", sha256="0", characters=len(TEXT), url="https://example.org/a")


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(evidence_csv(evidence((STUDY,), lambda _: TEXT), (DOCUMENT,)))))


def test_each_cell_has_the_words_it_was_read_from() -> None:
    treated, control = rows()
    assert (treated["activity"], treated["activity_unit"], treated["activity_quote"]) == ("7", "MBq", "7 MBq")
    assert (treated["survival"], treated["survival_quote"], treated["doses_quote"]) == ("88", "88 days", "twice")
    start, end = map(int, control["survival_at"].split("-"))
    assert TEXT[start:end] == control["survival_quote"] == "61 days"
    assert (control["control"], control["survival_statistic"], treated["compound_quote"]) == ("yes", "median", "AB 12")
    assert treated["source"] == "https://example.org/a"


def test_what_the_text_does_not_say_is_empty_and_what_was_inferred_has_no_quote() -> None:
    treated, control = rows()
    assert treated["n"] == treated["survival_statistic"] == control["activity"] == control["date"] == ""
    assert (treated["nuclide"], treated["nuclide_stated"], treated["nuclide_quote"], treated["nuclide_at"]) == ("I-125", "no", "", "")


def test_no_cell_is_a_formula() -> None:
    assert rows()[0]["arm"] == rows()[0]["arm_quote"] == "'=SUM(9)"


def test_json_has_the_quote_beside_every_span() -> None:
    (study,) = json.loads(studies_json((STUDY,), lambda _: TEXT))
    assert study["arms"][0]["survival"]["span"] == {**at("88 days").model_dump(), "quote": "88 days"}
    assert study["spans"]["compound"]["quote"] == "AB 12"
