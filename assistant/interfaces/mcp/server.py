"""An Assistant as an MCP server: six read-only tools, whose results are values with a JSON schema and the same in words, or a picture."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, ImageContent, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError

from assistant.agent.desk import Output
from assistant.api import Assistant
from assistant.errors import AssistantError
from assistant.interfaces.mcp.results import Calculated, Passages, calculated
from assistant.interfaces.render.bars import bars_text
from assistant.interfaces.render.plain import answer_text, calculation_text
from assistant.resources import prompt
from assistant.settings import OFFLINE
from assistant.studies.chart import drawn, panels
from assistant.studies.evidence import Studies
from assistant.studies.evidence import evidence as evidence_rows
from assistant.values import Answer, Value

_MOST_PASSAGES = 20
_COLUMNS = 100  # of a chart in characters


class Tools:
    """The tools, as methods whose signatures and docstrings are what a client is told of them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: Annotated[str, Field(description="One question that can be understood by itself.")]) -> Answered:
        """Answer a question about the documents. Every figure is a verbatim quote or a calculation whose inputs are such quotes.

        The status tells "answered" from "not_in_sources" and "needs_clarification". Nothing is kept.
        """
        answer = self._assistant.ask(question)
        return _result(answer_text(answer), answer)

    def search_passages(
        self,
        query: Annotated[str, Field(description="Words that the passages should have or mean.")],
        k: Annotated[int, Field(ge=1, le=_MOST_PASSAGES, description="How many passages.")] = 5,
    ) -> FoundPassages:
        """Find the passages of the documents nearest to a query, with their places in the text."""
        with self._assistant.reading() as session:
            text, found = session.desk.search_passages(query, k)
        return _result(text, Passages(passages=found.sources))

    def list_studies(
        self,
        compound: Annotated[str | None, Field(description="Only studies of this compound.")] = None,
        model: Annotated[str | None, Field(description="Only studies in this disease model or disease.")] = None,
    ) -> ListedStudies:
        """List the studies that the documents report, with their arms: activity, schedule, survival, and the quote of each."""
        with self._assistant.reading() as session:
            text, found = session.desk.list_studies(compound, model)
            rows = evidence_rows(found.studies, session.library.text)
        return _result(text, Studies(studies=found.studies, evidence=rows))

    def survival_benefit(
        self,
        study: Annotated[str, Field(description="A study by any name that list_studies gives it.")],
        treatment: Annotated[str, Field(description="The arm whose gain is asked for.")],
        reference: Annotated[str, Field(description="The arm that it is compared with.")],
        reference_study: Annotated[str | None, Field(description="The study of the reference arm, where it is another.")] = None,
        document: Annotated[str | None, Field(description="A document's id, where two have a study of that name.")] = None,
    ) -> CalculatedResult:
        """Calculate the survival gained by an arm over a reference arm: difference, ratio, percent, with quoted inputs."""
        with self._assistant.reading() as session:
            return _calculation(session.desk.survival_benefit(study, treatment, reference, reference_study, document))

    def decay(
        self,
        nuclide: Annotated[str, Field(description="For example I-131.")],
        activity: Annotated[float, Field(description="At the beginning.")],
        unit: Annotated[str, Field(description="Bq, kBq, MBq, GBq, uCi, mCi or Ci.")],
        elapsed_days: Annotated[float, Field(description="Days from the beginning.")],
    ) -> CalculatedResult:
        """Calculate the physical decay of an activity, without biological clearance; the half-life is from ICRP-107."""
        with self._assistant.reading() as session:
            return _calculation(session.desk.decay(nuclide, activity, unit, elapsed_days))

    def chart(
        self,
        study: Annotated[str | None, Field(description="A study by any name that list_studies gives it; all studies without.")] = None,
        document: Annotated[str | None, Field(description="A document's id, where two have a study of that name.")] = None,
    ) -> CallToolResult:
        """Draw survival by arm as bars, with the gains over the control or the single dose: a PNG picture, and the same in characters."""
        with self._assistant.reading() as session:
            _, found = session.desk.chart(study, document)
            shown = panels(found.studies, {item.id: item.title for item in session.library.documents()})
        picture = ImageContent(type="image", data=b64encode(drawn(shown)).decode(), mime_type="image/png")
        return CallToolResult(content=[picture, TextContent(type="text", text=bars_text(shown, _COLUMNS))])


# What the SDK reads the schema of a structured result from; the words beside it are ours.
Answered = Annotated[CallToolResult, Answer]
FoundPassages = Annotated[CallToolResult, Passages]
ListedStudies = Annotated[CallToolResult, Studies]
CalculatedResult = Annotated[CallToolResult, Calculated]


class Server(MCPServer[Any]):
    """Says in one line which arguments a tool does not take, where the SDK shows pydantic's report."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """The result of a tool; raises ToolError."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            wrong = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.__cause__.errors()]
            raise ToolError(f"{name} was called wrongly: {'; '.join(wrong)}") from error


def server_over(assistant: Assistant) -> Server:
    """A server whose tools ask ``assistant``; what they cannot do is an error result in one line."""
    server = Server(
        "biotech-assistant",
        title="Biotech assistant",
        instructions=prompt("mcp.md"),
        version=version("biotech-assistant"),
        log_level="WARNING",
    )
    tools = Tools(assistant)
    for function in (tools.ask, tools.search_passages, tools.list_studies, tools.survival_benefit, tools.decay, tools.chart):
        reaches_out = function == tools.ask and assistant.settings.model != OFFLINE
        hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=reaches_out)
        server.add_tool(_told(function), annotations=hints)
    return server


def _told(function: Callable[..., CallToolResult]) -> Callable[..., CallToolResult]:
    @wraps(function)
    def tell(**arguments: object) -> CallToolResult:
        try:
            return function(**arguments)
        except AssistantError as error:
            raise ToolError(str(error)) from error

    return tell


def _calculation(output: Output) -> CallToolResult:
    _, evidence = output
    made = calculated(evidence)
    return _result(calculation_text(made.calculation, made.citations), made)


def _result(text: str, value: Value) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=value.model_dump(mode="json"))
