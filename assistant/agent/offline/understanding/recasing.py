"""Radionuclides as people type them, "lu-177", "ac225", "177LU", in the case in which documents have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from assistant.errors import CalculationError
from assistant.language.names import nuclides
from assistant.resources import prompt_table
from assistant.studies.activity import half_life

_TYPED = re.compile(
    r"(?<![\w-])(?:(?P<symbol>[A-Za-z]{1,2})-?(?P<mass>\d{1,3}m?)|(?P<mass_first>\d{1,3}m?)-?(?P<symbol_last>[A-Za-z]{1,2}))(?![\w-]|\.\d)"
)


def recased(question: str, texts: Iterable[str] = ()) -> str:
    """``question`` with its radionuclides as "Lu-177"; what one of the ``texts`` has as another code, as it is typed, is none."""
    known: Sequence[str] = tuple(texts) if _TYPED.search(question) else ()

    def named(match: re.Match[str]) -> str:
        typed = match.group()
        symbol, mass = (match["symbol"], match["mass"]) if match["symbol"] else (match["symbol_last"], match["mass_first"])
        name = f"{symbol.capitalize()}-{mass}"
        if nuclides(typed) or not _decays(name) or any(_is_code(typed, text) for text in known):
            return typed
        return name

    return _TYPED.sub(named, question)


def _is_code(typed: str, text: str) -> bool:
    """Whether a text has what is typed, in whatever case, and no radionuclide by it: the code CR-51."""
    found = re.finditer(rf"(?<![\w-]){re.escape(typed)}(?![\w-])", text, re.IGNORECASE)
    return any(not nuclides(match.group()) for match in found)


@lru_cache(maxsize=256)
def _decays(name: str) -> bool:
    """Whether this is a radionuclide; of the elements with a single letter, by which much else goes, one that is used."""
    if not nuclides(name):
        return False
    if name[1] == "-":
        return name in _used()
    try:
        half_life(name)
    except CalculationError:
        return False
    return True


@cache
def _used() -> frozenset[str]:
    """The radionuclides of therapy and imaging that prompts/nuclides.toml lists."""
    return frozenset(name for names in prompt_table("nuclides.toml")["emitters"].values() for name in names)
