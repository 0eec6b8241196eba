"""What becomes of a draft: text, ids, citations, calculations, status, and what removal leaves behind."""

from __future__ import annotations

import pytest
from made_evidence import RELEASE, conversion, decay, release_turn, report_turn

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding import verify
from assistant.studies.calculate import calculate
from assistant.values import DocumentRef, Operand, Passage, Result, Working

_NOTHING = "Not in the sources: nothing that was found supports an answer to this question."


@pytest.fixture(scope="module")
def release() -> Evidence:
    return release_turn()


def test_ids_follow_the_text_and_quotes_are_the_supporting_sentences(release: Evidence) -> None:
    found = verify(
        "The FDA granted an orphan drug designation for CLR 131 [3]. Two doses of CLR 125 gave 161 days [1], "
        "26 days more than one dose [c3]. The control lived 122 days [1]. Two doses of CLR 131 added 71 days [c1].",
        release,
        "?",
    )
    assert found.text == (
        "The FDA granted an orphan drug designation for CLR 131 [1]. Two doses of CLR 125 gave 161 days [2], "
        "26 days more than one dose [c1]. The control lived 122 days [3]. Two doses of CLR 131 added 71 days [c2]."
    )
    assert [c.id for c in found.citations[:3]] == [1, 2, 3]
    assert found.citations[0].quote.startswith("The FDA has granted Cellectar")
    assert found.citations[1].quote.startswith("Mice receiving two doses of approximately 500uCi")
    assert found.citations[2].quote.startswith("Importantly, the mice receiving two doses")
    assert [c.id for c in found.calculations] == ["c1", "c2"]
    assert found.calculations[0].results[0].value == 26
    assert [s.by for s in found.verification.sentences] == [("1",), ("2", "c1"), ("3",), ("c2",)]


def test_quotes_open_at_their_characters(release: Evidence) -> None:
    found = verify("Two doses of CLR 131 lived 135.6 days [1], 71 days longer than one [c1].", release, "?")
    for citation in found.citations:
        assert RELEASE[citation.start : citation.end] == citation.quote
        assert citation.quote in citation.passage


def _evidence(text: str, title: str = "News of a kit", date: str | None = "2031-11-09") -> Evidence:
    passage = Passage(id="p", document="d", start=40, end=40 + len(text), text=text)
    return Evidence(sources=(Source(passage=passage, document=DocumentRef(id="d", title=title, date=date, path="kit.txt")),))


def test_what_is_quoted_is_the_quote_of_its_citation_however_many_lines_it_has() -> None:
    address = "CONTACT:\n\nMaja Holt\n\nQR Partners\n\n555-0134-7378\n\nm.holt@qr.example"
    found = verify(f"“{' '.join(address.split())}” [1]", _evidence(f"{address}\n\nSource: Kits Inc."), "press contact?")
    assert [(c.quote, c.start, c.end) for c in found.citations] == [(address, 40, 40 + len(address))]


def test_the_date_of_a_document_behind_its_title_is_not_sought_in_its_text() -> None:
    title = "Kits Inc. Reports Third Quarter 2031 Results"
    text = f"{title}\n\nOSLO, November 9, 2031 -- Kits Inc. today reported results for the third quarter ended September 30, 2031."
    for said in (f"The library holds: “{title}”, 2031-11-09 [1].", f"The library holds: “{title}” (2031-11-09) [1]."):
        assert verify(said, _evidence(text, title), "Which document is the newest?").text == said
    wrong = verify(f"“{title}”, 2031-11-10 [1].", _evidence(text, title), "Which document is the newest?")
    assert wrong.citations == ()


def test_one_quote_has_one_id(release: Evidence) -> None:
    found = verify("Two doses of CLR 125 gave 161 days [1]. One dose of CLR 125 gave 135 days [1].", release, "?")
    assert found.text == "Two doses of CLR 125 gave 161 days [1]. One dose of CLR 125 gave 135 days [1]."
    assert len(found.citations) == 1


def test_figures_far_apart_get_a_quote_each(release: Evidence) -> None:
    found = verify("Mean survival was 135.6 days with two doses of CLR 131; the CLR 125 control lived 122 days [1].", release, "?")
    assert found.text.endswith("lived 122 days [1][2].")
    assert "135.6 days" in found.citations[0].quote + found.citations[1].quote
    assert "122 days" in found.citations[0].quote + found.citations[1].quote


