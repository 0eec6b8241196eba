"""What Slack shows of an answer, whatever stands in it: every part, verbatim, nothing live, nothing that Slack refuses."""

from __future__ import annotations

import block_kit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.interfaces.render.slack.answer import FEEDBACK, SHARE, SHOW_PROOF, answer_messages
from assistant.interfaces.render.slack.kit import words_of
from assistant.interfaces.render.slack.proof import gone_view, proof_view
from assistant.values import (
    Answer,
    Calculation,
    CalculationInput,
    CheckedSentence,
    Citation,
    DocumentRef,
    Result,
    Verification,
)

PINGS = ["<!channel>", "<!here|here>", "<@U0123ABCD>", "<#C0123ABCD|general>", "<!subteam^S1>", "@everyone", "&lt;!channel&gt;"]
LINKS = [
    "<https://evil.example|https://bank.example>",
    "[bank.example](https://evil.example)",
    "<mailto:a@b.c|write>",
    "![x](http://e.x/p.png)",
]
PIECES = [*PINGS, *LINKS, "*bold*", "_it_", "~no~", "`code`", "```", "> quote", "- item", "1. one", "# head", "| a | b |", "\n", "\n\n"]
TEXT = st.lists(st.one_of(st.sampled_from([*PIECES, "word " * 900, "x" * 4_000]), st.text(max_size=30)), max_size=12).map(" ".join)
SHORT = st.one_of(st.sampled_from(PIECES), st.text(max_size=40), st.just("long " * 200))


def shown(answer: Answer) -> str:
    messages = answer_messages(answer, "7", chart=True, share=True)
    return "\n".join(words_of(block) for message in messages for block in message.blocks)


def test_every_part_is_shown(answer: Answer) -> None:
    text = shown(answer)
    for part in (
        "They lived 30 days longer [1], half as long again [c1].",
        "no p-value",
        "Keep in mind: preclinical, in mice",
        "Mice live longer with two doses, 7 May 2031",
        "[1] “mice receiving two doses lived 90 days, those receiving one 60 days”",
        "[c1] survival benefit: gain 30 days, per activity 0.1235 days/µCi",
        "1 sentence taken out",
        "partly verified",
        "offline",
    ):
        assert part in text, part


def test_the_proof_shows_quotes_in_their_passages_and_every_input(answer: Answer) -> None:
    citation = answer.citations[0]
    inside = citation.model_copy(update={"passage": f"Before it. {citation.quote} After it."})
    view = proof_view(answer.model_copy(update={"citations": (inside,)}))
    block_kit.check_view(view)
    text = "\n".join(map(words_of, view["blocks"]))
    for part in (
        "Before it. mice receiving two doses lived 90 days, those receiving one 60 days After it.",
        "characters 1045",
        "gain = treatment - reference",
        "two doses: 90 days [1]",
        "half-life: 6.6443 days from ICRP-107",
        "= gain: 30 days",
        "All mice were cured. (no source says cured)",
    ):
        assert part in text, part


def test_buttons_carry_the_key_of_the_answer(answer: Answer) -> None:
    (message,) = answer_messages(answer, "7", share=True)
    actions, judged = message.blocks[-2:]
    assert [(e["action_id"], e["value"]) for e in actions["elements"]] == [(SHOW_PROOF, "7"), (SHARE, "7")]
    (feedback,) = judged["elements"]
    assert feedback["action_id"] == FEEDBACK
    assert (feedback["positive_button"]["value"], feedback["negative_button"]["value"]) == ("good:7", "bad:7")


def test_an_answer_that_states_nothing_has_no_proof_to_show(answer: Answer) -> None:
    bare = answer.model_copy(update={"citations": (), "calculations": (), "verification": Verification(verdict="verified")})
    (message,) = answer_messages(bare, "7")
    assert [block["type"] for block in message.blocks[-2:]] == ["context", "context_actions"]
    block_kit.check_view(proof_view(bare))
    block_kit.check_view(gone_view())


