"""What a turn's drafts are worth: each one verified, the best chosen, and what is said where nothing of them is left."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import Background, Grounded, verify
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.phrasing import phrase, quoted
from assistant.agent.offline.sentences.lookup import Wording, rank
from assistant.agent.offline.sentences.units import units
from assistant.agent.presentation import current_turn, evidence_of, gather, is_question
from assistant.resources import prompt_table

# Passages among which the nearest sentence is sought.
_NEAREST_AMONG = 4


def drafts(messages: Sequence[AnyMessage]) -> list[str]:
    """The texts of the current turn that were meant as answers, in their order."""
    return [m.text for m in current_turn(messages) if isinstance(m, AIMessage) and not m.tool_calls]


def judged(draft: str, messages: Sequence[AnyMessage], background: Background | None = None) -> Grounded:
    """``draft`` verified against the evidence of the current turn and what is known beside it."""
    turn = current_turn(messages)
    earlier = [m.text for m in messages[: len(messages) - len(turn)] if is_question(m)]
    return verify(draft, gather(turn), turn[0].text, earlier, background)


def best(messages: Sequence[AnyMessage], encode: Encode | None, background: Background | None = None) -> Grounded:
    """The draft of which most is supported; among equals the one that lost least, then the later.

    Where a draft lost all that it stated, the nearest that the sources say is cited as such; ``encode`` finds it.
    """
    verified = [judged(draft, messages, background) for draft in drafts(messages)]
    chosen = max(reversed(verified), key=_worth)
    emptied = chosen.status == "not_in_sources" and bool(chosen.verification.dropped) and not chosen.citations
    return _with_nearest(chosen, messages, encode) if emptied and encode else chosen


def _worth(grounded: Grounded) -> tuple[int, int]:
    stated = sum(1 for sentence in grounded.verification.sentences if sentence.supported and sentence.by)
    return stated, -len(grounded.verification.dropped)


def _with_nearest(emptied: Grounded, messages: Sequence[AnyMessage], encode: Encode) -> Grounded:
    nearest = _nearest(current_turn(messages), encode)
    if nearest is None:
        return emptied
    nothing: str = prompt_table("grounding.toml")["nothing_left"]
    cited = judged(f"{nothing}\n\n{nearest}", messages)
    if cited.verification.dropped:
        return emptied
    kept = [sentence for sentence in emptied.verification.sentences if not sentence.supported]
    verification = emptied.verification.model_copy(update={"sentences": (*cited.verification.sentences, *kept)})
    return cited.model_copy(update={"verification": verification})


def _nearest(turn: Sequence[AnyMessage], encode: Encode) -> str | None:
    """The sentence nearest to the question, quoted, from the passages that the first search put first."""
    evidence = gather(turn)
    candidates = [unit for unit in units(evidence.sources) if unit.source in _found_first(turn, evidence)]
    question = next(message.text for message in turn if isinstance(message, HumanMessage))
    matches = rank(Wording(question, question), candidates, encode)
    return quoted(phrase("nearest"), matches[0].unit.quote, f"[{matches[0].unit.source}]") if matches else None


def _found_first(turn: Sequence[AnyMessage], evidence: Evidence) -> frozenset[int]:
    """The numbers of the first passages of the first search that found any; of the evidence itself where none was made."""
    searches = [found for m in turn if isinstance(m, ToolMessage) and m.name == "search_passages" and (found := evidence_of(m))]
    sources = next((found.sources for found in searches if found.sources), evidence.sources)
    ids = {source.passage.id for source in sources[:_NEAREST_AMONG]}
    return frozenset(number for number, source in enumerate(evidence.sources, 1) if source.passage.id in ids)
