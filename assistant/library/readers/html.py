"""HTML: the main content in reading order; scripts, navigation, cookie banners and hidden text are left out."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.library.readers.encodings import decode
from assistant.library.readers.extract import Extract
from assistant.library.readers.html_content import main_content, without_boilerplate
from assistant.library.readers.html_text import text_of
from assistant.library.titles import iso_date, plausible_title

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]+)", re.IGNORECASE
)
# How far browsers look for the declaration.
_DECLARED_WITHIN = 1024
_TITLES = ("meta[name=citation_title]", "meta[property='og:title']", "meta[name='dc.title' i]", "meta[name='twitter:title']")
_DATES = (
    "meta[property='article:published_time']", "meta[name=citation_publication_date]", "meta[name='dc.date.issued' i]",
    "meta[name='dc.date' i]", "meta[name=date]", "meta[itemprop=datePublished]", "time[itemprop=datePublished]",
)  # fmt: skip
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')


def extract(data: bytes) -> Extract:
    """Headings marked with ``#``, list items with ``-``, tables as rows of cells; title and date from the page's metadata."""
    tree = LexborHTMLParser(decode(data, _declared(data)))
    title, date = _title(tree), _date(tree)
    without_boilerplate(tree)
    root = main_content(tree)
    return Extract(text_of(root) if root else "", title, date)


def _declared(data: bytes) -> str | None:
    """The encoding that the page names; by the HTML standard, Latin-1 means Windows-1252, and UTF-16 here cannot be true."""
    match = _CHARSET.search(data[:_DECLARED_WITHIN])
    name = (match[1] or match[2]).decode("ascii").lower() if match else None
    if name in ("iso-8859-1", "latin1", "ascii", "us-ascii", "iso8859-1"):
        return "cp1252"
    return None if name is None or name.startswith("utf-16") else name


def _title(tree: LexborHTMLParser) -> str | None:
    """What the metadata call the page; the part of it that is the page's only first-rank heading, where it is longer than that."""
    names = [value for query in _TITLES if (value := _content(tree.css_first(query)))]
    if (element := tree.css_first("title")) is not None:
        names.append(" ".join(element.text().split()))
    name = next((name for name in names if plausible_title(name)), None)
    headings = [" ".join(node.text().split()) for node in tree.css("h1")]
    if name and len(headings) == 1 and plausible_title(headings[0]) and headings[0] in name:
        return headings[0]
    return name


def _date(tree: LexborHTMLParser) -> str | None:
    for query in _DATES:
        if day := iso_date(_content(tree.css_first(query))):
            return day
    for script in tree.css("script[type='application/ld+json']"):
        if (match := _LINKED_DATE.search(script.text())) and (day := iso_date(match[1])):
            return day
    return None


def _content(node: LexborNode | None) -> str:
    if node is None:
        return ""
    return " ".join((node.attributes.get("content") or node.attributes.get("datetime") or "").split())
