"""Texts that are encoded ahead: the same vectors, sooner; errors reach whoever asks, and nothing waits behind what nobody asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pytest

from assistant.errors import EncoderError
from assistant.library.encoder import PACKAGED_DIGEST
from assistant.library.questions import QuestionEncoder, _Remembered

Vectors = npt.NDArray[np.float32]
TEXTS = ("How long is the kit good for?", "Who signs the cheques there?", "kit", "What went wrong in March, and what was lost by it?")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("questions")


@pytest.fixture(scope="module")
def opened(home):
    """A function that gives an encoder with an open twin and nothing remembered of TEXTS."""

    def fresh() -> QuestionEncoder:
        encoder = QuestionEncoder(home, PACKAGED_DIGEST)
        encoder.encode(["Something else."])
        return encoder

    return fresh


class Gate:
    """Encodes texts by their length; of "slow" only when it is let through, and "wrong" never."""

    def __init__(self) -> None:
        self.begun, self.through = threading.Event(), threading.Event()
        self.encoded: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            self.encoded.append(text)
            if text == "slow":
                self.begun.set()
                assert self.through.wait(10)
            if text == "wrong":
                raise EncoderError("no such word")
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_what_was_encoded_ahead_is_to_the_bit_what_is_encoded_when_it_is_asked_for(opened):
    alone, ahead = opened(), opened()
    ahead.encode_ahead(TEXTS, TEXTS)
    for text in TEXTS:
        assert np.array_equal(ahead.encode([text]), alone.encode([text]))
        assert np.array_equal(ahead.encode_answers([text]), alone.encode_answers([text]))


def test_several_threads_ask_for_the_same_texts_while_others_have_them_encoded_ahead(opened):
    encoder, alone = opened(), opened()
    expected = np.concatenate([alone.encode([text]) for text in TEXTS])

    def ask(_: int) -> Vectors:
        encoder.encode_ahead(TEXTS, TEXTS)
        return encoder.encode(TEXTS)

    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(ask, range(16)):
            assert np.abs(found - expected).max() < 1e-5  # in a batch, sums are rounded otherwise


def test_an_encoder_that_no_question_has_needed_is_not_opened_for_it(tmp_path):
    QuestionEncoder(tmp_path, PACKAGED_DIGEST).encode_ahead(TEXTS, TEXTS)
    assert not list(tmp_path.iterdir())


def test_the_thread_ends_with_its_texts(opened):
    encoder, before = opened(), threading.active_count()
    encoder.encode_ahead(TEXTS, TEXTS)
    deadline = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_a_text_that_waits_behind_another_is_encoded_at_once_where_it_is_asked_for():
    gate = Gate()
    remembered = _Remembered(gate)
    with ThreadPoolExecutor(1) as thread:
        for text in ("slow", "quick"):
            remembered.ahead(text, thread)
        assert gate.begun.wait(10)
        assert remembered(["quick"]).tolist() == [[5.0]]
        gate.through.set()
        assert remembered(["slow"]).tolist() == [[4.0]]
    assert gate.encoded == ["slow", "quick"]


def test_an_error_of_a_text_that_was_to_be_encoded_ahead_reaches_every_one_who_asks_for_it():
    remembered = _Remembered(Gate())
    with ThreadPoolExecutor(1) as thread:
        remembered.ahead("wrong", thread)
        for _ in range(2):
            with pytest.raises(EncoderError, match="no such word"):
                remembered(["wrong"])
        assert remembered(["kit"]).tolist() == [[3.0]]
