"""Title and date of a document, by the rules that releases, reports and papers share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from assistant.language.figures import figures
from assistant.language.sentences import Sentence, sentences

# A title stands before the prose; so much of a document is looked at for it and for its date.
_HEAD = 4000
_LONGEST_TITLE = 300
# Lines that open documents and are no titles: what kind of paper it is, whom to ask, where it was filed.
_BOILERPLATE = re.compile(
    r"(?:for\s+immediate\s+release|(?:press|news|media)\s+(?:release|contacts?)|(?:ex(?:hibit)?)[-.\s]*\d+(?:\.\d+)?(?:\s.*\.htm)?"
    r"|contacts?|source|table\s+of\s+contents|contents|abstract|summary|confidential|draft|page\s+\d+(?:\s+of\s+\d+)?|https?://\S+)\W*",
    re.IGNORECASE,
)
# What stands right before the date that a document gives itself: at the start of a block or sentence, or after the paper's name.
_DATE_LABEL = re.compile(
    r"(?:^|[.;|(]|\b(?:summary|report|document|release|version|revision|article|draft))\W*"
    r"(?:dated?|published|released|issued|posted|updated|revised)(?:\s+(?:on|online))?\W*$",
    re.IGNORECASE,
)
# A line that ends so names who writes, not what about.
_ORGANISATION = re.compile(
    r".*\b(?:inc|ltd|llc|plc|corp|gmbh|ag|s\.?a|company|corporation|university|institute|hospital|clinic|cent(?:er|re)|college|school|"
    r"department|division|laborator(?:y|ies)|foundation|agency|biosciences?|therapeutics|pharmaceuticals?|biopharma|oncology|medicine)\W*",
    re.IGNORECASE,
)
_LONGEST_NAME = 6
# What programs write into the field for a title by themselves.
_NO_TITLE = re.compile(
    r"(?:microsoft\s+(?:word|powerpoint|excel)\b.*|untitled.*|document\s*\d*|(?:slide|page|sheet|book|powerpoint presentation)\s*\d*"
    r"|new\s+document.*|word\s+document|home|index|none|title|anonymous|unknown|\S+\.(?:docx?|pdf|html?|txt|rtf|odt|pptx?|xlsx?|indd|tex|dvi|qxd|md))",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"(?:D:)?(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d{1,2}(?!\d))")
_DATELINE_END = re.compile(r"(?:--|[–—]|\s-|\([A-Z][A-Za-z .]+\))\s*")
_TIME = re.compile(r"\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?|\b[A-Z]{2,4}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_MARKUP = re.compile(r"^\s*#{1,6}\s+|\s+#+\s*$|\n[=\-]{3,}\s*$|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
# Numeric dates: 2017/04/27, 27.04.2017 (day first wherever dots divide), 04/27/2017 (only where one order is possible).
_NUMERIC = re.compile(r"(?<![\d./-])(?:(\d{4})[/.](\d{1,2})[/.](\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4}))(?![\d./-]*\d)")
_SHORT_DATE = re.compile(r"(?<![\w-])(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4})(?![\w-])")


def find_title(text: str) -> str | None:
    """The first heading-like block before the prose that is no date, dateline, organisation or boilerplate.

    Where there is none, an organisation's line or a short first sentence; else None.
    """
    spare: str | None = None
    for block in _blocks(text[:_HEAD]):
        content = text[block[0].start : block[-1].end]
        cleaned = _clean(content)
        if _is_preliminary(content) or not re.search(r"\w", cleaned):
            continue
        if not _is_heading(block, cleaned):
            opening = _clean(block[0].text)
            return spare or (opening if len(opening) <= _LONGEST_TITLE / 2 else None)
        if not (_ORGANISATION.fullmatch(cleaned) and len(cleaned.split()) <= _LONGEST_NAME and not content.startswith("#")):
            return cleaned
        spare = spare or cleaned
    return spare


def find_date(text: str) -> str | None:
    """The date that the document gives itself, as ``2017-04-27``: on a line of its head, after a label, or in its dateline."""
    head = text[:_HEAD]
    for block in _blocks(head):
        content = head[block[0].start : block[-1].end]
        for start, end, day in _dates(content):
            dateline = start <= 80 and _DATELINE_END.match(content[end:].lstrip(" ,."))
            if dateline or _is_heading(block, content) or _DATE_LABEL.search(content[:start]):
                return day
    return None


def plausible_title(text: str | None) -> bool:
    """Whether a file's metadata name a document with this, and not the program, the template or the file that it was made with."""
    cleaned = " ".join((text or "").split())
    return (
        4 <= len(cleaned) <= _LONGEST_TITLE
        and _NO_TITLE.fullmatch(cleaned) is None
        and _BOILERPLATE.fullmatch(cleaned) is None
        and re.search(r"[^\W\d_]{3}", cleaned) is not None
    )


