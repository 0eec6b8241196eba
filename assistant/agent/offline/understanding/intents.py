"""Question → what it asks for, by its likeness to the wordings of prompts/intents.toml, as the encoder sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.agent.offline.encoders import Encode
from assistant.language.names import nuclides
from assistant.resources import prompt_table
from assistant.studies.facts import Study

# A question is as close to an aspect as to the wordings of it that are nearest, on average.
_NEAREST = 2
_DRUG, _MODEL, _ISOTOPE = "the drug", "the tumor model", "the isotope"


@dataclass(frozen=True, slots=True)
class Leaning:
    """``likeness`` to each aspect, -1..1."""

    likeness: Mapping[str, float]

    @property
    def best(self) -> str:
        """The aspect that the question is most like."""
        return max(self.likeness, key=lambda aspect: self.likeness[aspect])

    def lead(self, other: str) -> float:
        """How much closer the best aspect is than ``other``."""
        return self.likeness[self.best] - self.likeness.get(other, 0.0)


@dataclass(frozen=True, slots=True)
class Intents:
    """Compares questions with the known wordings; ``encode_kept`` remembers the vectors of these."""

    encode: Encode
    encode_kept: Encode

    def leaning(self, question: str, studies: Sequence[Study]) -> Leaning:
        """How like ``question``, its names put in general words, is to each aspect."""
        wordings: Mapping[str, Sequence[str]] = prompt_table("intents.toml")
        known = self.encode_kept([wording for listed in wordings.values() for wording in listed])
        closeness = iter((known @ self.encode([in_general_words(question, studies)])[0]).tolist())
        nearest = {aspect: sorted(islice(closeness, len(listed)))[-_NEAREST:] for aspect, listed in wordings.items()}
        return Leaning({aspect: sum(values) / len(values) for aspect, values in nearest.items()})


def in_general_words(question: str, studies: Sequence[Study]) -> str:
    """``question`` with "the drug" for each compound, "the tumor model" for each model and "the isotope" for each nuclide."""
    text = question
    for name, general in (*((s.compound, _DRUG) for s in studies), *((s.model, _MODEL) for s in studies)):
        if name:
            parts = re.findall(r"[A-Za-z]+|\d+", name)
            text = re.sub(rf"(?<![A-Za-z0-9]){r'[^A-Za-z0-9]{0,2}'.join(parts)}(?![A-Za-z0-9])", general, text, flags=re.IGNORECASE)
    for mention in reversed(nuclides(text)):
        text = text[: mention.start] + _ISOTOPE + text[mention.end :]
    return " ".join(text.split())
