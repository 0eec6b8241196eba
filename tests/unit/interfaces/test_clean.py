"""Nothing that steers a terminal or hides text gets through."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.interfaces.render.clean import clean, json_for_terminals, one_line, shown
from assistant.values import Document

HOSTILE = {
    "OSC 52, the clipboard": ("a\x1b]52;c;ZXZpbA==\x07b", "ab"),
    "OSC 0, the window title": ("a\x1b]0;owned\x1b\\b", "ab"),
    "OSC 8, a link": ("\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\", "here"),
    "CSI, colour": ("\x1b[31mred\x1b[0m", "red"),
    "CSI, clear screen": ("a\x1b[2J\x1b[Hb", "ab"),
    "C1 CSI": ("a\x9b2Jb", "ab"),
    "C1 OSC": ("a\x9d52;c;ZXZpbA==\x9cb", "ab"),
    "DCS": ("a\x1bPq#0\x1b\\b", "ab"),
    "reset": ("a\x1bcb", "ab"),
    "charset": ("a\x1b(0b", "ab"),
    "backspace": ("a\x08\x08b", "ab"),
    "carriage return": ("said\rhidden", "said\nhidden"),
    "right-to-left override": ("135\u202e531", "135531"),
    "isolates": ("\u2066a\u2069b", "ab"),
    "zero width": ("1\u200b3\ufeff5", "135"),
    "tags": ("a\U000e0041\U000e007fb", "ab"),
    "line separator": ("a\u2028b", "a\nb"),
    "half a surrogate": ("a\ud800b", "a\ufffdb"),
    "an OSC without end": ("a\x1b]52;c;b", "a52;c;b"),
}


@pytest.mark.parametrize(("hostile", "harmless"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless


@pytest.mark.parametrize("text", ["50 µCi × 2 ≈ 100 µCi – “quoted”", "می‌خواهم", "👩‍🔬", "naïve é", "日本語", "a\n\nb"])
def test_honest_text_stays(text: str) -> None:
    assert clean(text) == text


@given(st.text(alphabet=st.characters(), max_size=80))
def test_no_control_or_hidden_character_remains(text: str) -> None:
    allowed = {"\n"}
    left = {c for c in clean(text) if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(c) in BIDI}
    assert left <= allowed


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(alphabet=st.characters(), max_size=80))
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_every_text_of_a_value_is_cleaned() -> None:
    document = Document(id="x", title="a\x1b[31mb", date=None, path="c\u202ed", sha256="0", characters=3)
    assert shown(document) == Document(id="x", title="ab", date=None, path="cd", sha256="0", characters=3)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80))
def test_escaped_json_means_the_same(text: str) -> None:
    written = json_for_terminals(json.dumps({"quote": text}, ensure_ascii=False))
    assert json.loads(written) == {"quote": text}
    assert clean(written) == written
