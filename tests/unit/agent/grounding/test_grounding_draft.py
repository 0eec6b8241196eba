"""How a draft is read: which sentences state facts, and which markers belong to them."""

from __future__ import annotations

import pytest

from assistant.agent.grounding.draft import read
from assistant.agent.grounding.markdown import markers
from assistant.agent.grounding.quotes import altered, quotations


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[1]", ("1",)),
        ("[1, 2]", ("1", "2")),
        ("[1][c1]", ("1", "c1")),
        ("[1; C2]", ("1", "c2")),
        ("[1-3]", ("1", "2", "3")),
        ("[^4]", ("4",)),
        ("【5】", ("5",)),
        ("[131I] and [Lu-177] and [1](http://a)", ()),
        ("[sic] [a1] []", ()),
    ],
)
def test_markers(text: str, names: tuple[str, ...]) -> None:
    assert markers(text) == names


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hello!", "talk"),
        ("I answer questions about documents.", "talk"),
        ("I calculated that it doubled.", "fact"),
        ("You can ask me about doses.", "talk"),
        ("Not in the sources: a p-value.", "missing"),
        ("Please say which is meant: this or that.", "clarify"),
        ("The release does not say how many mice there were.", "absence"),
        ("The release does not say how many, but all mice were cured.", "fact"),
        ("Which one do you mean?", "question"),
        ("Here is what the release says:", "lead"),
        ("## Results", "heading"),
        ("**Results**", "heading"),
        ("Mice lived longer", "fact"),
        ("Hello [1]!", "fact"),
        ("---", "rule"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [statement.kind for statement in read(text)] == [kind]


def test_sentences_bullets_and_rows() -> None:
    found = read(
        "One **thing** [1]. Another [2], approx. 3.5 days.\n\n1. Item one [3]\n2. Item two\n\n"
        + "| arm | survival (days) |\n|---|---|\n| two | 161 [4] |\n"
    )
    assert [(s.said, s.markers) for s in found] == [
        ("One thing.", ("1",)),
        ("Another, approx. 3.5 days.", ("2",)),
        ("Item one", ("3",)),
        ("Item two", ()),
        ("| arm | survival (days) |", ()),
        ("|---|---|", ()),
        ("arm: two; survival: 161 day", ("4",)),
    ]


def test_spans_are_those_of_the_draft() -> None:
    draft = "First *fact*.[1]  Second fact [2].\n- third [c1]"
    assert [draft[s.start : s.end] for s in read(draft)] == ["First *fact*.[1]", "Second fact [2].", "- third [c1]"]


@pytest.mark.parametrize("quoted", ["“One thing. Another thing.”", '"One thing. Another thing."'])
def test_a_quotation_of_two_sentences_is_one_statement(quoted: str) -> None:
    assert [s.markers for s in read(f"It says: {quoted} [1] Then more [2].")] == [("1",), ("2",)]


def test_a_quotation_that_never_ends_joins_nothing() -> None:
    assert len(read("It says: “One thing. Another thing [1].")) == 2


def test_quotations() -> None:
    assert quotations('He said “a b c” and "d" and «e f»') == ("a b c", "d", "e f")


@pytest.mark.parametrize(
    ("said", "verbatim"),
    [
        ("“mean survival of 135.6 days”", True),
        ('"mean survival  of 135.6 days."', True),
        ("“Mean survival of 135.6 days,”", True),
        ("“mean survival … 135.6 days”", True),
        ("“median survival of 135.6 days”", False),
        ("“mean survival of 135.6 day”", False),
        ("“company's mice's survival”", False),
        ("so-called “new words”", True),
    ],
)
def test_quotations_of_three_words_must_be_verbatim(said: str, verbatim: bool) -> None:
    assert (altered(said, ["The mice had a mean\nsurvival of 135.6 days in all."]) is None) is verbatim
