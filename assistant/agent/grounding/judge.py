"""Whether a statement holds: the six rules in the order in which they are told to whoever repairs a draft."""

from __future__ import annotations

from itertools import chain

from assistant.agent.grounding.amounts import Amount, agree, amounts, calculated, stated
from assistant.agent.grounding.belonging import misplaced
from assistant.agent.grounding.claims import smuggled, unsupported
from assistant.agent.grounding.draft import Statement
from assistant.agent.grounding.mentions import dose_count
from assistant.agent.grounding.names import foreign
from assistant.agent.grounding.quotes import altered
from assistant.agent.grounding.reading import Support, cited, known
from assistant.agent.grounding.turn import Turn
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.agent.grounding.wording import CONTRAST, asserted, way
from assistant.values import Result, Working


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
        or misplaced(asserted(statement.said), turn.registry, turn.read_from(support), support.lines)
        or unsupported(statement.said, turn.ground(statement.said, support))
    )


def _working(statement: Statement, turn: Turn) -> str | None:
    for marker in statement.markers:
        if marker.startswith("c") and (failing := turn.checked[int(marker[1:]) - 1].failing):
            return reason("working", name=f"[{marker}]", input=f"{failing.name} = {failing.value:g} {failing.unit}".strip())
    return None


def _quotation(statement: Statement, support: Support) -> str | None:
    texts = [*support.passages, *support.headings, *chain.from_iterable(w.notes for _, w in support.workings)]
    wrong = altered(statement.said, texts)
    return reason("quotation", name=wrong) if wrong else None


def _figure(statement: Statement, support: Support, turn: Turn) -> str | None:
    contrasts = [match.span() for match in CONTRAST.finditer(statement.said)]
    for amount in amounts(statement.said):
        if any(start <= amount.start < end for start, end in contrasts) and turn.asked(amount):
            continue
        if not (
            _in_sources(amount, support) or _in_facts(amount, support, turn) or _in_workings(amount, support) or _counted(amount, turn)
        ):
            return reason("figure", name=amount.text)
    return None


def _in_sources(amount: Amount, support: Support) -> bool:
    texts = chain(support.passages, support.headings)
    return any(stated(amount, source) for text in texts for source in amounts(text))


def _in_facts(amount: Amount, support: Support, turn: Turn) -> bool:
    """Whether a typed fact that was read in a cited passage has the value, as a table cell whose unit stands in its heading.

    A figure of an arm's name, "2 x 10 MBq", is part of a name.
    """
    cited_ = [source.passage for _, source in support.sources]
    labels = (arm.label for study in turn.studies for arm in study.arms)
    if any(amount.text in label and stated(amount, known_) for label in labels for known_ in amounts(label)):
        return True
    return any(
        bool(amount.unit) == bool(fact.unit) and agree(amount, fact.value, fact.unit, "document")
        for fact in turn.facts
        if any(p.document == fact.span.document and p.start <= fact.span.start < p.end for p in cited_)
    )


def _in_workings(amount: Amount, support: Support) -> bool:
    for _, working in support.workings:
        if any(calculated(amount, value.value, value.unit, value.name) for value in _values(working)):
            return True
        names = (value.name for value in _values(working))
        if any(stated(amount, known_) for text in (*working.notes, *names) for known_ in amounts(text)):
            return True
    return False


def _values(working: Working) -> list[Result]:
    """Results, and operands as results, which have no span."""
    return [*working.results, *(Result(name=o.name, value=o.value, unit=o.unit) for o in working.operands)]


def _counted(amount: Amount, turn: Turn) -> bool:
    """Whether a small number counts what the evidence has: its studies, arms and compounds, or figures and sources as such."""
    if amount.kind == "rank":
        most = max((dose_count(arm) or 0 for study in turn.studies for arm in study.arms), default=0)
        return (not amount.nouns or bool(amount.nouns & stems("dose"))) and amount.value <= most
    if amount.unit or amount.kind not in ("number", "word", "count") or amount.value != int(amount.value) or amount.value > 10:
        return False
    if not amount.nouns:
        return (amount.kind == "word" and amount.value == 1 and amount.text.lower() == "one") or amount.text.lower() == "both"
    words = table("meaning")
    counts = {
        "counted_studies": {len(turn.studies)},
        "counted_arms": {len(study.arms) for study in turn.studies},
        "counted_compounds": {len({study.compound for study in turn.studies if study.compound})},
    }
    if amount.nouns & stems("dose"):
        return any(dose_count(arm) == amount.value for study in turn.studies for arm in study.arms)
    for name, allowed in counts.items():
        if amount.nouns & stems(words[name]) and int(amount.value) in allowed:
            return True
    return bool(amount.nouns & stems(words["countable"]))


def _smuggled(statement: Statement, turn: Turn) -> str | None:
    """A sentence that states no fact must bring along no figure, name or loaded claim that neither question nor evidence has."""
    for amount in amounts(statement.said):
        if not _anywhere(amount, turn):
            return reason("elsewhere", name=amount.text)
    if statement.kind in ("lead", "heading") and _tells(statement.said, turn):
        return reason("uncited")
    if statement.kind in ("missing", "absence"):
        return foreign(statement.said, turn.names)
    return foreign(statement.said, turn.names) or smuggled(statement.said, turn.words)


def _tells(said: str, turn: Turn) -> bool:
    """Whether a lead-in or heading says something of its own: a word that is neither the evidence's nor a frame's."""
    return bool(content(said) - turn.words - stems(table("words")["frame"])) or way(said) != 0


def _anywhere(amount: Amount, turn: Turn) -> bool:
    evidence = turn.evidence
    texts = [*(f"{d.title}\n{d.date or ''}" for d in evidence.documents)]
    everything = Support(tuple(("", s) for s in evidence.sources), tuple((f"c{i}", w) for i, w in enumerate(evidence.workings, 1)))
    if _counted(amount, turn) or turn.repeats(amount) or any(stated(amount, known_) for text in texts for known_ in amounts(text)):
        return True
    return _in_sources(amount, everything) or _in_workings(amount, everything)
