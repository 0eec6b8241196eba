"""The words by which arms, diseases, species and studies are called, and the other words of any question, as stems."""

from __future__ import annotations

from functools import cache

from assistant.agent.offline.understanding.cues import cue_words, light, scaffold
from assistant.language.names import ELEMENT_NAMES
from assistant.language.stems import stems
from assistant.resources import prompt_table


@cache
def naming_words() -> frozenset[str]:
    """The stems of all words of prompts/names.toml, and the names of the elements."""
    listed = [entry for table in prompt_table("names.toml").values() for entries in table.values() for entry in entries]
    return frozenset(stem for entry in (*listed, *ELEMENT_NAMES) for stem in stems(entry))


@cache
def common_words() -> frozenset[str]:
    """The stems that any question may have, whatever it is about."""
    return cue_words() | scaffold() | light() | naming_words()
