"""Draft and evidence in, verified answer out; no model is asked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.evidence import Evidence
from assistant.agent.grounding.answer import renumber, without
from assistant.agent.grounding.citations import Register
from assistant.agent.grounding.draft import Statement, read
from assistant.agent.grounding.judge import fault
from assistant.agent.grounding.turn import Turn
from assistant.resources import prompt_table
from assistant.values import Calculation, CheckedSentence, Citation, Status, Value, Verification


class Grounded(Value):
    """A verified text with what it rests on; the parts of an Answer that grounding decides."""

    text: str
    status: Status
    missing: tuple[str, ...]
    citations: tuple[Citation, ...]
    calculations: tuple[Calculation, ...]
    verification: Verification


def verify(draft: str, evidence: Evidence, question: str, earlier: Sequence[str] = ()) -> Grounded:
    """Takes out of ``draft`` what ``evidence`` does not support, and numbers citations and calculations for good.

    ``draft`` is Markdown with markers ``[n]`` and ``[c1]`` that name the turn's evidence; ``earlier`` are the user's previous
    questions. Never raises for what a draft contains.
    """
    draft = draft.replace("\r\n", "\n").replace("\x00", "")
    statements = read(draft)
    turn = Turn(evidence, (question, *earlier))
    faults = [fault(statement, turn) for statement in statements]
    kept = [s for s, wrong in zip(statements, faults, strict=True) if wrong is None]
    dropped = [s for s, wrong in zip(statements, faults, strict=True) if wrong is not None]
    register = Register(turn.checked)
    finals: dict[int, tuple[str, ...]] = {}
    texts: dict[int, str] = {}

    def rewrite(index: int, raw: str) -> str:
        names = {marker: _final(marker, kept[index], register, evidence) for marker in kept[index].markers}
        finals[index] = tuple(dict.fromkeys(name for marker in kept[index].markers for name in names[marker]))
        texts[index] = renumber(raw, lambda marker: names[marker])
        return texts[index]

    text = without(draft, dropped, rewrite, kept)
    calculations = register.calculations()
    numbers = {id(statement): index for index, statement in enumerate(kept)}
    sentences = tuple(
        CheckedSentence(text=draft[s.start : s.end], supported=False, reason=wrong)
        if wrong
        else CheckedSentence(text=texts[numbers[id(s)]], supported=True, by=finals[numbers[id(s)]])
        for s, wrong in zip(statements, faults, strict=True)
        if s.kind != "rule"
    )
    text, status, missing = _settle(text, statements, kept)
    return Grounded(
        text=text,
        status=status,
        missing=missing,
        citations=register.citations(),
        calculations=calculations,
        verification=Verification(
            verdict="partly_verified" if dropped else "verified",
            sentences=sentences,
            dropped=tuple(draft[s.start : s.end] for s in dropped),
        ),
    )


def _final(marker: str, statement: Statement, register: Register, evidence: Evidence) -> list[str]:
    if marker.startswith("c"):
        return [register.working(int(marker[1:]) - 1)]
    return [str(number) for number in register.source(statement.said, evidence.sources[int(marker) - 1])]


def _settle(text: str, statements: Sequence[Statement], kept: Sequence[Statement]) -> tuple[str, Status, tuple[str, ...]]:
    """The text, its status and what it says is missing; where no fact is left of those drafted, that is said plainly."""
    lead: str = prompt_table("conventions.toml")["missing_lead"]
    absent = [s for s in kept if s.kind == "missing"]
    first = next((s for s in statements if s.kind not in ("rule", "heading")), None)
    status: Status = "answered"
    if first and first.kind == "clarify":
        status = "needs_clarification"
    elif first and first.kind == "missing":
        status = "not_in_sources"
    missing = [item for s in absent for item in _items(s.said.removeprefix(lead))]
    emptied = any(s.states for s in statements) and not any(s.states for s in kept)
    if not text or (emptied and status == "answered"):
        nothing: str = prompt_table("grounding.toml")["nothing_left"]
        text = "\n\n".join([nothing, *(s.said for s in absent)])
        missing = [*_items(nothing.removeprefix(lead)), *missing]
        status = "not_in_sources"
    return text, status, tuple(dict.fromkeys(missing))


def _items(body: str) -> list[str]:
    return [item.strip(" .\n") for item in body.split(";") if item.strip(" .\n")]
