"""Draws the survival of the studies that an answer speaks of, and uploads the picture to its thread."""

from __future__ import annotations

from assistant.interfaces.render.slack.answer import words
from assistant.interfaces.render.slack.kit import escaped
from assistant.interfaces.slack.answering import charted
from assistant.interfaces.slack.office import Office
from assistant.interfaces.slack.task import Work


def draw_chart(office: Office, work: Work) -> str:
    """Uploads the chart of the answer that the task is about; the outcome."""
    from assistant.studies.chart import drawn, panels

    answer = office.posts.answer(work.task.about or 0)
    if answer is None:
        return office.apologise(work, "gone")
    assistant = office.rooms.of(work.task.channel)
    studies = charted(answer, assistant)
    if not studies:
        return office.apologise(work, "no_chart")
    titles = {document.id: document.title for document in assistant.documents()}
    picture = drawn(panels(studies, titles))
    names = ", ".join(dict.fromkeys(study.name for study in studies))
    office.delivery.upload(work, picture, escaped(words("chart", "title", studies=names)))
    return "answered"
