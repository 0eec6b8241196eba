"""Bracketed numbers: an answer's own markers, ``[1]`` and ``[c1]``, told from those that a quoted source has of itself.

Scientific texts refer as answers cite. What of a quotation is verbatim in a passage, its brackets included, is the passage's: it
neither cites nor is it numbered anew. Such brackets are covered while markers are sought, each by a character that no text has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from assistant.language.names import plain

# A marker stands on one line: brackets on two are those of something else.
_GAP = r"[^\S\n]*"
_ONE = rf"\^?{_GAP}[cC]?\d{{1,3}}(?:{_GAP}[-–]{_GAP}[cC]?\d{{1,3}})?"
MARKER = re.compile(rf"[\[【]({_ONE}(?:{_GAP}[,;&]{_GAP}{_ONE})*){_GAP}[\]】](?!\()")
# Noncharacters of Unicode, which are for use inside a program only; each is as long as what it covers.
COVERS: Mapping[str, str] = {"\ufdd0": "[", "\ufdd1": "]", "\ufdd2": "【", "\ufdd3": "】"}
_COVERED = str.maketrans({bracket: cover for cover, bracket in COVERS.items()})
_UNCOVERED = str.maketrans(dict(COVERS))
_NONE = str.maketrans(dict.fromkeys(COVERS, ""))

_PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
# Quotation marks with what closes them, and the mark of a line that is quoted. Straight ones open before a word.
_OPENING = re.compile(r"[“«„]|(?<![^\s(—–*_])\"(?=\S)|(?m:^[ \t]*>)")
_CLOSING = {"“": "”", "«": "»", "„": "“”", '"': '"', ">": "\n"}
_ELISION = re.compile(r"\[?(?:…|\.\.\.)\]?")
_LOOKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
_EMPHASIS = re.compile(r"[*_`]+")
# What behind a bracket that opens a quotation tells whose it is: some words, up to the next bracket or mark.
_FOLLOWING = re.compile(r"\s*[^\s\[【“”«»\"…][^\[【“”«»\"…]{0,24}")


def covered(text: str, passages: Iterable[str]) -> str:
    """``text`` with the brackets covered that it quotes, between quotation marks or in a quoted line, from one of ``passages``.

    As long as ``text``, but for characters in it that cover. A bracket in a quotation that is in no passage stays a marker.
    """
    text = text.translate(_NONE)
    if not MARKER.search(text):
        return text
    known = [_alike(passage) for passage in passages if MARKER.search(passage)]
    return _cover(text, lambda said, bracket, rest: _stands(said, bracket, rest, known)) if known else text


def quotations_covered(text: str) -> str:
    """``text`` with every bracket covered that stands in a quotation, whatever it quotes."""
    return _cover(text.translate(_NONE), lambda *_: True)


def set_behind(text: str) -> str:
    """``text`` with the markers in its quotations behind them: “… 20 days [1].” as “… 20 days.” [1].

    So a bracket in a quotation is always the source's, whatever numbers the markers are given later.
    """
    for marker in reversed([*MARKER.finditer(text)]):
        before, rest = text[: marker.start()], text[marker.end() :]
        start = before.rfind("\n\n") + 1
        end = len(rest.partition("\n\n")[0])
        quotations = _opened(before[start:], rest[:end])
        if ends := [_closed(rest[:end], mark) for mark, _ in quotations if mark != ">"]:
            text = f"{before.rstrip(' ')}{rest[: max(ends)]} {marker.group()}{rest[max(ends) :]}"
    return text


def _closed(rest: str, mark: str) -> int:
    """Where in ``rest`` the quotation that ``mark`` opened before it ends."""
    depth = 1
    for place, character in enumerate(rest):
        if character in _CLOSING[mark]:
            depth -= 1
            if not depth or mark in '„"':
                return place + 1
        depth += character == mark
    return len(rest)


def uncovered(text: str) -> str:
    """``text`` with its brackets again."""
    return text.translate(_UNCOVERED)


def _cover(text: str, is_quoted: Callable[[str, str, str], bool]) -> str:
    for paragraph in _PARAGRAPH.finditer(text):
        for marker in MARKER.finditer(text, paragraph.start(), paragraph.end()):
            before, rest = text[paragraph.start() : marker.start()], text[marker.end() : paragraph.end()]
            if any(is_quoted(said, marker.group(), rest) for _, said in _opened(before, rest)):
                text = text[: marker.start()] + marker.group().translate(_COVERED) + text[marker.end() :]
    return text


def _opened(before: str, rest: str) -> Iterator[tuple[str, str]]:
    """The quotations around a place, opened in ``before`` and closed in ``rest``: the mark, and what is said before the place."""
    for opening in _OPENING.finditer(before):
        mark = opening.group().strip()
        said, closing = before[opening.end() :], _CLOSING[mark]
        closed = sum(map(said.count, closing))
        is_open = closed % 2 == 0 if mark == '"' else closed <= said.count(mark) and not (mark in "„>" and closed)
        if is_open and (mark == ">" or any(close in rest for close in closing)):
            yield mark, said


def _stands(said: str, bracket: str, rest: str, known: Iterable[str]) -> bool:
    """Whether ``bracket`` stands in a passage behind what was quoted ``said`` before it or, where it comes first, before the ``rest``."""
    own = uncovered(MARKER.sub("", _ELISION.split(said)[-1]))
    if own.strip():
        quoted = _alike(f"{own}{bracket}")
    else:
        following = _FOLLOWING.match(rest)
        quoted = _alike(f"{bracket}{following[0]}") if following else ""
    return bool(quoted) and any(re.search(rf"(?<!\w){re.escape(quoted)}", text) for text in known)


@lru_cache(maxsize=1024)
def _alike(text: str) -> str:
    """``text`` in one style of quotation marks, dashes and white space, without emphasis and case."""
    return " ".join(plain(_EMPHASIS.sub("", text)).translate(_LOOKS).casefold().split())
