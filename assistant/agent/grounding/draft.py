"""A draft in Markdown, read as statements: sentences, bullets and table rows with the markers that stand in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.agent.grounding.context import in_context
from assistant.agent.grounding.kinds import kind_of
from assistant.agent.grounding.markdown import markers, unmarked
from assistant.agent.grounding.statement import Statement
from assistant.agent.grounding.vocabulary import pattern
from assistant.language.brackets import MARKER, uncovered
from assistant.language.sentences import Sentence, sentences
from assistant.language.tables import RULE, cells

_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*\)")
_LEADING = re.compile(r"^\s*(?:#{1,6}\s+|[-*•–·]\s+)")
# Not a remark in a box: "> **Note:** …"
_BLOCKQUOTE = re.compile(r"\s*>\s*+(?!\*\*|[*_]?(?:Note|Caution|Warning|Tip|Important)\b|\[!)", re.IGNORECASE)
_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'))
# Behind a full stop and a marker, in either order, a new sentence starts: "in group A [1]. A larger study …"
_NEXT = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’)])|(?<=[\]】]))[\"”’)*_]*[ \t]+(?=[*_\"“(]*[^\W_a-z])")


def read(draft: str) -> tuple[Statement, ...]:
    """The statements of ``draft`` in order; together with white space and list marks they are the whole of it.

    Brackets that are covered in it are words of a statement, and no markers.
    """
    text, origins = unmarked(draft)
    pieces = _with_verdicts(text, _quoted_whole(text, [part for piece in sentences(text) for part in _cut(piece, draft, origins)]))
    spans = [[origins[piece.start], origins[piece.end - 1] + 1] for piece in pieces]
    _stretch(draft, spans)
    return tuple(in_context([_statement(draft, start, end, piece) for piece, (start, end) in zip(pieces, spans, strict=True)]))


def _cut(piece: Sentence, draft: str, origins: Sequence[int]) -> Iterator[Sentence]:
    """A sentence in parts where a marker beside a full stop ends it, which its words alone ("group A. A larger…") may not show."""
    start = piece.start
    for group in MARKER.finditer(draft, origins[piece.start], origins[piece.end - 1]) if piece.kind != "row" else ():
        stop = re.compile(r"[.!?][\"”’)]?").match(draft, group.end())
        stopped = stop is not None or draft[: group.start()].rstrip()[-1:] in (".", "!", "?")
        gap = _NEXT.match(draft, stop.end() if stop else group.end()) if stopped else None
        first = bisect_left(origins, gap.end()) if gap else piece.end
        if start < first < piece.end:
            yield _part(piece, start, first)
            start = first
    yield _part(piece, start, piece.end) if start > piece.start else piece


def _part(piece: Sentence, start: int, end: int) -> Sentence:
    text = piece.text[start - piece.start : end - piece.start].rstrip()
    return replace(piece, start=start, end=start + len(text), text=text)


def _quoted_whole(text: str, pieces: Sequence[Sentence]) -> list[Sentence]:
    """Sentences of one block joined where a quotation goes on over their end: “One. Two.” is one statement."""
    whole: list[Sentence] = []
    for index, piece in enumerate(pieces):
        before = whole[-1] if whole and whole[-1].block == piece.block else None
        ahead = "".join(later.text for later in pieces[index:] if later.block == piece.block)
        if before and any(_opens(before.text, *pair) and pair[1] in ahead for pair in _QUOTES):
            whole[-1] = replace(before, end=piece.end, text=text[before.start : piece.end])
        else:
            whole.append(piece)
    return whole


def _with_verdicts(text: str, pieces: Sequence[Sentence]) -> list[Sentence]:
    """A bare "Yes." is one statement with the sentence that bears it out."""
    whole: list[Sentence] = []
    for piece in pieces:
        before = whole[-1] if whole and whole[-1].block == piece.block else None
        if before and pattern("draft", "verdicts", anchored=True).fullmatch(before.text):
            whole[-1] = replace(before, end=piece.end, text=text[before.start : piece.end])
        else:
            whole.append(piece)
    return whole


def _opens(text: str, opening: str, closing: str) -> bool:
    """Whether a quotation that starts in ``text`` does not end there."""
    return text.count(opening) % 2 == 1 if opening == closing else text.count(opening) > text.count(closing)


def _stretch(draft: str, spans: list[list[int]]) -> None:
    """Stretches sentences over the markers that belong to them: those behind a full stop, and those that open a block."""
    for group in MARKER.finditer(draft) if spans else ():
        if any(start <= group.start() < end for start, end in spans):
            continue
        before = [span for span in spans if span[1] <= group.start() and "\n" not in draft[span[1] : group.start()]]
        after = [span for span in spans if span[0] >= group.end()]
        if before:
            before[-1][1] = group.end()
        elif after:
            after[0][0] = group.start()
    for span, following in pairwise([*spans, [len(draft), len(draft)]]):
        while span[1] < following[0] and draft[span[1]] in "*_`":
            span[1] += 1


def _cells(raw: str, piece: Sentence) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of a row's cells, each with the markers that stand in it."""
    if piece.kind != "row":
        return ()
    held = [markers(cell) for cell in raw.strip().strip("|").split("|")]
    return tuple(zip(map(uncovered, cells(piece.text)), held, strict=False))


def _statement(draft: str, start: int, end: int, piece: Sentence) -> Statement:
    raw = draft[start:end]
    said = uncovered(" ".join(_LINK.sub(r"\1", _LEADING.sub("", piece.text)).split()))
    line = draft[draft.rfind("\n", 0, start) + 1 : end]
    if _BLOCKQUOTE.match(line) and not any(opening in said for opening, _ in _QUOTES):
        said = f"“{said.removeprefix('>').strip()}”"
    if RULE.fullmatch(raw):
        kind = kind_of("", line, cites=False)
    else:
        kind = "fact" if piece.kind == "row" else kind_of(said, line, cites=bool(MARKER.search(raw)))
    return Statement(start, end, said, markers(raw), kind, piece.block, item=piece.kind in ("item", "row"), cells=_cells(raw, piece))
