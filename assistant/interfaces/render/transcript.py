"""A conversation as a file: Markdown, JSON or one HTML page."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.interfaces.render.clean import json_for_terminals, one_line
from assistant.interfaces.render.markdown import answer_markdown, escaped
from assistant.studies.facts import Study
from assistant.values import Answer

SUFFIXES = (".md", ".json", ".html")


def transcript(answers: Sequence[Answer], suffix: str, studies: Sequence[Study] = ()) -> str:
    """The text of a file that ends in ``suffix``, one of SUFFIXES; JSON is a list of answers as ``ask --json`` prints them."""
    if suffix == ".json":
        from pydantic_core import to_json

        return json_for_terminals(to_json(list(answers), indent=2).decode()) + "\n"
    if suffix == ".html":
        from assistant.interfaces.render.html import answers_html

        return answers_html(answers, studies)
    title = escaped(one_line(answers[0].question)) if answers else ""
    return "\n".join([f"# {title}\n", *map(answer_markdown, answers)])
