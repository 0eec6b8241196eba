"""What holds for every draft, whatever a model writes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_evidence import RELEASE, release_turn

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding import Grounded, verify
from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.draft import read
from assistant.agent.grounding.markdown import markers, unmarked
from assistant.values import Operand, Passage, Span, Working

_CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["release"]
_SENTENCES = [s for side in _CASES.values() for kind in side.values() for s in kind]
_RELEASE = release_turn()
_QUESTION = "How much is 50 uCi?"

_noise = st.text(alphabet='ab1 .,;:[]()|*_#-\n“”"c%135µ', max_size=40)
_drafts = st.lists(st.one_of(st.sampled_from(_SENTENCES), _noise), max_size=6).flatmap(
    lambda parts: st.sampled_from([" ", "\n", "\n\n"]).map(lambda joint: joint.join(parts))
)
_written_drafts = st.lists(st.sampled_from(_SENTENCES), max_size=8).map("\n\n".join)
_any_draft = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_any_draft
@given(_drafts)
def test_every_marker_has_its_citation_or_calculation(draft: str) -> None:
    found = verify(draft, _RELEASE, _QUESTION)
    ids = {str(c.id) for c in found.citations} | {c.id for c in found.calculations}
    assert set(markers(found.text)) <= ids
    used = set(markers(found.text))
    inputs = {str(i.citation) for c in found.calculations for i in c.inputs if i.citation}
    sources = {i.source for c in found.calculations for i in c.inputs}
    assert ids <= used | inputs | sources


@_any_draft
@given(_drafts)
def test_every_quote_is_verbatim(draft: str) -> None:
    for citation in verify(draft, _RELEASE, _QUESTION).citations:
        assert citation.quote == RELEASE[citation.start : citation.end]
        assert citation.quote in citation.passage


@_any_draft
@given(_drafts)
def test_every_figure_of_a_fact_is_in_what_it_cites(draft: str) -> None:
    """Without the unit conversions and roundings of the real check: the digits stand in a quote, a calculation or the question."""
    found = verify(draft, _RELEASE, _QUESTION)
    shown = [c.passage + c.document.title + str(c.document.date) for c in found.citations]
    shown += [c.model_dump_json() for c in found.calculations] + [_QUESTION]
    for statement in read(found.text):
        for amount in amounts(statement.said) if statement.states else ():
            if amount.kind == "number" and amount.unit in ("day", "uCi") and re.fullmatch(r"[\d.]+ (?:days|uCi)", amount.text):
                assert any(known.value for text in shown for known in amounts(text)), amount


@_any_draft
@given(_drafts)
def test_what_is_dropped_is_not_in_the_text(draft: str) -> None:
    found = verify(draft, _RELEASE, _QUESTION)
    left = [found.text[s.start : s.end] for s in read(found.text)]
    assert not [dropped for dropped in found.verification.dropped if dropped in left and dropped in _SENTENCES]
    assert (found.verification.verdict == "partly_verified") == bool(found.verification.dropped)


@_any_draft
@given(_written_drafts)
def test_a_verified_text_is_verified_again(draft: str) -> None:
    found = verify(draft, _RELEASE, _QUESTION)
    again = verify(found.text, _evidence_of(found), _QUESTION)
    # A heading may have the words of any passage of the turn, of which only those are left that are cited.
    assert all(sentence.startswith("#") for sentence in again.verification.dropped)
    assert markers(again.text) == markers(found.text)


@_any_draft
@given(_noise)
def test_marks_are_taken_off_in_place(draft: str) -> None:
    text, origins = unmarked(draft)
    assert len(text) == len(origins)
    assert origins == sorted(origins)
    assert all(character in (draft[origin], "-", " ") for character, origin in zip(text, origins, strict=True))


@pytest.mark.parametrize(
    "draft", ["[1]", "[99]", "**", "|", "| |", "|---|", "#", "- ", "[c1][c1]", "“", "[1", "\x00", "\u202e[1]", "[0]", "[c0]"]
)
def test_odd_drafts_do_not_fail(draft: str) -> None:
    assert verify(draft, _RELEASE, _QUESTION).verification is not None


def test_verification_is_deterministic() -> None:
    draft = " ".join(_SENTENCES[:60])
    assert verify(draft, _RELEASE, _QUESTION) == verify(draft, _RELEASE, _QUESTION)


def _evidence_of(found: Grounded) -> Evidence:
    """The evidence that an answer itself carries: its citations as sources, its calculations as workings."""
    sources = []
    for citation in found.citations:
        start = RELEASE.index(citation.passage)
        passage = Passage(id=str(citation.id), document="release", start=start, end=start + len(citation.passage), text=citation.passage)
        sources.append(Source(passage=passage, document=citation.document))
    workings = []
    for calculation in found.calculations:
        original = next(w for w in _RELEASE.workings if w.formula == calculation.formula and w.results == calculation.results)
        workings.append(Working(**original.model_dump()))
    return Evidence(sources=tuple(sources), workings=tuple(workings), studies=_RELEASE.studies)


def test_a_span_outside_the_sources_supports_nothing() -> None:
    benefit = _RELEASE.workings[0]
    moved = benefit.operands[0].model_copy(update={"span": Span(document="elsewhere", start=0, end=5)})
    forged = benefit.model_copy(update={"operands": (moved, *benefit.operands[1:])})
    assert verify("The gain was 71 days [c1].", Evidence(sources=_RELEASE.sources, workings=(forged,)), "?").status == "not_in_sources"
    assert isinstance(moved, Operand)
