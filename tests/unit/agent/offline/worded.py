"""Findings made of texts, the encoder of answers and a stand-in for it, for tests of what is said of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assistant.agent.evidence import Evidence, Source
from assistant.agent.offline.answers.text import plan
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.candidates import candidates
from assistant.agent.offline.sentences.lookup import Match, Wording, rank
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.stems import stems
from assistant.library.encoder import PACKAGED_DIGEST
from assistant.library.questions import QuestionEncoder
from assistant.library.readers.laid_out import with_tables
from assistant.values import DocumentRef, Passage


def found(*texts: tuple[str, str, str]) -> Findings:
    """Findings of one passage for each title, date and text, which is read as plain text is."""
    texts = tuple((title, date, with_tables(text)) for title, date, text in texts)
    documents = [DocumentRef(id=f"d{n}", title=title, date=date, path=f"{n}.txt") for n, (title, date, _) in enumerate(texts)]
    sources = [
        Source(passage=Passage(id=f"p{n}", document=f"d{n}", start=0, end=len(text), text=text), document=documents[n])
        for n, (_, _, text) in enumerate(texts)
    ]
    return Findings(Evidence(sources=tuple(sources)), {}, {})


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


@cache
def _answering() -> QuestionEncoder:
    return QuestionEncoder(Path(_home().name), PACKAGED_DIGEST)


def near_answers(texts: Sequence[str]) -> np.ndarray:
    """The encoder of answers itself, to which the weights of the signs are fitted."""
    return _answering().encode_answers(texts)


def bag(texts: Sequence[str]) -> np.ndarray:
    """A stand-in for the encoder: unit vectors of the stems that texts share."""
    vocabulary = {stem: place for place, stem in enumerate(dict.fromkeys(stem for text in texts for stem in stems(text)))}
    vectors = np.zeros((len(texts), len(vocabulary) + 1), dtype=np.float32)
    for row, text in enumerate(texts):
        for stem in stems(text):
            vectors[row, vocabulary[stem]] += 1
    vectors[:, -1] = 1e-6
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def ranked(topic: Topic, findings: Findings) -> tuple[Match, ...]:
    """All sentences of the findings as answers to the topic, the likeliest first."""
    sources = findings.evidence.sources
    return rank(Wording(topic.question, topic.query, topic.form), candidates(topic.question, topic.query, sources), near_answers)


def searched(topic: Topic, findings: Findings) -> Findings:
    """The findings as they are once the topic was searched for and every passage was found."""
    return replace(findings, outcomes=dict.fromkeys(plan(topic, findings), findings.evidence))