def iso_date(text: str) -> str | None:
    """The first full date in a metadata field as ``2017-04-27``: ISO 8601, ``D:20170427…`` of a PDF, or as texts write it."""
    if match := _ISO_DATE.match(text.strip()):
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            return None
    return next((day for _, _, day in _dates(text)), None)


def front_matter(text: str) -> dict[str, str]:
    """``title`` and ``date`` of a Markdown file's leading ``---`` block, where it has them; the date as ISO 8601."""
    match = re.match(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    fields: dict[str, str] = {}
    for line in match[1].splitlines() if match else ():
        name, colon, value = line.partition(":")
        value = value.strip().strip("\"'")
        if not colon or not value:
            continue
        if name.strip().lower() == "title":
            fields["title"] = value
        elif name.strip().lower() == "date" and (found := list(_dates(value))):
            fields["date"] = found[0][2]
    return fields


def _blocks(text: str) -> Iterator[list[Sentence]]:
    for _, block in groupby(sentences(text), key=lambda sentence: sentence.block):
        yield list(block)


def _is_heading(block: list[Sentence], content: str) -> bool:
    if block[0].kind == "heading" and len(block) == 1:
        return len(content) <= _LONGEST_TITLE
    # A title that runs over two lines, or ends in a question or exclamation mark.
    return block[0].kind == "paragraph" and len(content) <= _LONGEST_TITLE and re.search(r"[.:;…]\W*$", content) is None


def _is_preliminary(content: str) -> bool:
    """Whether a block is only a date, a dateline or boilerplate, or Markdown's front matter."""
    stripped = content.strip()
    if _BOILERPLATE.fullmatch(stripped) or re.match(r"---\s*\n", stripped):
        return True
    dates = list(_dates(stripped))
    if not dates:
        return False
    start, end, _ = dates[0]
    rest = stripped[:start] + " " + stripped[end:]
    rest = _TIME.sub(" ", re.sub(r"\([^)]*\)", " ", rest))
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 3


def _clean(content: str) -> str:
    return " ".join(_MARKUP.sub("", content.strip()).split())


def _dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Full dates in ``text`` in order: start, end, ISO 8601."""
    found = [(f.start, f.end, date.fromordinal(int(f.value)).isoformat()) for f in figures(text) if f.kind == "date"]
    for match in _NUMERIC.finditer(text):
        if day := _numeric_date(match):
            found.append((match.start(), match.end(), day))
    for match in _SHORT_DATE.finditer(text):
        spelled = figures(f"{match[1]} {match[2]} {match[3]}")
        found += [(match.start(), match.end(), date.fromordinal(int(f.value)).isoformat()) for f in spelled if f.kind == "date"]
    yield from sorted(found)


def _numeric_date(match: re.Match[str]) -> str | None:
    year, month, day = (int(part) for part in (match[1], match[2], match[3])) if match[1] else (int(match[7]), int(match[6]), int(match[4]))
    if not match[1] and match[5] != ".":
        first, second = int(match[4]), int(match[6])
        if first <= 12 and second <= 12 and first != second:
            return None  # 04/05/2017 is April in one country and May in another
        month, day = (first, second) if second > 12 else (second, first)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
