"""Tells somebody who asked where, or is one whom, the bot may not answer."""

from __future__ import annotations

from assistant.interfaces.render.slack.answer import words
from assistant.interfaces.slack.office import Office
from assistant.interfaces.slack.task import Work


def refuse(office: Office, work: Work) -> str:
    """Says so to the asking person only; the outcome."""
    office.reply(work, words("apologies", "refused"))
    return "refused"
