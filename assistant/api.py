"""Assistant: the composition root. Opens a library, a model and the tools, and answers questions with them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from assistant.errors import UsageError
from assistant.library import ingest
from assistant.library.library import Library
from assistant.resources import folder
from assistant.settings import Settings
from assistant.studies.extract import EXTRACTOR_VERSION, extract_studies
from assistant.studies.facts import Study
from assistant.values import Answer, Document, Hit

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.tools import BaseTool

    from assistant.agent.events import Event
    from assistant.agent.tools import Desk
    from assistant.agent.verification import Recheck

Progress = Callable[[str, int, int], None]

# Longer than any honest question; the text of a document belongs in the library.
LONGEST_QUESTION = 4_000


class Assistant:
    """Answers questions about the documents of one library. Use as a context manager; usable from several threads."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings = settings
        self.library = library
        self._lock = threading.RLock()
        self._desk: Desk | None = None
        self._agents: dict[bool, Any] = {}

    @classmethod
    def open(cls, home: Path | str | None = None, model: str | None = None, progress: Progress | None = None) -> Self:
        """Opens the library at ``home``, building it from corpus/ when there is none; ``progress`` hears of the building."""
        settings = Settings.load(home, model)
        if not Library.exists(settings.home):
            _ingest(settings, sorted(folder("corpus").iterdir()), progress)
        library = Library.open(settings.home, embedding_model=settings.embedding_model)
        if library.facts_version != EXTRACTOR_VERSION:
            ingest.refresh_facts(settings.home, _extract, EXTRACTOR_VERSION)
            library.refresh()
        return cls(settings, library)

    @property
    def generation(self) -> str:
        """The generation of the library that the next question is asked of, unless a newer one is published."""
        return self.library.generation

    def ask(self, question: str, conversation: str | None = None) -> Answer:
        """The verified answer. Questions under one ``conversation`` key follow up on each other and are kept on disk.

        Raises UsageError for an empty or overlong question.
        """
        for event in self.stream(question, conversation):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a stream ends with its Answer")

    def stream(self, question: str, conversation: str | None = None) -> Iterator[Event | Answer]:
        """Events while the answer is made, and the Answer last."""
        asked = _question(question)
        from assistant.agent.run import Asked, run  # noqa: PLC0415 - LangChain takes a second to import

        self.library.refresh()
        agent = self._agent(kept=conversation is not None)
        yield from run(agent, Asked(asked, conversation, self.settings.model, self.generation))

    async def aask(self, question: str, conversation: str | None = None) -> Answer:
        """Like ``ask``, for asyncio; the work is done in a thread."""
        return await asyncio.to_thread(self.ask, question, conversation)

    async def astream(self, question: str, conversation: str | None = None) -> AsyncIterator[Event | Answer]:
        """Like ``stream``, for asyncio; the work is done in a thread."""
        events = self.stream(question, conversation)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def add(self, *paths: Path | str, progress: Progress | None = None) -> ingest.IngestReport:
        """Adds files to the library; what was refused, and why, is in the report."""
        report = _ingest(self.settings, [Path(path) for path in paths], progress)
        self.library.refresh()
        return report

    def remove(self, document_id: str) -> Document:
        """Removes a document, named by id, title or file name; raises UnknownDocument."""
        document = self.library.document(document_id)
        ingest.remove(self.settings.home, document.id)
        self.library.refresh()
        return document

    def documents(self) -> tuple[Document, ...]:
        """The documents of the library."""
        self.library.refresh()
        return self.library.documents()

    def studies(self) -> tuple[Study, ...]:
        """What the documents report: studies and their arms, every value with its span."""
        self.library.refresh()
        return self._evidence_desk().studies()

    def search(self, query: str, k: int = 5) -> tuple[Hit, ...]:
        """The ``k`` passages nearest to ``query``, best first."""
        self.library.refresh()
        return self.library.search(_question(query), k)

    def verify(self, answer: Answer) -> Recheck:
        """Rechecks an answer against the library: every quote at its characters, every calculation, the documents."""
        from assistant.agent.verification import recheck  # noqa: PLC0415 - LangChain takes a second to import

        self.library.refresh()
        return recheck(answer, self.library)

    def tools(self) -> list[BaseTool]:
        """The agent's LangChain tools, for use in another agent."""
        from assistant.agent.tools import tools_over  # noqa: PLC0415 - LangChain takes a second to import

        return tools_over(self._evidence_desk())

    def as_retriever(self, k: int = 5) -> BaseRetriever:
        """The library's search as a LangChain retriever of ``k`` passages."""
        from assistant.agent.retriever import PassageRetriever  # noqa: PLC0415 - LangChain takes a second to import

        return PassageRetriever(library=self.library, k=k)

    def close(self) -> None:
        """Closes the library and the conversations."""
        with self._lock:
            for agent in self._agents.values():
                with suppress(AttributeError):  # the agent of single questions has no checkpointer
                    agent.checkpointer.conn.close()
            self._agents.clear()
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _evidence_desk(self) -> Desk:
        from assistant.agent.tools import Desk  # noqa: PLC0415 - LangChain takes a second to import

        with self._lock:
            if self._desk is None:
                self._desk = Desk(self.library)
            return self._desk

    def _agent(self, *, kept: bool) -> Any:  # noqa: ANN401 - see build_agent
        from assistant.agent.conversations import open_checkpointer  # noqa: PLC0415 - LangChain takes a second to import
        from assistant.agent.models import load_model  # noqa: PLC0415
        from assistant.agent.run import build_agent  # noqa: PLC0415

        with self._lock:
            if kept not in self._agents:
                model = load_model(self.settings.model, self.library.encode, self.library.words)
                checkpointer = open_checkpointer(self.settings.home) if kept else None
                self._agents[kept] = build_agent(model, self.tools(), checkpointer)
            return self._agents[kept]


def _question(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise UsageError("the question is empty; ask something, for example: assistant ask 'Which studies are there?'")
    if len(stripped) > LONGEST_QUESTION:
        raise UsageError(
            f"the question has {len(stripped)} characters, more than {LONGEST_QUESTION}; add long texts with: assistant library add"
        )
    return stripped


def _extract(document: Document, text: str) -> Sequence[str]:
    return [study.model_dump_json() for study in extract_studies(document.id, text)]


def _ingest(settings: Settings, paths: Sequence[Path], progress: Progress | None) -> ingest.IngestReport:
    return ingest.add(
        settings.home,
        paths,
        embedding_model=settings.embedding_model,
        extract=_extract,
        facts_version=EXTRACTOR_VERSION,
        progress=progress,
    )
