"""Whether a statement holds: the six rules in the order in which they are told to whoever repairs a draft."""

from __future__ import annotations

from itertools import chain

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.claims import smuggled
from assistant.agent.grounding.names import foreign
from assistant.agent.grounding.parts import unlike
from assistant.agent.grounding.quotes import altered
from assistant.agent.grounding.reading import Support, cited, known
from assistant.agent.grounding.signals import signals
from assistant.agent.grounding.statement import Statement
from assistant.agent.grounding.supported import anywhere, is_count, unfounded
from assistant.agent.grounding.turn import Turn
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.agent.grounding.weighing import verdict
from assistant.agent.grounding.wording import asserted, beside_lack, way


def fault(statement: Statement, turn: Turn) -> str | None:
    """Why ``statement`` must go, in words; None where it may stay."""
    for marker in statement.markers:
        if not known(marker, turn.evidence):
            return reason("marker", name=f"[{marker}]")
    if statement.kind == "rule":
        return None
    if not statement.states:
        return _smuggled(statement, turn)
    if not statement.markers:
        return reason("uncited")
    support = cited(statement.markers, turn.evidence)
    return (
        _working(statement, turn)
        or _quotation(statement, support)
        or _figure(statement, support, turn)
        or verdict(signals(statement, support, turn))
    )


def _working(statement: Statement, turn: Turn) -> str | None:
    for marker in statement.markers:
        if marker.startswith("c") and (failing := turn.checked[int(marker[1:]) - 1].failing):
            return reason("working", name=f"[{marker}]", input=f"{failing.name} = {failing.amount}")
    return None


def _quotation(statement: Statement, support: Support) -> str | None:
    texts = [*support.passages, *support.headings, *chain.from_iterable(w.notes for _, w in support.workings)]
    wrong = altered(statement.said, texts)
    return reason("quotation", name=wrong) if wrong else None


def _figure(statement: Statement, support: Support, turn: Turn) -> str | None:
    for clause, markers in statement.cells:
        if markers and (wrong := unfounded(clause, cited(markers, turn.evidence), turn)):
            return reason("figure", name=wrong)
    if wrong := unfounded(support.untitled(statement.said), support, turn) or unlike(asserted(statement.said), support):
        return reason("figure", name=wrong)
    return None


def _smuggled(statement: Statement, turn: Turn) -> str | None:
    """A sentence that states no fact must bring along no figure, name or loaded claim that neither question nor evidence has."""
    absent = statement.kind in ("missing", "absence")
    for amount in amounts(statement.said):
        if absent and is_count(amount):  # "an arm with three doses": what is absent may be named
            continue
        if not anywhere(amount, turn):
            return reason("elsewhere", name=amount.text)
    if statement.kind in ("lead", "heading") and _tells(statement.said, turn):
        return reason("uncited")
    if absent:
        return foreign(statement.said, turn.names) or smuggled(beside_lack(statement.said), turn.words)
    return foreign(statement.said, turn.names) or smuggled(statement.said, turn.words)


def _tells(said: str, turn: Turn) -> bool:
    """Whether a lead-in or heading says something of its own: a word that is neither the evidence's nor a frame's."""
    return bool(content(said) - turn.words - stems(table("words")["frame"])) or way(said) != 0
