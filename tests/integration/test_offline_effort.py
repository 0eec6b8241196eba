"""What the offline model takes the trouble of, which decides how long a first question takes."""

from __future__ import annotations

import pytest
from langchain_core.messages import HumanMessage

from assistant.agent.desk import Desk
from assistant.agent.offline.turn import OfflineTurn
from assistant.library.library import Library
from assistant.settings import PACKAGED_ENCODER


class Counting:
    """A library's encoders, with the texts that were given to that of answers."""

    def __init__(self, library: Library) -> None:
        self.encode, self.encode_kept, self.words = library.encode, library.encode_kept, library.words
        self._library = library
        self.texts: list[str] = []

    def encode_answers(self, texts):
        self.texts += texts
        return self._library.encode_answers(texts)


@pytest.fixture
def encoded(release):
    library = Library.open(release.settings.home, embedding_model=PACKAGED_ENCODER)

    def texts_encoded_for(question: str) -> list[str]:
        encoders = Counting(library)
        turn = OfflineTurn([HumanMessage(question)], Desk(library), encoders, 60)
        list(turn.events())
        return encoders.texts

    return texts_encoded_for


def test_what_the_studies_tell_is_told_without_reading_sentences(encoded):
    assert encoded("How much longer did mice live with two doses of CLR 131 than with one?") == []


def test_what_the_text_tells_is_found_by_reading_them(encoded):
    assert len(encoded("What are lipid rafts made of?")) > 20
