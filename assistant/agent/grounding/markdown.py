"""The marks in a draft that are not its words: citation markers, emphasis, list numbers; and the draft without them."""

from __future__ import annotations

import re

from assistant.language.brackets import MARKER

_EMPHASIS = re.compile(r"\*\*\*|\*\*|__|`+|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w)")
_PREFIX = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+|^[ \t]*(?:\(?\d{1,2}[.)])(?=\s)")
_FOOTNOTE = re.compile(r"(?m)(?<=^\[\^\d\]):|(?<=^\[\^\d\d\]):")
_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")


def markers(text: str) -> tuple[str, ...]:
    """The names in one bracket's inside, or in all brackets of ``text``: ``"[1, c2]"`` → ``("1", "c2")``; ranges are spelled out."""
    found: list[str] = []
    for group in MARKER.finditer(text):
        for part in re.split(r"[,;&]", group[1]):
            names = [name.replace("^", "").strip().lower() for name in re.split(r"[-–]", part)]
            if len(names) == 2 and names[0].isdigit() and names[1].isdigit() and int(names[0]) < int(names[1]):
                names = [str(number) for number in range(int(names[0]), int(names[1]) + 1)]
            found += names
    return tuple(dict.fromkeys(found))


def unemphasised(text: str) -> str:
    """``text`` without the marks of bold, italics and code."""
    return _EMPHASIS.sub("", text)


def unmarked(draft: str) -> tuple[str, list[int]]:
    """The draft without markers and emphasis, list numbers as dashes, and where in the draft each of its characters stands."""
    cuts = [(match.start(), match.end(), "") for match in _FOOTNOTE.finditer(draft)]
    cuts += [(len(draft[: match.start()].rstrip(" \t")), match.end(), "") for match in MARKER.finditer(draft)]
    cuts += [(match.start(), match.end(), "") for match in _EMPHASIS.finditer(draft)]
    cuts += [(match.start(), match.end(), "-" if any(c.isdigit() for c in match.group()) else "") for match in _PREFIX.finditer(draft)]
    cuts += [(match.start(), match.end(), " ") for match in _SPACES.finditer(draft)]
    kept: list[str] = []
    origins: list[int] = []
    position = 0
    for start, end, instead in sorted(cuts):
        kept += draft[position : max(start, position)]
        origins += range(position, max(start, position))
        if instead and start >= position:
            kept.append(instead)
            origins.append(start)
        position = max(position, end)
    return "".join(kept) + draft[position:], origins + list(range(position, len(draft)))
