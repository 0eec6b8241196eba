"""Drafts with sentences labelled faithful or corrupted, through the verifier: what it catches, and what it refuses wrongly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.agent.desk import Desk, reference
from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding import Background, verify
from assistant.agent.tools import tools_over
from assistant.errors import UsageError
from assistant.evaluation.cases import read_records
from assistant.evaluation.engine import Progress, hold_only, packaged, temporary_assistant
from assistant.library.library import Library
from assistant.studies.facts import Study
from assistant.values import CheckedSentence, Passage, Value, Working

FAITHFUL = "faithful"


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ToolUse(_Given):
    """A call of one of the assistant's tools, which gives the calculation that is cited as the next ``[c1]``, ``[c2]``…"""

    name: str
    args: dict[str, Any] = {}


class Labelled(_Given):
    """A sentence of the draft, verbatim, and in which way it was corrupted; None for a faithful one."""

    text: str
    faithful: bool
    corruption: str | None = None

    @model_validator(mode="after")
    def _is_one_of_the_two(self) -> Labelled:
        if self.faithful == bool(self.corruption):
            raise ValueError("is either faithful or names its corruption")
        return self


class Draft(_Given):
    """A drafted answer with what it may cite.

    ``passages`` are snippets, each of which finds the passage that is cited as ``[1]``, ``[2]``… in this order, in
    ``documents``, paths relative to the file; none means the packaged ones.
    """

    id: str
    kind: str
    question: str
    draft: str
    sentences: tuple[Labelled, ...]
    documents: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    tools: tuple[ToolUse, ...] = ()
    why: str = ""


class JudgedSentence(Value):
    """How the verifier took a labelled sentence; ``reason`` tells why it was refused, None where it was kept."""

    draft: str
    text: str
    corruption: str | None
    reason: str | None

    @property
    def right(self) -> bool:
        """Whether a faithful sentence was kept or a corrupted one refused."""
        return (self.reason is None) == (self.corruption is None)


class Confusion(Value):
    """Of the sentences of one kind of corruption, or of the faithful ones, how many were refused and kept."""

    kind: str
    refused: int
    kept: int


class DraftReport(Value):
    """The labelled sentences in the order of the file, as the verifier took them."""

    path: str
    sentences: tuple[JudgedSentence, ...]

    @property
    def confusion(self) -> tuple[Confusion, ...]:
        """Faithful sentences first, then the kinds of corruption in alphabetical order."""
        refused = Counter(sentence.corruption or FAITHFUL for sentence in self.sentences if sentence.reason is not None)
        kept = Counter(sentence.corruption or FAITHFUL for sentence in self.sentences if sentence.reason is None)
        kinds = sorted(refused.keys() | kept.keys(), key=lambda kind: (kind != FAITHFUL, kind))
        return tuple(Confusion(kind=kind, refused=refused[kind], kept=kept[kind]) for kind in kinds)

    @property
    def precision(self) -> float:
        """The share of corrupted ones among the refused sentences; 1.0 where none was refused."""
        refused = [sentence for sentence in self.sentences if sentence.reason is not None]
        return _share([sentence for sentence in refused if sentence.corruption], refused, 1.0)

    @property
    def recall(self) -> float:
        """The share of the corrupted sentences that was refused; 1.0 where there is none."""
        corrupted = [sentence for sentence in self.sentences if sentence.corruption]
        return _share([sentence for sentence in corrupted if sentence.right], corrupted, 1.0)

    @property
    def refused_faithful(self) -> float:
        """The share of the faithful sentences that was refused; 0.0 where there is none."""
        faithful = [sentence for sentence in self.sentences if not sentence.corruption]
        return _share([sentence for sentence in faithful if not sentence.right], faithful, 0.0)

    @property
    def wrong(self) -> tuple[JudgedSentence, ...]:
        """Corrupted sentences that were kept, and faithful ones that were refused."""
        return tuple(sentence for sentence in self.sentences if not sentence.right)


def evaluate_drafts(path: Path | str, progress: Progress | None = None) -> DraftReport:
    """Verifies every draft of ``path`` against its own documents, held in a temporary library; no model is asked.

    Raises UsageError for a malformed file, a document or passage that is not there, and a tool that refuses its arguments.
    """
    with drafts_of(path, progress) as held:
        found = [judged for draft, evidence, background in held for judged in _judge(draft, evidence, background)]
    return DraftReport(path=str(path), sentences=tuple(found))


