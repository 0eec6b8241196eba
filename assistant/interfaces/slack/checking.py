"""Checks the figures of any message: which of its sentences the documents support, and which not, and why."""

from __future__ import annotations

from assistant.errors import AssistantError
from assistant.interfaces.render.slack.check import check_messages
from assistant.interfaces.slack.office import Office, reason
from assistant.interfaces.slack.task import Work


def check_figures(office: Office, work: Work) -> str:
    """Shows the asking person what holds of the message; the outcome."""
    task = work.task
    if not task.text:
        return office.apologise(work, "nothing_to_check")
    try:
        checked = office.rooms.of(task.channel).check(task.text)
    except AssistantError as error:
        return office.apologise(work, reason(error), error)
    office.whispers.whisper(work, check_messages(checked))
    return "answered"
