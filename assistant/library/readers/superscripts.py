"""Raised characters: without their height, ten to the fifth is 105 and a footnote's mark a digit of the figure before it."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
# What stands between the marks of several notes.
_BETWEEN = ",–*†‡§"
# The letters of notes. Set apart, so that the word before keeps its spelling; others are parts of names: "99m", "9th".
_NOTES = re.compile(r"[a-k](?:,[a-k])*")
_LETTERS = str.maketrans("abcdefghijk", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏ")
_APART = " "


def raised(text: str) -> str:
    """``text`` in superscript characters where there are such for all of it, else as it is."""
    bare = "".join(text.split())
    if _NOTES.fullmatch(bare):
        return _APART + bare.translate(_LETTERS)
    lifted = bare.translate(_RAISED)
    return lifted if lifted != bare and all(new != old or old in _BETWEEN for new, old in zip(lifted, bare, strict=True)) else text
