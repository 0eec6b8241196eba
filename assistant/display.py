"""How a value shows itself in a notebook.

Values lie below everything that draws and may import none of it; so they ask here, and the package, when it is imported, says
who answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Form = Literal["html", "markdown"]
Renderer = Callable[["Displayed", Form], str]

_renderers: list[Renderer] = []


class Displayed:
    """A value that Jupyter, and whatever else asks as IPython does, shows as it is meant to be read."""

    def _repr_html_(self) -> str | None:
        return _rendered(self, "html")

    def _repr_markdown_(self) -> str | None:
        return _rendered(self, "markdown")


def bind(renderer: Renderer) -> None:
    """Lets ``renderer`` show all values from now on."""
    _renderers[:] = [renderer]


def _rendered(value: Displayed, form: Form) -> str | None:
    return next((render(value, form) for render in _renderers), None)
