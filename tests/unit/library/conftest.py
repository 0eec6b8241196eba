"""What the library's tests share: the encoder's vocabulary, which needs no torch."""

from __future__ import annotations

import pytest

from assistant.library.encoder import Tokens, weights
from assistant.settings import PACKAGED_ENCODER


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    return Tokens(weights(PACKAGED_ENCODER).folder / "tokenizer.json", 256)
