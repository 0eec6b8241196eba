"""Answers as one HTML page that needs nothing else: no script, no font, no picture from anywhere.

A marker shows its quote, in its passage, where the pointer or the keyboard's focus is on it, and leads to it when it is
followed. The page is readable on paper, in the dark and without its style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.interfaces.render.articles import article, environment
from assistant.studies.facts import Study
from assistant.values import Answer


def answers_html(answers: Sequence[Answer], studies: Sequence[Study] = (), title: str | None = None) -> str:
    """The page of ``answers``; those of ``studies`` that an answer speaks of are drawn. ``title`` is the first question if not given."""
    templates = environment()
    articles = [
        article(answer, studies, templates, name=f"a{number}", marker="marker.html.jinja") for number, answer in enumerate(answers, 1)
    ]
    heading = title or next((article.page.question for article in articles), "Conversation")
    return templates.get_template("answers.html.jinja").render(title=heading, articles=articles) + "\n"
