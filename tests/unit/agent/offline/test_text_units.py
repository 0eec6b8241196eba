"""What sentences mean by their place: replies in an interview, rows of a table, sentences under a label, pronouns."""

from __future__ import annotations

from assistant.agent.evidence import Source
from assistant.agent.offline.sentences.units import Unit, units
from assistant.values import DocumentRef, Passage

DOCUMENT = DocumentRef(id="d1", title="Lakewood news", date="2031-03-03", path="news.txt")


def read(text: str) -> list[Unit]:
    passage = Passage(id="p0", document="d1", start=0, end=len(text), text=text)
    return list(units([Source(passage=passage, document=DOCUMENT)]))


def test_a_question_of_an_interview_answers_nothing_and_leads_its_reply() -> None:
    found = read("ANNA REED: Thank you all. And the cash?\n\nBEN HOLT: It lasts until 2033. We are careful.\n")
    assert [unit.text for unit in found] == ["ANNA REED: Thank you all.", "BEN HOLT: It lasts until 2033.", "We are careful."]
    assert found[1].meaning.startswith("And the cash?")
    assert "cash" not in found[2].meaning
    assert "cash" in found[2].context


def test_a_row_has_the_column_names_of_its_table_only() -> None:
    found = read("| Group | n | Survival (days) |\n|---|---|---|\n| A | 8 | 31 |\n| B | 9 | 58 |\n\nMice were weighed.\n")
    assert [unit.text for unit in found] == ["| A | 8 | 31 |", "| B | 9 | 58 |", "Mice were weighed."]
    assert found[1].columns == "| Group | n | Survival (days) |"
    assert found[1].meaning.startswith(found[1].columns)
    assert found[2].columns == ""


def test_a_label_leads_the_sentences_of_its_paragraph() -> None:
    found = read("- **Cohort 2** (6 patients): one dose. Survival was 7 months.\n- **Cohort 3** (5 patients): two doses.\n")
    survival = next(unit for unit in found if unit.text.startswith("Survival"))
    assert survival.meaning == "Cohort 2 Survival was 7 months."


def test_a_code_that_opens_a_paragraph_leads_its_sentences() -> None:
    found = read("DEV-031 (major), batch QX-009. The sensor read too high. Closed in May.\n\nDEV-038 (minor), batch QX-011. Still open.\n")
    meanings = {unit.text: unit.meaning for unit in found}
    assert meanings["Closed in May."] == "DEV-031 (major), batch QX-009 Closed in May."
    assert meanings["Still open."] == "DEV-038 (minor), batch QX-011 Still open."


def test_he_and_she_are_the_person_named_last() -> None:
    found = read("The firm said that Dr Mara Quill joins in May. She comes from Ostrava Labs.\n")
    assert found[1].meaning == "Mara Quill She comes from Ostrava Labs."


def test_a_passage_that_comes_again_has_the_number_and_the_surroundings_of_its_turn() -> None:
    text = "QX 177 was given once. It was well tolerated.\n"
    source = Source(passage=Passage(id="p0", document="d1", start=0, end=len(text), text=text), document=DOCUMENT)
    other = Source(passage=Passage(id="p1", document="d1", start=0, end=5, text="Other."), document=DOCUMENT)
    first = units([source], {"d1": "melanoma"})
    again = [unit for unit in units([other, source], {"d1": "sarcoma"}) if unit.source == 2]
    assert [unit.text for unit in again] == [unit.text for unit in first]
    assert {unit.source for unit in first} == {1}
    assert all("melanoma" in unit.context for unit in first)
    assert all("sarcoma" in unit.context and "melanoma" not in unit.context for unit in again)