def test_inputs_read_from_a_document_are_quoted_and_others_say_where_they_come_from(release: Evidence) -> None:
    found = verify("50 uCi is 1.85 MBq [c4]. Of 50 uCi of I-131, 1.33 uCi remain after 42 days [c6].", release, "How much is 50 uCi?")
    conversion_input = found.calculations[0].inputs[0]
    assert (conversion_input.citation, conversion_input.source) == (None, "the question")
    elapsed, half_life = found.calculations[1].inputs[1:]
    assert elapsed.citation is not None
    assert "day 42" in found.citations[elapsed.citation - 1].quote
    assert half_life.citation is None
    assert half_life.source is not None
    assert "ICRP-107" in half_life.source


def test_what_a_source_states_comes_from_it_even_where_it_was_asked_about_before(release: Evidence) -> None:
    sentence = "50 uCi is 1.85 MBq [c4]."
    (calculation,) = verify(sentence, release, "and in MBq?", ["Is it 50 uCi?"]).calculations
    assert calculation.inputs[0].source is None
    assert calculation.inputs[0].citation is not None


def test_an_input_may_come_from_an_earlier_question(release: Evidence) -> None:
    sentence = "999 uCi is 36.963 MBq [c7]."
    assert verify(sentence, release, "and in MBq?").status == "not_in_sources"
    assert verify(sentence, release, "and in MBq?", ["What is 999 uCi?"]).text == "999 uCi is 36.963 MBq [c1]."


def test_an_input_may_be_the_result_of_another_calculation() -> None:
    first = conversion(50, "uCi", "MBq", 1.85)
    second = Working(
        tool="calculate",
        formula="1.85 MBq * 3",
        operands=(Operand(name="1.85 MBq", value=1.85, unit="MBq"), Operand(name="3", value=3, unit="")),
        results=(Result(name="result", value=5.55, unit="MBq"),),
    )
    evidence = Evidence(workings=(first, second))
    found = verify("Three such doses are 5.55 MBq [c2].", evidence, "What are 3 doses of 50 uCi in MBq?")
    assert found.text == "Three such doses are 5.55 MBq [c1]."
    assert [c.formula for c in found.calculations] == ["1.85 MBq * 3", first.formula]
    assert found.calculations[0].inputs[0].source == "c2"


@pytest.mark.parametrize(
    ("expression", "held"),
    [
        ("2031-03-05 - 2031-02-03", True),
        ("2031-03-05 - 2031-02-04", False),  # another day
        ("2031-03-05 - 2030-02-03", False),  # a day without a year is not one of any year
        ("2032-01-09 - 2031-03-05", True),  # the January behind that March
    ],
)
def test_dates_between_which_a_time_lies_are_named_by_the_source(expression: str, held: bool) -> None:
    text = "The dossier was filed on 3 February. Approval was granted on 5 March 2031. Deliveries begin on 9 January."
    passage = Passage(id="p", document="d", start=0, end=len(text), text=text)
    document = DocumentRef(id="d", title="Approval of a kit", date=None, path="kit.txt")
    working = calculate(expression)
    evidence = Evidence(sources=(Source(passage=passage, document=document),), workings=(working,))
    found = verify(f"Between these dates there are {working.results[0].value:g} days [c1].", evidence, "?")
    assert (found.status == "answered") is held
    if held:
        assert all(entry.citation for entry in found.calculations[0].inputs)
    else:
        assert f"= {working.operands[1].amount}" in str(found.verification.sentences[0].reason)


def test_an_operand_must_read_so_at_its_span(release: Evidence) -> None:
    right = release.workings[0]
    lie = right.model_copy(update={"operands": (right.operands[0].model_copy(update={"value": 140.0}), *right.operands[1:])})
    found = verify("The gain was 71 days [c1].", release.model_copy(update={"workings": (lie,)}), "?")
    assert found.verification.sentences[0].reason is not None
    assert "mean survival(two doses) = 140 day" in found.verification.sentences[0].reason
    assert found.calculations == ()


