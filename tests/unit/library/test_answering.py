"""The two encoders of one twin: what they compute, and that it is made once, made again where damaged, and never half made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer

from assistant.errors import LibraryError
from assistant.library import answering
from assistant.library.encoder import ADAPTER, GRAPH, PACKAGED_DIGEST, encoder_folder, weights
from assistant.library.questions import QuestionEncoder
from assistant.settings import PACKAGED_ENCODER

TEXTS = ("How long is the kit good for?", "The kit keeps for nine months.", "Å", "one two three " * 60)
# A question, the sentence that answers it in other words, and one that shares words with the question.
WORDED = (
    (
        "Who signs the cheques there?",
        "Jan Hollis is chief financial officer of Norvane.",
        "There Norvane makes its kits and fills its vials.",
    ),
    ("How long is the kit good for?", "Unopened vials may be used for nine months.", "The kit has two vials and a shielded tray."),
    ("Which animals were left out?", "Two dogs were excluded for fever.", "The animals were weighed on the left scale."),
    ("What went wrong in March?", "On 3 March the pump failed and the batch was lost.", "The March report went to the board."),
)


def answers(home: Path, texts: Sequence[str]) -> np.ndarray:
    return QuestionEncoder(home, PACKAGED_DIGEST).encode_answers(texts)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("answering")


def test_the_twin_is_the_published_encoder_with_the_adapter_added(home):
    original = SentenceTransformer(str(weights(PACKAGED_ENCODER).folder), device="cpu")
    narrow = load_file(ADAPTER)
    changed = dict(original[0].auto_model.named_parameters())
    with torch.no_grad():
        for name in {key.rsplit(".", 1)[0] for key in narrow}:
            changed[f"{name}.weight"] += narrow[f"{name}.up"].float() @ narrow[f"{name}.down"].float()
    expected = original.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(answers(home, TEXTS) - expected).max() < 1e-4


def test_the_encoder_of_passages_is_the_published_one_as_ever(home):
    original = SentenceTransformer(str(weights(PACKAGED_ENCODER).folder), device="cpu")
    expected = original.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(QuestionEncoder(home, PACKAGED_DIGEST).encode(TEXTS) - expected).max() < 1e-4


@pytest.mark.parametrize(("question", "answer", "beside"), WORDED)
def test_a_question_is_nearer_to_its_answer_than_to_its_words(home, question, answer, beside):
    asked, right, wrong = answers(home, [question, answer, beside])
    assert asked @ right > asked @ wrong


def test_several_that_make_it_at_the_same_time_make_one(tmp_path):
    with ThreadPoolExecutor(3) as pool:
        vectors = list(pool.map(lambda _: answers(tmp_path, ["It works."]), range(3)))
    assert all(np.array_equal(vector, vectors[0]) for vector in vectors)
    assert [folder.name for folder in answering.folder(tmp_path).parent.iterdir()] == [answering.folder(tmp_path).name]


def test_a_damaged_one_is_made_again(tmp_path):
    before = answers(tmp_path, ["It works."])
    graph = answering.folder(tmp_path) / GRAPH
    graph.write_bytes(graph.read_bytes()[:-9])
    with pytest.raises(LibraryError, match="assistant library rebuild"):
        answers(tmp_path, ["It works."])
    answering.repair(tmp_path)
    assert np.array_equal(answers(tmp_path, ["It works."]), before)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    home = Path(tmp_path / "home")
    home.write_text("no folder")
    with pytest.raises(LibraryError, match="cannot be written"):
        answers(home, ["It works."])


def test_a_library_of_another_encoder_has_that_of_answers_too(tmp_path, home):
    kept = encoder_folder(tmp_path, "another")
    kept.parent.mkdir(parents=True)
    shutil.copytree(encoder_folder(home, PACKAGED_DIGEST), kept)
    encoder = QuestionEncoder(tmp_path, "another")
    assert np.array_equal(encoder.encode_answers(TEXTS), answers(home, TEXTS))
    assert answering.folder(tmp_path).exists()


def test_what_ended_processes_left_is_removed_and_what_others_write_is_not(tmp_path):
    kept = answering.folder(tmp_path)
    old, new = (kept.with_name(f"{kept.name}.{name}.building") for name in ("old", "new"))
    for partial in (old, new):
        partial.mkdir(parents=True)
    os.utime(old, (0, 0))
    answering.prepare(tmp_path)
    assert not old.exists()
    assert new.exists()
