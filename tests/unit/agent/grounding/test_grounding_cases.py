"""Faithful sentences stay and corrupted ones go, kind by kind, on five documents."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_evidence import abstract_turn, congress_turn, release_turn, report_turn, sheet_turn, source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import Background, verify
from assistant.agent.grounding.binding import named_parts
from assistant.agent.grounding.mentions import Registry
from assistant.studies.extract import extract_studies
from assistant.values import DocumentRef

_QUESTION = "What did a second dose add, and how much are 50 uCi in MBq and 30 MBq in uCi?"
_CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))


def _kinds() -> Iterator[tuple[str, str, str]]:
    for turn, sides in _CASES.items():
        for side, kinds in sides.items():
            yield from ((turn, side, kind) for kind in kinds)


@pytest.fixture(scope="module")
def turns() -> dict[str, Evidence]:
    return {
        "release": release_turn(),
        "report": report_turn(),
        "abstract": abstract_turn(),
        "congress": congress_turn(),
        "sheet": sheet_turn(),
    }


@pytest.mark.parametrize(("turn", "side", "kind"), list(_kinds()))
def test_sentences_are_judged_rightly(turns: dict[str, Evidence], turn: str, side: str, kind: str) -> None:
    wrong = {}
    for sentence in _CASES[turn][side][kind]:
        found = verify(sentence, turns[turn], _QUESTION)
        if bool(found.verification.dropped) != (side == "corrupted"):
            wrong[sentence] = [checked.reason for checked in found.verification.sentences]
    assert wrong == {}


def test_search_alone_is_enough_to_tell_arms_apart(turns: dict[str, Evidence]) -> None:
    searched = turns["release"].model_copy(update={"studies": (), "workings": ()})
    swapped = "Two doses of CLR 131 gave a mean survival of 64.6 days, one dose 135.6 days [1]."
    right = "Two doses of CLR 131 gave a mean survival of 135.6 days, one dose 64.6 days [1]."
    assert verify(swapped, searched, "?").verification.sentences[0].reason == "64.6 days does not belong to the arm named here"
    assert verify(right, searched, "?").verification.verdict == "verified"


def test_a_tool_that_returned_one_study_leaves_the_others_of_its_document_known(turns: dict[str, Evidence]) -> None:
    known = Background(studies=turns["release"].studies)
    called = turns["release"].model_copy(update={"studies": turns["release"].studies[:1]})
    for sentence in ("Two doses of CLR 131 gave 161 days [1].", "The second dose of CLR 125 added 71.0 days [c1]."):
        assert verify(sentence, called, "?", background=known).verification.dropped == (sentence,)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Two doses gave 161 days [44].", "[44] names no evidence of this turn"),
        ("Two doses of CLR 125 gave 161 days.", "states a fact and cites nothing"),
        ("Two doses of CLR 125 gave 171 days [1].", "the figure 171 days is not in the cited evidence"),
        ("Two doses of CLR 125 gave a mean survival of 161 days [1].", "161 days is not stated to be a mean"),
        ("Two doses of CLR 131 gave 161 days [1].", "161 days does not belong to the compound named here"),
        ("Two doses gave 161 days in the Capan-1 model [1].", "161 days does not belong to the disease model named here"),
        ("Patients on two doses lived 161 days [1].", "161 days was not measured in this species"),
        (
            "The release says “mean survival of 161 days” [1].",
            "the quotation “mean survival of 161 days” is not verbatim in the cited passage",
        ),
        ("CLR 131 is approved [3].", "the cited evidence does not say “approved”"),
        ("Increased disease burden impacts the efficacy of a single dose [2].", "the cited evidence says this only as a possibility"),
        ("One dose lived longer than two doses [c3].", "the arms compared here differ the other way round"),
        ("999 uCi is 36.963 MBq [c7].", "[c7] rests on an input that no source and no question states: amount = 999 uCi"),
    ],
)
def test_reasons_say_what_is_wrong(turns: dict[str, Evidence], sentence: str, reason: str) -> None:
    checked = verify(sentence, turns["release"], "?").verification.sentences
    assert [c.reason for c in checked] == [reason]


@pytest.mark.parametrize(
    ("arm", "days", "verdict"),
    [("I", 20, "verified"), ("I", 61, "partly_verified"), ("II", 61, "verified"), ("III", 61, "partly_verified"), ("III", 35, "verified")],
)
def test_a_roman_numeral_names_its_own_arm(arm: str, days: int, verdict: str) -> None:
    text = (
        "Mice with PC3 tumors received two doses of QX 125 (Arm II), one dose of QX 125 (Arm III) or saline (Arm I). "
        "Median survival was 61 days in Arm II, 35 days in Arm III and 20 days in Arm I."
    )
    document = DocumentRef(id="roman", title="QX 125 in PC3", date="2022-05-09", path="roman.txt")
    evidence = Evidence(sources=(source(text, document, "Mice", "in Arm I."),), studies=extract_studies("roman", text))
    assert verify(f"Arm {arm} survived for a median of {days} days [1].", evidence, "?").verification.verdict == verdict


@pytest.mark.parametrize("place", ["first", "third", "fifth", "tenth", "last"])
def test_a_group_may_be_named_by_its_place(place: str) -> None:
    text = f"Platelets fell in the {place} group."
    assert [text[part.start : part.end] for part in named_parts(text, Registry((), ()))] == [f"{place} group"]
