"""Passages are whole sentences at their exact places, fit the encoder, and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.language.sentences import sentences
from assistant.library.encoder import Tokens
from assistant.library.passages import split
from assistant.resources import folder
from assistant.values import Passage

RELEASE = next(folder("corpus").glob("*.txt")).read_text(encoding="utf-8")


def texts(text: str, tokens: Tokens, limit: int = 256) -> list[str]:
    return [passage.text for passage in split("d", text, tokens.count, limit)]


def check(text: str, passages: tuple[Passage, ...], tokens: Tokens, limit: int) -> None:
    end = 0
    for passage in passages:
        assert passage.text == text[passage.start : passage.end]
        assert passage.start >= end, "passages overlap or are out of order"
        assert not text[end : passage.start].strip(), "text between passages was lost"
        assert tokens.count(passage.text) <= limit
        end = passage.end
    assert not text[end:].strip()


def test_passages_of_the_release_fit_and_lose_nothing(tokens: Tokens) -> None:
    passages = split("d", RELEASE, tokens.count, 256)
    check(RELEASE, passages, tokens, 256)
    for sentence in sentences(RELEASE):
        assert sum(passage.start <= sentence.start and sentence.end <= passage.end for passage in passages) == 1


def test_a_sentence_that_a_page_break_cut_is_in_one_passage(tokens: Tokens) -> None:
    found = texts(RELEASE, tokens)
    assert any("in a Phase I clinical\n\ntrial in patients" in passage for passage in found)


def test_a_paragraph_is_a_passage_and_its_heading_goes_with_it(tokens: Tokens) -> None:
    found = texts(RELEASE, tokens)
    assert sum(passage.startswith("The company conducted two studies") and passage.endswith("these outcomes.") for passage in found) == 1
    assert sum(passage.startswith("About CLR 131\n\nCLR 131 is") for passage in found) == 1
    assert not any(passage.endswith("About CLR 131") for passage in found)


def test_ids_come_from_document_and_place(tokens: Tokens) -> None:
    first, again = (split("d", RELEASE, tokens.count, 256) for _ in range(2))
    assert first == again
    assert len({passage.id for passage in first}) == len(first)
    assert all(passage.id == f"d:{passage.start}-{passage.end}" for passage in first)


def test_a_long_paragraph_is_cut_between_sentences_into_like_parts(tokens: Tokens) -> None:
    text = " ".join(f"Animal number {n} of the second group lived for {n + 100} days after it was treated." for n in range(40))
    found = texts(text, tokens)
    sizes = [tokens.count(passage) for passage in found]
    assert all(passage.startswith("Animal number") and passage.endswith("treated.") for passage in found)
    assert max(sizes) <= 256
    assert min(sizes) > 120


def test_rows_stay_with_the_heading_and_header_of_their_table(tokens: Tokens) -> None:
    table = "| arm | survival |\n| --- | --- |\n| control | 122 days |\n| two doses | 161 days |"
    before = "Mice were treated and followed until death. All of them were followed, and the last one died in May."
    after = "No mouse was lost to follow-up. Body weight stayed within the usual range in all of the groups."
    text = f"{before}\n\n## Survival\n\n{table}\n\n{after}"
    assert f"## Survival\n\n{table}" in texts(text, tokens)


def test_rows_stay_with_the_caption_over_them(tokens: Tokens) -> None:
    table = "| arm | survival |\n| --- | --- |\n| control | 122 days |\n| two doses | 161 days |"
    before = "Mice were treated and followed until death. All of them were followed, and the last one of them died in the month of May."
    caption = "Table 2. Survival in the LN4 model."
    assert texts(f"{before}\n\n{caption}\n\n{table}\n", tokens)[-1].endswith(f"{caption}\n\n{table}")


def test_rows_of_a_long_table_keep_the_names_of_their_columns(tokens: Tokens) -> None:
    names = "| organ | uptake at 4 hours (percent) | uptake at 24 hours (percent) |"
    rows = [f"| organ number {n} | {n}.25 | {n}.75 |" for n in range(60)]
    text = "\n".join(["Uptake by organ:", "", names, "|---|---|---|", *rows, "", "No animal was lost to follow-up in this study."])
    passages = split("d", text, tokens.count, 128)
    check(text, passages, tokens, 128)
    assert all(tokens.count(passage.in_context) <= 128 for passage in passages)
    first, *within, last = passages
    assert len(within) > 4
    assert (first.columns, last.columns, last.in_context) == (None, None, last.text)
    assert {passage.columns for passage in within} == {names}
    assert all(passage.in_context == f"{names}\n{passage.text}" for passage in within)


def test_a_row_that_is_cut_keeps_its_names_and_names_that_leave_no_room_are_left_off(tokens: Tokens) -> None:
    long = ", ".join(f"animal {n} died on day {n + 20}" for n in range(60))
    cut = f"| group | deaths |\n|---|---|\n| vehicle | {long} |"
    passages = split("d", cut, tokens.count, 96)
    check(cut, passages, tokens, 96)
    assert {passage.columns for passage in passages[1:]} == {"| group | deaths |"}
    assert all(tokens.count(passage.in_context) <= 96 for passage in passages)
    wide = "| " + " | ".join(f"column number {n}" for n in range(30)) + " |"
    text = "\n".join([wide, "|" + "---|" * 30, *("| " + " | ".join(f"{n}{m}" for m in range(30)) + " |" for n in range(9))])
    passages = split("d", text, tokens.count, 128)
    check(text, passages, tokens, 128)
    assert {passage.columns for passage in passages} == {None}


def test_a_list_goes_with_the_line_that_introduces_it(tokens: Tokens) -> None:
    text = "The arms were as follows:\n\n- control, which received saline\n- one dose on day 0\n- two doses on days 0 and 28\n"
    assert texts(text, tokens) == [text.rstrip()]


def test_a_sentence_longer_than_a_passage_is_cut_at_clauses(tokens: Tokens) -> None:
    text = "The groups were " + ", ".join(f"group {n} with {n} injections of the agent" for n in range(2, 80)) + "."
    found = texts(text, tokens)
    check(text, split("d", text, tokens.count, 256), tokens, 256)
    assert len(found) > 2
    assert all(passage.endswith(("agent,", "agent.")) for passage in found)


def test_pages_are_counted_by_form_feeds_also_inside_a_passage(tokens: Tokens) -> None:
    text = "The first group lived for ten days and\fthe second for twenty days.\n\n\f\n\fGroup four was lost.\f"
    passages = split("d", text, tokens.count, 256)
    for passage in passages:
        for offset in range(passage.start, passage.end):
            assert passage.page_at(offset) == text[:offset].count("\f") + 1
    assert [passage.page for passage in split("d", text, tokens.count, 14)][0::2] == [1, 4]
    assert {passage.page for passage in split("d", text.replace("\f", "\n"), tokens.count, 256)} == {None}


def test_a_passage_knows_the_heading_it_stands_under(tokens: Tokens) -> None:
    body = "Mice were treated on two days and then followed until the last one of them had died in the spring of that year."
    text = f"# Report\n\n{body}\n\n## Methods\n\n### Animals\n\n{body}\n\n{body}\n\n## Results ##\n\n{body}\n"
    found = split("d", text, tokens.count, 40)
    assert [passage.section for passage in found] == [None, "Animals", "Animals", "Results"]
    assert found[1].text.startswith("## Methods\n\n### Animals\n\nMice")


@pytest.mark.parametrize("text", ["", " \n\n", "\f"])
def test_nothing_has_no_passages(text: str, tokens: Tokens) -> None:
    assert split("d", text, tokens.count, 256) == ()


_words = st.lists(
    st.sampled_from(["two", "Doses", "of", "50uCi", "lived.", "days,", "Mice", "(n=6)", "|", "#", "-", "𝛼β", "end:", "x" * 40]), max_size=30
)
_lines = st.one_of(_words.map(" ".join), _words.map(lambda words: "| " + " | ".join(words) + " |"), st.text(max_size=30))


@settings(max_examples=150, deadline=None)
@example(["000061", "two", "two two two two"], "\f", 12)
@given(st.lists(_lines, max_size=12), st.sampled_from(["\n", "\n\n", "\f", " "]), st.sampled_from([12, 32, 256]))
def test_any_text_is_split_without_loss_and_within_the_limit(tokens: Tokens, lines: list[str], gap: str, limit: int) -> None:
    text = gap.join(lines)
    check(text, split("d", text, tokens.count, limit), tokens, limit)