@contextmanager
def drafts_of(path: Path | str, progress: Progress | None = None) -> Iterator[Iterator[tuple[Draft, Evidence, Background]]]:
    """The drafts of ``path`` with their evidence and what is known beside it, while a temporary library holds their documents.

    Raises as ``evaluate_drafts`` does.
    """
    file = Path(path)
    drafts = read_records(file, Draft)
    wanted = {name: _document(file, draft.id, name) for draft in drafts for name in draft.documents}
    with temporary_assistant(progress=progress) as assistant:
        hold_only(assistant, dict.fromkeys([*packaged(), *wanted.values()]))
        known = {Path(document.path).name: document.id for document in assistant.documents()}
        background = Background(studies=assistant.studies(), encode=assistant.library.encode)

        def each() -> Iterator[tuple[Draft, Evidence, Background]]:
            for number, draft in enumerate(drafts):
                if progress:
                    progress("verifying", number, len(drafts))
                names = [wanted[name] for name in draft.documents] or packaged()
                yield draft, _evidence(draft, assistant.library, [known[name.name] for name in names]), background

        yield each()


def _document(file: Path, draft: str, name: str) -> Path:
    path = file.parent / name
    if not path.is_file():
        raise UsageError(f"draft {draft!r} of {file} wants the document {name}, which is not there")
    return path.resolve()


def _evidence(draft: Draft, library: Library, documents: Sequence[str]) -> Evidence:
    """What a turn would hold that found the passages and called the tools, in their order."""
    held = [passage for document in documents for passage in library.passages(document)]
    cited = [_passage(draft.id, snippet, held) for snippet in draft.passages]
    sources = [Source(passage=passage, document=reference(library.document(passage.document))) for passage in cited]
    tools = {tool.name: tool for tool in tools_over(Desk(library, documents))}
    workings: list[Working] = []
    studies: dict[str, Study] = {}
    for use in draft.tools:
        if use.name not in tools:
            raise UsageError(f"draft {draft.id!r} calls {use.name!r}; the tools are {', '.join(tools)}")
        message = tools[use.name].invoke({"type": "tool_call", "id": "call", "name": use.name, "args": use.args})
        if not message.artifact:
            raise UsageError(f"draft {draft.id!r} calls {use.name}, which says: {message.content}")
        part = Evidence.model_validate(message.artifact)
        workings += part.workings
        sources += [source for source in part.sources if source not in sources]
        studies |= {study.model_dump_json(): study for study in part.studies}
    return Evidence(sources=tuple(sources), workings=tuple(workings), studies=tuple(studies.values()))


def _passage(draft: str, snippet: str, held: Iterable[Passage]) -> Passage:
    wanted = " ".join(snippet.split())
    for passage in held:
        if wanted in " ".join(passage.text.split()):
            return passage
    raise UsageError(f"draft {draft!r} cites the passage {wanted[:60]!r}…, which stands in no passage of its documents")


def _judge(draft: Draft, evidence: Evidence, background: Background) -> Iterator[JudgedSentence]:
    verified = verify(draft.draft, evidence, draft.question, background=background).verification
    refused = _places(draft.draft, [sentence for sentence in verified.sentences if not sentence.supported])
    position = 0
    for sentence in draft.sentences:
        start = draft.draft.find(sentence.text, position)
        if start < 0:
            raise UsageError(f"draft {draft.id!r} does not hold its sentence {sentence.text[:60]!r}…")
        position = start + len(sentence.text)
        reasons = [why for (first, last), why in refused.items() if _meet(draft.draft, (first, last), (start, position))]
        yield JudgedSentence(
            draft=draft.id, text=sentence.text, corruption=sentence.corruption, reason="; ".join(reasons) if reasons else None
        )


def _places(draft: str, refused: Iterable[CheckedSentence]) -> Mapping[tuple[int, int], str]:
    """Where the refused sentences stand, with their reasons; the verifier quotes them verbatim and in order."""
    found = {}
    position = 0
    for sentence in refused:
        start = draft.index(sentence.text, position)
        position = start + len(sentence.text)
        found[start, position] = sentence.reason or ""
    return found


def _meet(draft: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of the draft share a word."""
    return any(character.isalnum() for character in draft[max(one[0], other[0]) : min(one[1], other[1])])


def _share(part: Sequence[object], whole: Sequence[object], empty: float) -> float:
    return len(part) / len(whole) if whole else empty
