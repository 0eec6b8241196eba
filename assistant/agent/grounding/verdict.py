"""Draft and evidence in, verified answer out; no model is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.agent.evidence import Evidence
from assistant.agent.grounding.answer import renumber, without
from assistant.agent.grounding.background import Background
from assistant.agent.grounding.citations import Register
from assistant.agent.grounding.draft import read
from assistant.agent.grounding.judge import fault
from assistant.agent.grounding.statement import Statement
from assistant.agent.grounding.turn import Turn
from assistant.language.brackets import covered, set_behind, uncovered
from assistant.resources import prompt_table
from assistant.values import Calculation, CheckedSentence, Citation, Status, Value, Verification

# A semicolon between two things that are missing, not before a clause that has a verb of its own.
_BETWEEN = re.compile(
    r";(?!\s*(?:nothing|none|neither|it|they|there|this|that|these|those)\b)(?!\s*(?:the|its|their)\s[^;]*?\b(?:is|are|was|were|does|do|did|has|have|gives?|says?|speaks?|names?|states?)\b)",
    re.IGNORECASE,
)
Judged = Sequence[tuple[Statement, str | None]]


class Grounded(Value):
    """A verified text with what it rests on; the parts of an Answer that grounding decides."""

    text: str
    status: Status
    missing: tuple[str, ...]
    citations: tuple[Citation, ...]
    calculations: tuple[Calculation, ...]
    verification: Verification


# What holds facts and states none.
_FRAMES = frozenset(["heading", "lead", "columns", "rule"])


def verify(
    draft: str, evidence: Evidence, question: str, earlier: Sequence[str] = (), background: Background | None = None
) -> Grounded:  # fmt: skip
    """Takes out of ``draft`` what ``evidence`` does not support, and numbers citations and calculations for good.

    ``draft`` is Markdown with markers ``[n]`` and ``[c1]`` that name the turn's evidence; brackets that it quotes from a source stay
    what they are. ``earlier`` are the user's previous
    questions. ``background`` is what is known beside the evidence. Never raises for what a draft contains.
    """
    theirs = [text for source in evidence.sources for text in (source.passage.text, source.document.title)]
    draft = set_behind(covered(draft.replace("\r\n", "\n").replace("\x00", ""), theirs))
    turn = Turn(evidence, (question, *earlier), background or Background())
    judged = [(statement, fault(statement, turn)) for statement in read(draft)]
    kept = [statement for statement, wrong in judged if wrong is None]
    status = _status([statement for statement, _ in judged])
    missing = _missing(kept)
    register = Register(turn.checked)
    finals = {statement.start: _finals(statement, register, evidence) for statement in kept}
    texts = {s.start: _final(s, draft, finals[s.start]) for s in kept}
    text = without(draft, judged, texts)
    if not text or (status == "answered" and _is_emptied(judged)):
        return _nothing_left(draft, judged, missing)
    calculations = register.calculations()
    return Grounded(
        text=uncovered(text),
        status=status,
        missing=missing,
        citations=register.citations(),
        calculations=calculations,
        verification=_verification(draft, judged, texts, finals),
    )


def _final(statement: Statement, draft: str, finals: Mapping[str, Sequence[str]]) -> str:
    """The statement as it is shown; one that inherits its citation carries it."""
    raw = draft[statement.start : statement.end]
    if statement.inherits:
        marks = "".join(f"[{marker}]" for marker in statement.markers)
        raw = f"{raw.rstrip()[:-1].rstrip()} {marks} |" if raw.rstrip().endswith("|") else f"{raw.rstrip()} {marks}"
    return renumber(raw, finals)


def _finals(statement: Statement, register: Register, evidence: Evidence) -> dict[str, list[str]]:
    """The final ids of a statement's markers; asked in the order of the text."""
    found = {}
    for marker in statement.markers:
        if marker.startswith("c"):
            found[marker] = [register.working(int(marker[1:]) - 1)]
        else:
            found[marker] = [str(number) for number in register.source(statement.said, evidence.sources[int(marker) - 1])]
    return found


def _verification(draft: str, judged: Judged, texts: Mapping[int, str], finals: Mapping[int, Mapping[str, Sequence[str]]]) -> Verification:
    checked = []
    for statement, wrong in judged:
        if statement.kind == "rule":
            continue
        by = tuple(dict.fromkeys(name for names in finals.get(statement.start, {}).values() for name in names))
        text = texts.get(statement.start, draft[statement.start : statement.end])
        checked.append(CheckedSentence(text=uncovered(text), supported=wrong is None, by=by, reason=wrong))
    dropped = tuple(uncovered(draft[s.start : s.end]) for s, wrong in judged if wrong is not None)
    return Verification(verdict="partly_verified" if dropped else "verified", sentences=tuple(checked), dropped=dropped)


def _status(statements: Sequence[Statement]) -> Status:
    """What a draft's first sentence says that it is."""
    first = next((statement.kind for statement in statements if statement.kind not in ("rule", "heading")), None)
    return "needs_clarification" if first == "clarify" else "not_in_sources" if first == "missing" else "answered"


def _missing(kept: Sequence[Statement]) -> tuple[str, ...]:
    lead: str = prompt_table("conventions.toml")["missing_lead"]
    return tuple(dict.fromkeys(item for s in kept if s.kind == "missing" for item in _items(s.said.removeprefix(lead))))


def _is_emptied(judged: Judged) -> bool:
    """Whether facts were drafted, or headings and lead-ins of some, and no fact is left."""
    announced = any(s.states for s, _ in judged) or all(s.kind in _FRAMES for s, _ in judged)
    return announced and not any(s.states for s, wrong in judged if wrong is None)


def _nothing_left(draft: str, judged: Judged, missing: Sequence[str]) -> Grounded:
    """Says plainly that no fact was supported, and what else the draft said is missing; nothing is cited then."""
    nothing: str = prompt_table("grounding.toml")["nothing_left"]
    lead: str = prompt_table("conventions.toml")["missing_lead"]
    return Grounded(
        text="\n\n".join([nothing, *(f"{lead} {item}." for item in missing)]),
        status="not_in_sources",
        missing=tuple(dict.fromkeys([*_items(nothing.removeprefix(lead)), *missing])),
        citations=(),
        calculations=(),
        verification=_verification(draft, judged, {}, {}),
    )


def _items(body: str) -> list[str]:
    """What is missing, entry by entry; a clause that goes on about an entry stays with it."""
    return [item.strip(" .\n") for item in _BETWEEN.split(body) if item.strip(" .\n")]
