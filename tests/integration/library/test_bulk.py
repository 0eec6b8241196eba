"""Passages by the thousand are encoded by something quicker, which says the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from first_use import RELEASE, FirstUse

from assistant.library import bulk
from assistant.library.bulk import MANY, OnCard, PassageEncoder
from assistant.library.encoder import PACKAGED_DIGEST, Encoder, encoder_folder
from assistant.settings import PACKAGED_ENCODER

TEXTS = ["", "a", "500 µCi of ¹³¹I – 𝛼β 生存 " * 5, "survival " * 400, *RELEASE.split("\n\n")] * 2


@pytest.fixture(scope="module")
def usual(first_use: FirstUse) -> Encoder:
    folder = encoder_folder(first_use.home, PACKAGED_DIGEST)
    return Encoder(folder)


@pytest.fixture
def few(usual: Encoder) -> bulk.Vectors:
    return usual.encode(TEXTS)


def quickest(usual: Encoder, monkeypatch: pytest.MonkeyPatch, *, in_bytes: bool) -> bulk.Encodes:
    monkeypatch.setattr(bulk, "has_card", lambda: False)
    monkeypatch.setattr(bulk, "has_byte_arithmetic", lambda: in_bytes)
    encoder = PassageEncoder(usual, PACKAGED_ENCODER)
    assert encoder.quickest(MANY - 1) is usual
    return encoder.quickest(MANY)


def test_all_processors_make_the_same_vectors(usual: Encoder, few: bulk.Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    many = quickest(usual, monkeypatch, in_bytes=False)
    assert np.abs(many.encode(TEXTS, told.append) - few).max() < 1e-5
    assert told == sorted(told)
    assert told[-1] == len(TEXTS)


def test_eight_bits_turn_a_vector_little(usual: Encoder, few: bulk.Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = quickest(usual, monkeypatch, in_bytes=True)
    rounded = encoder.encode(TEXTS)
    cosines = (rounded * few).sum(axis=1)
    assert cosines.min() > 0.97
    assert cosines.max() < 0.9999  # they are other vectors
    assert np.abs(np.linalg.norm(rounded, axis=1) - 1).max() < 1e-5
    half = len(TEXTS) // 2
    assert (rounded @ few[:half].T).argmax(axis=1).tolist() == list(range(half)) * 2
    assert np.abs(encoder.encode(TEXTS[2:4]) - rounded[2:4]).max() < 1e-6  # whatever is encoded beside them


def test_torch_on_a_device_makes_the_same_vectors(usual: Encoder, few: bulk.Vectors) -> None:
    told: list[int] = []
    card = OnCard(PACKAGED_ENCODER, usual.tokens.limit, device="cpu")
    assert np.abs(card.encode([*TEXTS, "\ud800"], told.append)[:-1] - few).max() < 1e-4
    assert told == [len(TEXTS) + 1]


@pytest.mark.parametrize(
    ("line", "known"), [("flags\t\t: fpu avx2 avx512_vnni", True), ("flags\t\t: fpu avx2", False), ("Features : asimddp", True)]
)
def test_processors_say_whether_they_count_in_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, known: bool) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor: 0\n{line}\n", encoding="ascii")
    monkeypatch.setattr(bulk, "_PROCESSOR", tmp_path / "cpuinfo")
    monkeypatch.setattr(bulk.platform, "system", lambda: "Linux")
    assert bulk.has_byte_arithmetic.__wrapped__() is known