def test_what_fails_is_dropped_and_listed(release: Evidence) -> None:
    found = verify("Two doses of CLR 131 gave 135.6 days [1]. CLR 131 cures cancer. The control lived 122 days [1].", release, "?")
    assert found.text == "Two doses of CLR 131 gave 135.6 days [1]. The control lived 122 days [2]."
    assert found.verification.verdict == "partly_verified"
    assert found.verification.dropped == ("CLR 131 cures cancer.",)
    assert [s.supported for s in found.verification.sentences] == [True, False, True]
    assert found.status == "answered"


def test_nothing_left_is_not_in_sources(release: Evidence) -> None:
    found = verify("Hello! Two doses of CLR 131 gave 200 days [1].", release, "?")
    assert found.text == _NOTHING
    assert found.status == "not_in_sources"
    assert found.missing == ("nothing that was found supports an answer to this question",)
    assert found.citations == ()


def test_an_empty_draft_is_not_in_sources(release: Evidence) -> None:
    assert verify(" \n", release, "?").text == _NOTHING


@pytest.mark.parametrize(
    ("draft", "status", "missing"),
    [
        ("Not in the sources: a p-value; the number of mice per arm.", "not_in_sources", ("a p-value", "the number of mice per arm")),
        ("Two doses of CLR 125 gave 161 days [1]. Not in the sources: toxicity.", "answered", ("toxicity",)),
        ("Not in the sources:\n- a p-value\n- toxicity", "not_in_sources", ("a p-value", "toxicity")),
        ("Please say which is meant: CLR 131 or CLR 125.", "needs_clarification", ()),
        ("Hello! How can I help?", "answered", ()),
        ("Not in the sources: a median.\n\nThe mean was 135.6 days for two doses of CLR 131 [1].", "not_in_sources", ("a median",)),
    ],
)
def test_status_and_missing_follow_the_conventions(release: Evidence, draft: str, status: str, missing: tuple[str, ...]) -> None:
    found = verify(draft, release, "?")
    assert (found.status, found.missing) == (status, missing)
    assert found.verification.verdict == "verified"


def test_table_rows_go_one_by_one(release: Evidence) -> None:
    draft = (
        "| arm of the CLR 125 study | survival (days) |\n|---|---|\n| two doses | 161 [1] |\n| one dose | 122 [1] |\n| control | 122 [1] |"
    )
    found = verify(draft, release, "?")
    assert found.text.splitlines() == [
        "| arm of the CLR 125 study | survival (days) |",
        "|---|---|",
        "| two doses | 161 [1] |",
        "| control | 122 [2] |",
    ]


def test_a_row_far_below_the_names_of_its_columns_is_read_and_cited_with_them() -> None:
    text = "| RQ-7, one dose | 9 | 53 |\n| RQ-8, one dose | 8 | 71 |"
    names = "| Arm | n | Median survival (days) |"
    document = DocumentRef(id="d", title="Survival of mice", date=None, path="d.md")
    draft = "With RQ-8 the median survival was 71 days [1]."
    for columns in (names, None):
        passage = Passage(id="d:900", document="d", start=900, end=900 + len(text), text=text, columns=columns)
        found = verify(draft, Evidence(sources=(Source(passage=passage, document=document),)), "?")
        if columns:
            assert found.text == draft
            (citation,) = found.citations
            assert (citation.quote, citation.start, citation.columns) == ("| RQ-8, one dose | 8 | 71 |", 928, names)
        else:
            assert found.status == "not_in_sources"


def test_an_emptied_table_list_and_section_leave_nothing_behind(release: Evidence) -> None:
    draft = (
        "## Mice\n\nTwo doses of CLR 125 gave 161 days [1].\n\n## Patients\n\nHere are the details:\n\n- cured: 12 [1]\n- alive: 13\n\n"
        "| arm | weeks |\n|---|---|\n| two doses | 99 [1] |\n"
    )
    assert verify(draft, release, "?").text == "## Mice\n\nTwo doses of CLR 125 gave 161 days [1]."


def test_numbered_lists_count_on_and_bold_stays_balanced(release: Evidence) -> None:
    draft = "1. **CLR 131 is safe [3].**\n2. **Control:** 122 days [1].\n3. **Two doses of CLR 125 gave 161 days [1]. It is cured.**"
    assert verify(draft, release, "?").text == ("1. **Control:** 122 days [1].\n2. Two doses of CLR 125 gave 161 days [2].")


