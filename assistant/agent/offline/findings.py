"""Tool calls that the offline model wants, and what came back for each of them in this turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from assistant.agent.evidence import Evidence
from assistant.agent.grounding.markdown import markers
from assistant.agent.presentation import current_turn, evidence_of, gather, marker_of
from assistant.language.brackets import quotations_covered
from assistant.language.sentences import sentences
from assistant.studies.facts import Arm, Study
from assistant.values import DocumentRef, Result, Span, Working

Argument = str | int | float


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call; two with the same name and arguments are one."""

    name: str
    arguments: tuple[tuple[str, Argument], ...]


def call(name: str, **arguments: Argument | None) -> Call:
    """The call of ``name`` with those of ``arguments`` that are not None."""
    return Call(name, tuple((key, value) for key, value in arguments.items() if value is not None))


@dataclass(frozen=True, slots=True)
class Findings:
    """All evidence of the turn, numbered, and what each call brought: evidence, or the reason why there is none."""

    evidence: Evidence
    outcomes: Mapping[Call, Evidence]
    refusals: Mapping[Call, str]

    def made(self, wanted: Call) -> bool:
        """Whether the call has been answered."""
        return wanted in self.outcomes or wanted in self.refusals

    def working(self, wanted: Call) -> Working | None:
        """The calculation that the call brought."""
        outcome = self.outcomes.get(wanted)
        return outcome.workings[0] if outcome and outcome.workings else None

    def result(self, wanted: Call, name: str) -> Result | None:
        """The named result of the call's calculation."""
        working = self.working(wanted)
        return next((result for result in working.results if result.name == name), None) if working else None

    def cite(self, *spans: Span | None) -> str:
        """The markers of the passages that hold ``spans``, for example ``[1][3]``."""
        numbers = [marker_of(span, self.evidence) for span in spans if span]
        return "".join(f"[{number}]" for number in dict.fromkeys(number for number in numbers if number))

    def cite_of(self, study: Study, *spans: Span | None) -> str:
        """The passages that hold ``spans``, and those that name the study's compound and model where these do not."""
        cited = [span for span in spans if span]
        named = ((study.compound, "compound"), (study.model or study.disease, "model" if study.model else "disease"))
        for name, field in named:
            if name and field in study.spans and not any(name in self._passage_text(span) for span in cited):
                cited.append(study.spans[field])
        return self.cite(*cited)

    def cite_arm(self, study: Study, arm: Arm) -> str:
        """The passages that an arm's survival and label stand in, with those that name its study's compound and model.

        A label such as "2 × 20 MBq" says a number of doses that may stand elsewhere.
        """
        doses = arm.spans.get("doses") if "\N{MULTIPLICATION SIGN}" in arm.label else None
        return self.cite_of(study, arm.survival.span if arm.survival else None, arm.spans.get("label"), doses)

    def _passage_text(self, span: Span) -> str:
        number = marker_of(span, self.evidence)
        return self.evidence.sources[number - 1].passage.text if number else ""

    def mark(self, wanted: Call) -> str:
        """The marker of the call's calculation, for example ``[c1]``."""
        working = self.working(wanted)
        return self.mark_of(working) if working else ""

    def mark_of(self, working: Working) -> str:
        """The marker of one of the turn's calculations."""
        return f"[c{self.evidence.workings.index(working) + 1}]"

    def sentence_at(self, span: Span) -> str:
        """See ``sentence_at``."""
        return sentence_at(span, self.evidence)

    def sentence_from(self, span: Span, saying: Callable[[str], bool], *, before: int | None = None) -> str:
        """The first sentence from the one that holds ``span`` on, in its paragraph and begun ``before`` a place, that ``saying`` takes."""
        number = marker_of(span, self.evidence)
        if number is None:
            return ""
        passage = self.evidence.sources[number - 1].passage
        offset = span.start - passage.start
        found = list(sentences(passage.text))
        block = next((s.block for s in found if s.start <= offset < s.end), None)
        said = (s for s in found if s.block == block and s.end > offset and (before is None or passage.start + s.start < before))
        return " ".join(next((s.text for s in said if saying(s.text)), "").split())

    def document_of(self, number: int) -> DocumentRef:
        """The document that source ``number``, cited as ``[number]``, is a passage of."""
        return self.evidence.sources[number - 1].document

    def cited_in(self, text: str) -> set[str]:
        """The ids of the documents that ``text`` cites; brackets of a quotation are its source's own."""
        return {self.document_of(int(name)).id for name in markers(quotations_covered(text)) if name.isdecimal()}

    def document(self, document_id: str) -> DocumentRef | None:
        """The document with this id, if the evidence has a passage of it."""
        return next((s.document for s in self.evidence.sources if s.document.id == document_id), None)


def sentence_at(span: Span, evidence: Evidence) -> str:
    """The sentence that holds the start of ``span``, on one line; empty where no source has it."""
    number = marker_of(span, evidence)
    if number is None:
        return ""
    passage = evidence.sources[number - 1].passage
    offset = span.start - passage.start
    found = next((s.text for s in sentences(passage.text) if s.start <= offset < s.end), "")
    return " ".join(found.split())


def findings(messages: Sequence[AnyMessage]) -> Findings:
    """Reads the tool calls and tool messages of the current turn."""
    turn = current_turn(messages)
    asked = {c["id"]: call(c["name"], **c["args"]) for m in turn if isinstance(m, AIMessage) for c in m.tool_calls}
    outcomes, refusals = {}, {}
    for message in turn:
        if isinstance(message, ToolMessage) and message.tool_call_id in asked:
            evidence = evidence_of(message)
            if evidence is None:
                refusals[asked[message.tool_call_id]] = message.text
            else:
                outcomes[asked[message.tool_call_id]] = evidence
    return Findings(gather(turn), outcomes, refusals)


def call_id(wanted: Call, position: int) -> str:
    """An id for a tool call that is the same whenever the same messages are read again."""
    return f"offline-{position}-{wanted.name}"
