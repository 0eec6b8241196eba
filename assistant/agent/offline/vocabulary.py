"""The words by which arms, diseases, species and studies are called, as stems."""

from __future__ import annotations

from functools import cache

from assistant.language.stems import stems
from assistant.resources import prompt_table


@cache
def naming_words() -> frozenset[str]:
    """The stems of all words of prompts/names.toml."""
    return frozenset(
        stem for table in prompt_table("names.toml").values() for listed in table.values() for entry in listed for stem in stems(entry)
    )
