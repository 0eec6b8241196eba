"""What every kind of task needs to be done: Assistants, the queue, what was said, and a way to say more."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.agent.question import LONGEST_QUESTION
from assistant.errors import AssistantError, LibraryError, ModelError, UsageError
from assistant.interfaces.render.slack.answer import Message, fallback, words
from assistant.interfaces.render.slack.kit import blocks_of, paragraph
from assistant.interfaces.serving.log import tell_failure
from assistant.interfaces.slack.config import Config
from assistant.interfaces.slack.delivery import Delivery
from assistant.interfaces.slack.inbox import Inbox
from assistant.interfaces.slack.metrics import Metrics
from assistant.interfaces.slack.posts import Posts
from assistant.interfaces.slack.refusals import code
from assistant.interfaces.slack.rooms import Rooms
from assistant.interfaces.slack.surroundings import Surroundings
from assistant.interfaces.slack.task import Work
from assistant.interfaces.slack.whispers import Whispers
from assistant.settings import redacted


@dataclass(frozen=True, slots=True)
class Office:
    """Shared by all workers."""

    rooms: Rooms
    inbox: Inbox
    posts: Posts
    delivery: Delivery
    whispers: Whispers
    surroundings: Surroundings
    config: Config
    metrics: Metrics

    def reply(self, work: Work, text: str) -> None:
        """Says ``text``, words of ours, where the task came from."""
        message = Message(fallback(text), list(blocks_of([paragraph(text)])))
        if work.task.kind in ("command", "check", "refuse") or work.task.response_url:
            self.whispers.whisper(work, [message])
        else:
            self.delivery.say(work, [message])

    def apologise(self, work: Work, why: str, error: BaseException | None = None) -> str:
        """Says one plain sentence with the reference under which the log has the error; the outcome of the task."""
        if error is not None:
            told = redacted(str(error)) if isinstance(error, AssistantError) else code(error)
            tell_failure(error, told, task=work.number, reference=work.reference)
        self.reply(work, words("apologies", why, reference=work.reference, most=LONGEST_QUESTION))
        return "apologised"


def reason(error: BaseException) -> str:
    """The apology for ``error``."""
    kinds = ((UsageError, "too_long"), (ModelError, "model"), (LibraryError, "library"))
    return next((why for kind, why in kinds if isinstance(error, kind)), "fault")
