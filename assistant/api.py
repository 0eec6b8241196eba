"""Assistant: the composition root. Opens a library, a model and the tools, and answers questions with them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import ExitStack, aclosing, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assistant.agent.conversations import Conversations
from assistant.agent.feedback import Feedback, FeedbackStore, Judgement
from assistant.agent.history import Conversation, History
from assistant.agent.leaving import Leaving
from assistant.agent.question import checked_question, require_key
from assistant.errors import LibraryError, UsageError
from assistant.library.library import Library
from assistant.opening import library_store, opened_library
from assistant.settings import OFFLINE, Settings
from assistant.studies.facts import Study
from assistant.values import Answer, Document, Hit

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable
    from langchain_core.tools import BaseTool

    from assistant.agent.checking import Check
    from assistant.agent.events import Event
    from assistant.agent.session import Session, Sessions
    from assistant.agent.verification import Recheck
    from assistant.library.ingest import IngestReport
    from assistant.library.store import Progress, Store


class Assistant:
    """Answers questions about the documents of one library. Use as a context manager; usable from several threads."""

    def __init__(self, settings: Settings, library: Library, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.library = library
        self._lock = threading.Lock()
        self._sessions: Sessions | None = None
        self._model: BaseChatModel | None = None
        self._conversations: Conversations | None = None
        self._history = History(settings.home, self.store.server)
        self._feedback = FeedbackStore(settings.home, self.store.server)

    @classmethod
    def open(cls, home: Path | str | None = None, model: str | None = None, progress: Progress | None = None) -> Self:
        """Opens the library at ``home``, building it from corpus/ when there is none; ``progress`` hears of the building.

        What an older version of this program stored, or extracted, is brought up to date.
        """
        settings = Settings.load(home, model)
        with ExitStack() as on_failure:
            store = on_failure.enter_context(closing(library_store(settings)))
            library = opened_library(store, progress)
            on_failure.pop_all()
        return cls(settings, library, store)

    @property
    def generation(self) -> str:
        """The generation of the library that the last question was asked of."""
        return self.library.generation

    def ask(self, question: str, conversation: str | None = None) -> Answer:
        """The verified answer. Questions under one ``conversation`` key follow up on each other and are kept on disk.

        Raises UsageError for an empty or overlong question, and where question or key are no text or hold characters that cannot be kept.
        """
        for event in self.stream(question, conversation):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a stream ends with its Answer")

    def stream(self, question: str, conversation: str | None = None) -> Generator[Event | Answer, None, None]:
        """Events while the answer is made, and the Answer last.

        A question that ends without its Answer, by an error or because nobody reads on, leaves its conversation as it was.
        """
        return self._stream(question, conversation, None)

    def _stream(self, question: str, conversation: str | None, leaving: Leaving | None) -> Generator[Event | Answer, None, None]:
        text = checked_question(question)
        require_key(conversation)
        from assistant.agent.run import Asked, run

        with self._all_sessions().held() as session:
            chain = session.chain(self._chat_model(), self.settings)
            asked = Asked(question=text, conversation=conversation, generation=session.generation)
            for event in run(chain, asked, self._kept() if conversation is not None else None, leaving):
                if isinstance(event, Answer) and conversation is not None:
                    self._keep(event, conversation)
                    if leaving and not leaving.stays(event):
                        self.take_back(conversation, event)
                        return
                yield event

    def _keep(self, answer: Answer, conversation: str) -> None:
        """Keeps the answer in the history; where that fails, the conversation does not have it either."""
        try:
            self._history.keep(answer)
        except LibraryError:
            with suppress(LibraryError):  # nothing more can be done while a server is away
                self._kept().take_back(conversation, answer)
            raise

    async def aask(self, question: str, conversation: str | None = None) -> Answer:
        """Like ``ask``, for asyncio; the work is done in a thread. Cancelled, it leaves its conversation as it was."""
        async with aclosing(self.astream(question, conversation)) as events:
            async for event in events:
                if isinstance(event, Answer):
                    return event
        raise AssertionError("a stream ends with its Answer")

    async def astream(self, question: str, conversation: str | None = None) -> AsyncGenerator[Event | Answer, None]:
        """Like ``stream``, for asyncio; the work is done in a thread. Cancelled before its Answer, it leaves its conversation as it was."""
        leaving = Leaving()
        events = self._stream(question, conversation, leaving)
        answered = False
        try:
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                answered = answered or isinstance(event, Answer)
                yield event
        finally:
            if not answered and (kept := leaving.leave()) and conversation is not None:
                await asyncio.shield(asyncio.to_thread(self.take_back, conversation, kept))

    def add(
        self,
        *paths: Path | str,
        recursive: bool = False,
        source: str | None = None,
        progress: Progress | None = None,
        ray: str | None = None,
    ) -> IngestReport:
        """Adds files, the files in folders, or those that match a pattern; what was refused, and why, is in the report.

        ``recursive`` looks into the folders of folders; ``source`` is the URL that one file comes from. With ``ray``, the address of a
        Ray cluster or ``auto`` for workers on this machine, its workers read, split and encode the files.
        """
        report = self.store.add(paths, recursive=recursive, url=source, progress=progress, ray=ray)
        self.library.refresh()
        return report

    def remove(self, document_id: str) -> Document:
        """Removes a document, named by id, title or file name; raises UnknownDocument."""
        document = self.store.remove(document_id)
        self.library.refresh()
        return document

    def documents(self) -> tuple[Document, ...]:
        """The documents of the library."""
        self.library.refresh()
        return self.library.documents()

    def studies(self) -> tuple[Study, ...]:
        """What the documents report: studies and their arms, every value with its span."""
        self.library.refresh()
        return tuple(Study.model_validate_json(text) for text in self.library.facts())

    def search(self, query: str, k: int = 5) -> tuple[Hit, ...]:
        """The ``k`` passages nearest to ``query``, best first; raises UsageError for an empty query, and for a ``k`` below 1."""
        wanted = checked_question(query)
        if k < 1:
            raise UsageError(f"{k} passages cannot be found; ask for 1 or more")
        self.library.refresh()
        return self.library.search(wanted, k)

    def verify(self, answer: Answer) -> Recheck:
        """Rechecks an answer against the library: every quote at its characters, every calculation, the documents."""
        from assistant.agent.verification import recheck

        self.library.refresh()
        return recheck(answer, self.library)

    def check(self, text: str) -> Check:
        """Which sentences of any ``text`` the documents support, with their quotes, and why the others are not; no model is asked.

        Raises UsageError for an empty or overlong text.
        """
        from assistant.agent.checking import check
        from assistant.agent.grounding import Background

        wanted = checked_question(text)
        with self._all_sessions().held() as session:
            return check(wanted, session.desk, Background(studies=session.desk.studies(), encode=session.library.encode))

    def conversations(self) -> tuple[Conversation, ...]:
        """The conversations that are kept, the last used first."""
        return self._history.conversations()

    def find_conversation(self, name: str) -> Conversation:
        """The conversation with this key, or the only one whose key begins so; raises UsageError."""
        return self._history.find(name)

    def history(self, conversation: str) -> tuple[Answer, ...]:
        """The answers of a conversation in order; none for a key under which nothing was asked."""
        return self._history.answers(conversation)

    def search_conversations(self, words: str) -> tuple[Answer, ...]:
        """The kept answers that have all ``words`` in their question or text, the newest first."""
        return self._history.search(words)

    def take_back(self, conversation: str, answer: Answer | None = None) -> Answer | None:
        """Removes a question of a conversation and its answer, which is returned; None where it is not there.

        Which one is told by its ``answer``; by default it is the last.
        """
        taken = self._history.take_back(conversation, answer)
        if taken is not None:
            self._kept().take_back(conversation, taken)
        return taken

    def delete_conversation(self, conversation: str) -> None:
        """Removes what is kept under this key, if anything is, but for feedback that was given on its answers."""
        self._history.delete(conversation)
        self._kept().delete(conversation)

    def give_feedback(self, answer: Answer, judgement: Judgement, words: str = "", given_by: str = "python") -> Feedback:
        """Keeps what a person thinks of an answer, in place of what the same person thought of it before."""
        return self._feedback.give(answer, judgement, words, given_by)

    def feedback(self) -> tuple[Feedback, ...]:
        """All feedback that was given, the oldest first."""
        return self._feedback.all()

    def prepare(self) -> None:
        """Loads what the first question needs; raises ModelError where the model is not available."""
        self._chat_model()
        with self._all_sessions().held() as session:
            session.ready()

    def tools(self) -> list[BaseTool]:
        """The agent's LangChain tools, for use in another agent; each call reads the newest generation of the library."""
        from assistant.agent.tools import tools_over

        return tools_over(self._all_sessions())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The newest generation of the library with the functions of the tools; it stays as it is until the block ends."""
        with self._all_sessions().held() as session:
            yield session

    def as_retriever(self, k: int = 5) -> BaseRetriever:
        """The library's search as a LangChain retriever of ``k`` passages."""
        from assistant.agent.retriever import PassageRetriever

        return PassageRetriever(library=self.library, k=k)

    def as_runnable(self) -> Runnable[str, Answer]:
        """``ask`` as a LangChain runnable: a question in, its Answer out."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(self.ask, self.aask, name="biotech-assistant")

    def close(self) -> None:
        """Closes the library and the conversations."""
        with self._lock:
            if self._sessions:
                self._sessions.close()
            if self._conversations:
                self._conversations.close()
            self._sessions = self._conversations = None
        self.library.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _all_sessions(self) -> Sessions:
        from assistant.agent.session import Sessions

        with self._lock:
            self._sessions = self._sessions or Sessions(self.library)
            return self._sessions

    def _chat_model(self) -> BaseChatModel | None:
        """The language model that the settings name, or None where nothing but the offline one is to answer."""
        if self.settings.model == OFFLINE:
            return None
        from assistant.agent.models import load_model

        with self._lock:
            self._model = self._model or load_model(self.settings.model, self.library)
            return self._model

    def _kept(self) -> Conversations:
        with self._lock:
            self._conversations = self._conversations or Conversations.open(self.settings.home, self.store.server)
            return self._conversations