def test_markdown_of_a_language_model_is_drawn_and_its_links_are_not_made(answer: Answer) -> None:
    text = "## Result\n\n**Two doses** lived *longer* [1]:\n\n- see [here](https://evil.example)\n- `90`\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    written = answer.model_copy(update={"text": text, "model": "openai:x"})
    (message,) = answer_messages(written, "7")
    elements = [element for block in message.blocks if block["type"] == "rich_text" for element in block["elements"]]
    assert elements[0]["elements"] == [{"type": "text", "text": "Result", "style": {"bold": True}}]
    assert {"type": "text", "text": "Two doses", "style": {"bold": True}} in elements[1]["elements"]
    assert {"type": "text", "text": "longer", "style": {"italic": True}} in elements[1]["elements"]
    assert elements[2]["type"] == "rich_text_list"
    assert words_of(elements[2]).startswith("see [here](https://evil.example)")
    assert elements[2]["elements"][1]["elements"][0]["style"] == {"code": True}
    assert elements[3]["type"] == "rich_text_preformatted"
    assert block_kit.live(message.text, message.blocks) == []


@pytest.mark.parametrize("hostile", [*PINGS, *LINKS])
def test_what_a_document_says_is_shown_as_it_stands_and_is_not_live(answer: Answer, hostile: str) -> None:
    citation = answer.citations[0].model_copy(update={"quote": hostile, "passage": hostile})
    evil = answer.model_copy(update={"text": f"It says {hostile} [1].", "citations": (citation,), "caveats": (hostile,)})
    for message in answer_messages(evil, "7"):
        assert block_kit.live(message.text, message.blocks) == []
    assert f"It says {hostile} [1]." in shown(evil)


def answers() -> st.SearchStrategy[Answer]:
    document = st.builds(DocumentRef, id=st.sampled_from(["a", "b"]), title=SHORT, date=st.none() | SHORT, path=SHORT)
    citation = st.builds(
        Citation,
        id=st.integers(1, 99),
        document=document,
        quote=SHORT,
        start=st.just(1),
        end=st.just(9),
        passage=TEXT,
        section=st.none() | SHORT,
    )
    amount = st.floats(allow_nan=False, allow_infinity=False)
    entry = st.builds(CalculationInput, name=SHORT, value=amount, unit=SHORT, source=st.none() | SHORT)
    calculation = st.builds(
        Calculation,
        id=st.sampled_from(["c1", "c2"]),
        tool=SHORT,
        formula=SHORT,
        inputs=st.lists(entry, max_size=3).map(tuple),
        results=st.lists(st.builds(Result, name=SHORT, value=amount, unit=SHORT), max_size=3).map(tuple),
        notes=st.lists(SHORT, max_size=2).map(tuple),
    )
    sentence = st.builds(CheckedSentence, text=SHORT, supported=st.booleans(), reason=st.none() | SHORT)
    verification = st.builds(
        Verification, verdict=st.sampled_from(["verified", "partly_verified"]), sentences=st.lists(sentence, max_size=3).map(tuple)
    )
    return st.builds(
        Answer,
        question=SHORT,
        text=TEXT,
        status=st.just("answered"),
        missing=st.lists(SHORT, max_size=3).map(tuple),
        citations=st.lists(citation, max_size=12).map(tuple),
        calculations=st.lists(calculation, max_size=3).map(tuple),
        caveats=st.lists(SHORT, max_size=3).map(tuple),
        verification=verification,
        model=st.sampled_from(["offline", "openai:<!channel>"]),
        elapsed_ms=st.just(3),
        library_generation=st.just("gen-000001"),
        created_at=st.just("2031-05-08T00:00:00+00:00"),
    )


@settings(max_examples=60, deadline=None)
@given(answers())
def test_slack_refuses_no_answer_and_nothing_in_one_is_live(answer: Answer) -> None:
    for message in answer_messages(answer, "7", chart=True, share=True):
        block_kit.check_message(message.text, message.blocks)
        assert block_kit.live(message.text, message.blocks) == []
    view = proof_view(answer)
    block_kit.check_view(view)
    assert block_kit.live("", view["blocks"]) == []


@settings(max_examples=30, deadline=None)
@given(TEXT)
def test_no_word_of_a_plain_text_is_lost_in_splitting(text: str) -> None:
    answer = _plain(text)
    kept = "".join(shown(answer).split())
    for line in filter(str.strip, text_lines(answer)):
        assert "".join(line.split()) in kept


def text_lines(answer: Answer) -> list[str]:
    from assistant.interfaces.render.page import page

    return [line.lstrip(" -*•") for line in page(answer).text.split("\n")]


def _plain(text: str) -> Answer:
    return Answer(
        question="?",
        text=text,
        status="answered",
        verification=Verification(verdict="verified"),
        model="offline",
        elapsed_ms=1,
        library_generation="gen-000001",
        created_at="2031-05-08T00:00:00+00:00",
    )
