"""Answers a question: asks the Assistant once, keeps the answer, and shows it, in place of what it answers anew."""

from __future__ import annotations

import time
from datetime import datetime

from assistant.api import Assistant
from assistant.errors import AssistantError
from assistant.interfaces.render.slack.answer import answer_messages, words
from assistant.interfaces.render.slack.kit import escaped, shortened
from assistant.interfaces.render.used import studies_used
from assistant.interfaces.slack.office import Office, reason
from assistant.interfaces.slack.progress import Progress
from assistant.interfaces.slack.task import Work, thread_key
from assistant.interfaces.suggestions import suggestions
from assistant.settings import OFFLINE
from assistant.studies.chart import panels
from assistant.studies.facts import Study
from assistant.values import Answer

# A question that waited longer, as nobody was running, is apologised for: who asked has moved on.
PATIENCE = 3_600.0
_MOST_CRASHES = 3
_LONGEST_TITLE = 80


def answer_question(office: Office, work: Work) -> str:
    """Answers in the thread of the question; the outcome."""
    if office.inbox.is_stale(work.number):
        return "withdrawn"
    if work.task.about is not None:
        _take_back(office, work.task.about)
        office.posts.inherit(work.task.about, work.number)
    key = work.task.lane
    conversation = office.posts.conversation(key) or key
    if work.task.pane:
        office.posts.speak_in(key, conversation)
    return _answered(office, work, conversation)


def answer_command(office: Office, work: Work) -> str:
    """Answers to the asking person only; the outcome. Nothing follows up on it unless it is shared."""
    return _answered(office, work, f"{work.task.lane}/{work.number}")


def retract(office: Office, work: Work) -> str:
    """Takes an answer back from Slack and from memory, since its question was deleted; the outcome."""
    if work.task.about is not None:
        _take_back(office, work.task.about)
        office.delivery.retract(work.task.about)
    return "retracted"


def charted(answer: Answer, assistant: Assistant) -> tuple[Study, ...]:
    """The studies of the answer in which there are arms to set side by side."""
    if not answer.citations:
        return ()
    used = studies_used(answer, assistant.studies())
    return tuple(study for study in used if any(len(panel.bars) > 1 for panel in panels([study], {})))


def _answered(office: Office, work: Work, conversation: str) -> str:
    task, assistant = work.task, office.rooms.of(work.task.channel)
    answer = office.posts.answer(work.number)
    if answer is None:
        if work.crashes >= _MOST_CRASHES:
            return office.apologise(work, "crashed")
        if time.time() - work.arrived > PATIENCE:
            return office.apologise(work, "late")
        if not task.text:
            return _hint(office, work, assistant)
        try:
            answer = _given_already(assistant, work, conversation) or _ask(office, work, assistant, conversation)
        except AssistantError as error:
            return office.apologise(work, reason(error), error)
        office.posts.keep(work.number, answer)
    if office.inbox.is_stale(work.number):
        return "withdrawn"
    chart = bool(charted(answer, assistant))
    if task.kind == "command":
        office.whispers.whisper(work, answer_messages(answer, str(work.number), chart=chart, share=True))
    else:
        office.delivery.say(work, answer_messages(answer, str(work.number), chart=chart))
        _go_on_below(office, work, conversation)
    return "answered"


def _go_on_below(office: Office, work: Work, conversation: str) -> None:
    """Has the threads below a direct message and its answer go on with the conversation that these belong to."""
    task = work.task
    if task.thread is None:
        for ts in (task.ts, *(post.ts for post in office.posts.of(work.number).values())):
            office.posts.speak_in(thread_key(task.team, task.channel, ts), conversation)


def _ask(office: Office, work: Work, assistant: Assistant, conversation: str) -> Answer:
    task = work.task
    quick = assistant.settings.model == OFFLINE
    if task.kind == "command" or (quick and not task.pane):
        return assistant.ask(task.text, conversation)
    office.surroundings.tell(work, words("status", "thinking"))
    if task.pane and not assistant.history(conversation):
        office.surroundings.name(work, shortened(escaped(task.text), _LONGEST_TITLE))
    if quick:
        return assistant.ask(task.text, conversation)
    progress = Progress(office.delivery, work)
    for event in assistant.stream(task.text, conversation):
        if isinstance(event, Answer):
            progress.close()
            return event
        progress.take(event)
    raise AssertionError("a stream ends with its Answer")


def _given_already(assistant: Assistant, work: Work, conversation: str) -> Answer | None:
    """The answer that was given to this very task before its process ended, or the database went away, ere it was kept beside the task."""
    if work.attempts == 1:
        return None
    last = assistant.history(conversation)[-1:]
    asked = [a for a in last if a.question == work.task.text and datetime.fromisoformat(a.created_at).timestamp() >= int(work.began)]
    return asked[0] if asked else None


def _take_back(office: Office, number: int) -> None:
    answer = office.posts.answer(number)
    if answer and answer.conversation:
        for assistant in office.rooms.all():
            assistant.take_back(answer.conversation, answer)


def _hint(office: Office, work: Work, assistant: Assistant) -> str:
    example = next(iter(suggestions(assistant.studies(), assistant.documents(), 1)), "")
    office.reply(work, words("apologies", "empty", example=example))
    return "answered"
