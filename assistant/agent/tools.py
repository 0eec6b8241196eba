"""The desk's tools as LangChain's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from assistant.agent.desk import MENDABLE, Output


class Offering(Protocol):
    """What has the functions of the tools by their names: a Desk, or Sessions, which call them over the newest generation."""

    @property
    def tools(self) -> Mapping[str, Callable[..., Output]]: ...


def tools_over(desk: Offering) -> list[BaseTool]:
    """The tools of the contract; what a model can mend is told to it."""
    return [
        StructuredTool.from_function(func=_told(function), name=name, response_format="content_and_artifact", handle_tool_error=True)
        for name, function in desk.tools.items()
    ]


def _told(function: Callable[..., Output]) -> Callable[..., tuple[str, dict[str, Any]]]:
    """``function``, with its evidence as JSON has it: an artifact may be written down with the messages."""

    @wraps(function)
    def tell(*args: Any, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        try:
            content, evidence = function(*args, **kwargs)
        except MENDABLE as error:
            raise ToolException(str(error)) from error
        return content, evidence.model_dump(mode="json")

    return tell
