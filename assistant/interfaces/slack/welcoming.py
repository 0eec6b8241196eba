"""Greets who opens the assistant's pane, with questions that the documents answer."""

from __future__ import annotations

from assistant.interfaces.render.slack.answer import words
from assistant.interfaces.slack.office import Office
from assistant.interfaces.slack.task import Work
from assistant.interfaces.suggestions import suggestions

# Slack shows four at most.
_MOST_PROMPTS = 4


def welcome(office: Office, work: Work) -> str:
    """Says what there is and sets the suggested prompts; the outcome."""
    assistant = office.rooms.of(work.task.channel)
    studies, documents = assistant.studies(), assistant.documents()
    counts = {"documents": len(documents), "studies": len(studies)}
    office.reply(work, words("welcome", "greeting", **{name: words("welcome", name, count=count) for name, count in counts.items()}))
    office.surroundings.suggest(work, words("welcome", "suggested"), suggestions(studies, documents, _MOST_PROMPTS))
    return "answered"
