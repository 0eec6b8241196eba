"""The bot: workers that take tasks out of the queue, do them, and see to it that each ends in an answer or an apology."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from assistant.errors import LibraryError, ServerUnreachable
from assistant.interfaces.serving.log import tell
from assistant.interfaces.slack.answering import answer_command, answer_question, retract
from assistant.interfaces.slack.charting import draw_chart
from assistant.interfaces.slack.checking import check_figures
from assistant.interfaces.slack.office import Office
from assistant.interfaces.slack.refusals import SLACK_ERRORS, code, kind, seconds
from assistant.interfaces.slack.refusing import refuse
from assistant.interfaces.slack.sharing import share
from assistant.interfaces.slack.task import Kind, Work
from assistant.interfaces.slack.welcoming import welcome

_DEEDS: Mapping[Kind, Callable[[Office, Work], str]] = {
    "question": answer_question,
    "command": answer_command,
    "check": check_figures,
    "chart": draw_chart,
    "share": share,
    "retract": retract,
    "welcome": welcome,
    "refuse": refuse,
}
# Kinds that a button gives: where one was of no avail, it may be pressed again.
_BY_BUTTON = ("chart", "share")

# Seconds: how long to sleep where nothing wakes, between looks at other processes and between clearings-up.
_NAP = 0.25
_RECOVERY = 3.0
_PRUNING = 300.0
# Answers that Show proof still opens, and threads whose conversation is remembered.
_TASKS_KEPT = 2_000
_THREADS_KEPT = 5_000
# A task that Slack did not take for so many times, over about half an hour, is given up.
_MOST_ATTEMPTS = 12


class Bot:
    """Workers over one queue; several bots, in several processes, may share it."""

    def __init__(self, office: Office, workers: int) -> None:
        self.office = office
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="slack-worker")
        # Apart from the workers, who may be shutting down when one of them fails.
        self._apologies = ThreadPoolExecutor(1, thread_name_prefix="slack-apology")
        self._slots = threading.Semaphore(workers)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._dispatcher = threading.Thread(target=self._dispatch, name="slack-dispatcher")
        # What could not be written to the queue yet; a deque is safe between threads.
        self._unwritten: deque[Callable[[], None]] = deque()
        self.revoked: str | None = None

    def start(self) -> None:
        """Begins with what was left undone."""
        self.office.inbox.recover()
        self._dispatcher.start()

    def wake(self) -> None:
        """There is something new to do."""
        self._wake.set()

    def stop(self) -> None:
        """Finishes what was begun; the rest waits in the queue for the next start."""
        self._stopping.set()
        self._wake.set()
        if self._dispatcher.ident is not None:
            self._dispatcher.join()
        self._pool.shutdown(wait=True)
        self._apologies.shutdown(wait=True)

    @property
    def stopping(self) -> threading.Event:
        """Set when the bot was told to stop, or cannot go on as Slack has revoked its token."""
        return self._stopping

    def _dispatch(self) -> None:
        recovered = pruned = time.monotonic()
        while not self._stopping.is_set():
            try:
                self._write_again()
                if time.monotonic() - recovered >= _RECOVERY:
                    self.office.inbox.recover()
                    recovered = time.monotonic()
                if time.monotonic() - pruned >= _PRUNING:
                    self.prune()
                    pruned = time.monotonic()
                self._hand_out()
            except LibraryError as error:
                # A full disk, say: what is in the queue waits until it can be read and written again.
                tell("queue_failed", logging.ERROR, message=str(error))
                self._stopping.wait(_RECOVERY)

    def _hand_out(self) -> None:
        """Gives a worker what is due, or waits a moment."""
        if not self._slots.acquire(timeout=_NAP):
            return
        work = None
        try:
            work = self.office.inbox.claim()
        finally:
            if work is None:
                self._slots.release()
        if work is None:
            self._wake.wait(_NAP)
            self._wake.clear()
        else:
            self._pool.submit(_DEEDS[work.task.kind], self.office, work).add_done_callback(partial(self._ended, work))

    def prune(self) -> None:
        """Keeps the file, and the conversations, from growing for ever."""
        self.office.inbox.prune(_TASKS_KEPT)
        for conversation in self.office.posts.forget_threads(_THREADS_KEPT):
            self.office.rooms.forget(conversation)

    def _ended(self, work: Work, future: Future[str]) -> None:
        error = future.exception()
        if error is None:
            self._finish(work, future.result())
        elif isinstance(error, SLACK_ERRORS) and kind(error) != "final":
            self._refused(work, error)
        elif isinstance(error, ServerUnreachable):
            self._put_off(work, error)
        else:
            # Nothing foreseen, or Slack takes all but this: it must not end in silence.
            apology = self._apologies.submit(self.office.apologise, work, "fault", error)
            apology.add_done_callback(partial(self._apologised, work))
            return
        self._free()

    def _apologised(self, work: Work, future: Future[str]) -> None:
        error = future.exception()
        if error is None:
            self._finish(work, future.result())
        elif isinstance(error, SLACK_ERRORS):
            self._refused(work, error)
        elif isinstance(error, ServerUnreachable):
            self._put_off(work, error)
        else:
            tell("lost", logging.ERROR, task=work.number, reference=work.reference, error=type(error).__name__)
            self._finish(work, "failed")
        self._free()

    def _write(self, change: Callable[[], None]) -> None:
        """Makes a change to the queue; one that cannot be made now is made as soon as it can."""
        try:
            change()
        except LibraryError as error:
            tell("queue_failed", logging.ERROR, message=str(error))
            self._unwritten.append(change)

    def _write_again(self) -> None:
        while self._unwritten:
            self._unwritten[0]()
            self._unwritten.popleft()

    def _put_off(self, work: Work, error: ServerUnreachable) -> None:
        """The database went away, in which it stands what Slack was asked to post: once it is back, the task is gone on with."""
        tell("put_off", logging.WARNING, task=work.number, reference=work.reference, message=str(error))
        self._write(partial(self.office.inbox.postpone, work.number, _RECOVERY))

    def _free(self) -> None:
        self._slots.release()
        self._wake.set()

    def _finish(self, work: Work, outcome: str) -> None:
        again = work.task.kind in _BY_BUTTON and outcome != "answered"
        self._write(partial(self.office.inbox.finish, work.number, outcome, again=again))
        passed = time.time() - work.arrived
        self.office.metrics.tasks.labels(work.task.kind, outcome).inc()
        self.office.metrics.seconds.labels(work.task.kind).observe(passed)
        tell(
            "done",
            task=work.number,
            reference=work.reference,
            kind=work.task.kind,
            outcome=outcome,
            channel=work.task.channel,
            user=work.task.user,
            seconds=round(passed, 3),
            text=work.task.text,
        )

    def _refused(self, work: Work, error: BaseException) -> None:
        """Slack did not take what was to be said."""
        self.office.metrics.refusals.labels(code(error)).inc()
        tell("refused", logging.WARNING, task=work.number, reference=work.reference, code=code(error), attempt=work.attempts)
        match kind(error):
            case "revoked":
                self.revoked = code(error)
                self._write(partial(self.office.inbox.postpone, work.number, 0.0))
                self._stopping.set()
            case "passing" if work.attempts < _MOST_ATTEMPTS:
                self._write(partial(self.office.inbox.postpone, work.number, seconds(error, work.attempts)))
            case _:
                self._finish(work, "undeliverable")
