"""Shows everybody in a channel an answer that was given to one person; its thread goes on from it."""

from __future__ import annotations

from assistant.interfaces.render.slack.answer import answer_messages
from assistant.interfaces.slack.answering import charted
from assistant.interfaces.slack.office import Office
from assistant.interfaces.slack.task import Work, thread_key


def share(office: Office, work: Work) -> str:
    """Posts the answer that the task is about; the outcome."""
    task = work.task
    answer = office.posts.answer(task.about or 0)
    if answer is None:
        return office.apologise(work, "gone")
    # From here on the answer is this task's: its buttons open it as long as it is kept.
    office.posts.keep(work.number, answer)
    messages = answer_messages(answer, str(work.number), chart=bool(charted(answer, office.rooms.of(task.channel))))
    office.delivery.say(work, messages)
    first = office.posts.of(work.number)[0]
    if first.ts and answer.conversation:
        office.posts.speak_in(thread_key(task.team, task.channel, first.ts), answer.conversation)
    if task.response_url:
        office.whispers.dismiss(task.response_url)
    return "answered"
