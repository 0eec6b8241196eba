"""What is quoted beside the best sentence: the rest of a list, rows that are named, what stands under a heading, further things."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers.further import further
from assistant.agent.offline.sentences.fitness import is_about
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import found, ranked

COHORTS = (
    "Twelve dogs took part in the escalation:\n\n- Cohort 1: 10 MBq/kg, three dogs\n- Cohort 2: 20 MBq/kg, three dogs\n"
    "- Cohort 3: 30 MBq/kg, six dogs\n\nThe owners were not paid.\n"
)
TABLE = "| Reaction | QX 177 | Placebo |\n|---|---|---|\n| Nausea | 57 % | 38 % |\n| Fever | 51 % | 9 % |\n| Infection | 8 % | 17 % |\n"
REPORT = "# Report 12\n\n## 4. Deviations\n\n1. Arm F was dosed late.\n2. One mouse had no signal.\n\n## 5. Conclusion\n\nIt works.\n"
STAFF = (
    "“We are pleased,” said Jane Miller of Lakewood. The plant is new. “It is small,” said Omar Reyes, who runs it. "
    "“Show me,” said Kim Soto, a doctor.\n"
)


def quoted(question: str, text: str) -> list[str]:
    findings = found(("Lakewood news", "2031-03-03", text))
    topic = read(question, ())
    matches = ranked(topic, findings)
    return [match.unit.quote for match in further(topic, matches[0], matches, findings)]


def test_a_list_that_is_asked_for_is_whole():
    said = quoted("List all cohorts of the escalation with their dogs", COHORTS)
    assert [line for line in said if line.startswith("- Cohort")] == [
        "- Cohort 1: 10 MBq/kg, three dogs",
        "- Cohort 2: 20 MBq/kg, three dogs",
        "- Cohort 3: 30 MBq/kg, six dogs",
    ]
    assert not any("paid" in line for line in said)


PRICES = "| Year | Least order (TBq) | Price (EUR) |\n|---|---|---|\n| 2023 | 18 | 31 |\n| 2024 | 30 | 28 |\n| 2025 | 45 | 26 |\n"


def test_of_a_column_that_is_named_without_a_row_every_row_is_quoted():
    assert len(quoted("price in EUR?", PRICES)) == 3
    assert [("2024" in row) for row in quoted("price in EUR in 2024?", PRICES)] == [True]


def test_no_other_row_is_quoted_beside_the_one_that_is_named():
    table = "| Item | Amount | Supplier |\n|---|---|---|\n| QX-DOTA | 2 mL | Lakewood |\n| DTPA | 1 mL | Merton |\n"
    assert [("DTPA" in row) for row in quoted("who is the supplier of DTPA?", table)] == [True]


def test_one_item_is_enough_where_one_is_asked_for():
    assert quoted("How many dogs were in cohort 3?", COHORTS)[0] == "- Cohort 3: 30 MBq/kg, six dogs"
    assert len(quoted("How many dogs were in cohort 3?", COHORTS)) <= 2


def test_each_row_that_the_question_names_is_said():
    said = quoted("Nausea and infections with QX 177 against placebo?", TABLE)
    assert said == ["| Nausea | 57 % | 38 % |", "| Infection | 8 % | 17 % |"]


def test_a_heading_is_said_with_what_stands_under_it():
    said = quoted("deviations", REPORT)
    assert any("dosed late" in line for line in said)
    assert any("no signal" in line for line in said)
    assert not any("works" in line for line in said)


CONTACTS = (
    "Lakewood is developing QX 177 against prostate and lung cancer. QX 177 was given to mice with prostate cancer. "
    "The plant makes it for cancer centres.\n\n"
    "CONTACT:\n\nMara Quill\n\nHarlow Partners\n\n555-010-0199\n\nmara@harlow.example\n\nSource: Lakewood, Inc.\n"
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("phone?", "CONTACT: Mara Quill Harlow Partners 555-010-0199"),
        ("what is the email", "CONTACT: Mara Quill Harlow Partners 555-010-0199 mara@harlow.example"),
        ("contact pls", "CONTACT: Mara Quill Harlow Partners 555-010-0199 mara@harlow.example"),
        ("phone and email please", "CONTACT: Mara Quill Harlow Partners 555-010-0199 mara@harlow.example"),
    ],
)
def test_what_is_told_by_its_form_is_said_once_with_the_lines_that_lead_to_it(question, said):
    assert quoted(question, CONTACTS) == [said]


def test_the_things_of_a_kind_are_listed_by_sentences_that_name_further_ones():
    said = quoted("name the cancers", CONTACTS)
    assert any("lung cancer" in sentence for sentence in said)
    assert not any("cancer centres" in sentence for sentence in said)


def test_all_people_are_listed_where_names_are_asked_for():
    said = " ".join(quoted("Who are the people quoted, give the names of all who said something", STAFF))
    assert all(name in said for name in ("Jane Miller", "Omar Reyes", "Kim Soto"))
    assert "plant is new" not in said


def test_another_officer_is_no_answer():
    findings = found(("Lakewood news", "2031-03-03", "“We are pleased,” said Jane Miller, president and CEO of Lakewood.\n"))
    asked_and_found = {
        "Who is the chief financial officer?": False,
        "who is the CFO": False,
        "Who is the chief executive?": True,
        "Who is the CEO of Lakewood?": True,
    }
    for question, right in asked_and_found.items():
        topic = read(question, ())
        assert is_about(topic, ranked(topic, findings)[0], findings) is right, question


PIPELINE = (
    "Lakewood's lead candidate is QX 177. It was tried in HT-29. A second study was of QZ 161. Lakewood makes pumps. "
    "The pipeline includes QV 1602-PTX, which carries a toxin.\n"
)


@pytest.mark.parametrize(
    "question", ["Which compounds are named in the release?", "List every candidate by its code.", "name all candidates in the pipeline"]
)
def test_every_compound_of_the_document_is_listed(question):
    said = " ".join(quoted(question, PIPELINE))
    assert all(code in said for code in ("QX 177", "QZ 161", "QV 1602-PTX"))
    assert "pumps" not in said


RISKS = (
    "Sales may fall short of this forecast. It was made in May. The board has read it. Such shortfalls in sales could come of many things, "
    "including strikes, floods, higher duties and new rivals. The plant makes pumps, including valves, hoses, taps and brass ones.\n"
)


def test_what_is_only_spoken_of_is_named_behind():
    assert any("strikes, floods" in line for line in quoted("List what sales may fall short of", RISKS))


@pytest.mark.parametrize("question", ["List what sales may fall short of", "May sales fall short of the forecast?"])
def test_what_points_back_to_nothing_stays_away(question):
    assert not any("pumps" in line for line in quoted(question, RISKS))


def test_it_stays_away_where_no_list_is_asked_for():
    assert not any("strikes" in line for line in quoted("Why was the forecast made in May?", RISKS))


LOTS = "| Lot | Made | Result |\n|---|---|---|\n| A-1 | May | Pass |\n| A-2 | June | Fail |\n| A-3 | July | Pass |\n"


def test_the_rows_that_have_what_is_asked_are_the_list():
    said = quoted("Which lots passed?", f"Two of the three lots passed.\n\n{LOTS}")
    assert [line for line in said if line.startswith("|")] == ["| A-1 | May | Pass |", "| A-3 | July | Pass |"]


def test_a_sentence_that_leads_up_to_a_table_is_quoted_with_its_rows():
    said = quoted("Which reactions were most common with QX 177?", f"The most common reactions to QX 177 were:\n\n{TABLE}")
    assert said[1:] == ["| Nausea | 57 % | 38 % |", "| Fever | 51 % | 9 % |", "| Infection | 8 % | 17 % |"]


def test_a_reply_of_one_word_goes_with_what_follows_it():
    talk = (
        "# Meeting\n\nShareholder: Is the Leith laboratory being closed?\n\nCEO: No. The lease has been renewed to 2034. Tea was served.\n"
    )
    said = quoted("Why is the Leith laboratory being closed?", talk)
    assert "CEO: No." in said
    assert "The lease has been renewed to 2034." in said
    assert "Tea was served." not in said