@pytest.mark.parametrize(
    "draft",
    [
        "Two doses of CLR 131 gave 135.6 days. [1]",
        "Two doses of CLR 131 gave 135.6 days.[1]",
        "Two doses of CLR 131 gave 135.6 days [1][c1].",
        "Two doses of CLR 131 gave 135.6 days [1, c1].",
        "Two doses of CLR 131 gave 135.6 days [^1].",
        "Two doses of CLR 131 gave 135.6 days 【1】.",
        "[1] Two doses of CLR 131 gave 135.6 days.",
    ],
)
def test_markers_are_read_wherever_they_stand(release: Evidence, draft: str) -> None:
    found = verify(draft, release, "?")
    assert found.verification.verdict == "verified"
    assert "[1]" in found.text


def test_a_marker_covers_its_own_sentence_only(release: Evidence) -> None:
    found = verify("The control lived 122 days. Two doses of CLR 125 gave 161 days [1].", release, "?")
    assert found.verification.dropped == ("The control lived 122 days.",)


def test_a_colon_behind_a_marker_stays(release: Evidence) -> None:
    assert verify("Two doses of CLR 125 gave 161 days [1]: a gain of 26 days [c3].", release, "?").text == (
        "Two doses of CLR 125 gave 161 days [1]: a gain of 26 days [c1]."
    )


def test_other_documents_are_read_alike() -> None:
    found = verify("Two doses of 177Lu-NFX7 gained 8 weeks over vehicle, a factor of 2.6 [c1].", report_turn(), "?")
    assert found.text == "Two doses of 177Lu-NFX7 gained 8 weeks over vehicle, a factor of 2.6 [c1]."
    assert {c.document.title for c in found.citations} == {"Lutetium conjugate extends survival of rats in a dose-finding experiment"}


def test_a_cited_lead_in_stays_when_its_list_goes(release: Evidence) -> None:
    draft = "Two doses of CLR 125 gave 161 days [1], and more [c3]:\n\n- cured: 12 [1]"
    found = verify(draft, release, "?")
    assert found.text == "Two doses of CLR 125 gave 161 days [1], and more [c1]:"


def test_rows_and_items_rest_on_what_their_heading_cites(release: Evidence) -> None:
    rows = verify("| arm | survival (days) [1] |\n|---|---|\n| control | 122 |\n| two doses | 135 |", release, "?")
    assert rows.text == "| arm | survival (days) |\n|---|---|\n| control | 122 [1] |"
    items = verify("In the PC3 study [1]:\n- two doses: 161 days\n- one dose: 161 days", release, "?")
    assert items.text == "In the PC3 study [1]:\n- two doses: 161 days [2]"
    assert verify("The control arm:\n- survival: 122 days", release, "?").verification.dropped == ("- survival: 122 days",)


@pytest.mark.parametrize(
    "missing", ["an arm with 3 doses in the CLR 131 study", "an answer to “What is Zr-89”; nothing there speaks of zr"]
)
def test_what_is_absent_may_be_named_and_stays_one_entry(release: Evidence, missing: str) -> None:
    found = verify(f"Not in the sources: {missing}.", release, "What is Zr-89, and did an arm get more than two doses?")
    assert found.missing == (missing,)
    assert found.verification.verdict == "verified"


def test_a_year_of_the_question_is_the_year_of_the_calculation(release: Evidence) -> None:
    year = release.model_copy(update={"workings": (decay("I-131", 8.0207, 50, "uCi", 365.2425),)})
    draft = "After 1 year, practically nothing of the 50 uCi is left by physical decay alone [c1]."
    assert verify(draft, year, "How much of 50 uCi of I-131 is left after a year, 1 year?").verification.verdict == "verified"


def test_the_half_life_of_an_inferred_nuclide_is_that_of_its_compound(release: Evidence) -> None:
    period = Operand(name="half-life(I-125)", value=59.4, unit="day", source="radioactivedecay 0.6.1, decay data of ICRP-107")
    working = Working(
        tool="half_life",
        formula="half-life = half-life(I-125)",
        operands=(period,),
        results=(Result(name="half-life", value=59.4, unit="day"),),
    )
    draft = "CLR 125: the half-life of I-125, inferred from its name, is 59.4 days [c1]."
    assert verify(draft, release.model_copy(update={"workings": (working,)}), "?").verification.verdict == "verified"
