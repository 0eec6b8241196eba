"""Likelihoods of sentences: what speaks for one raises it, what speaks against lowers it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from assistant.agent.offline.sentences.likelihood import WEIGHTS, best_of, likelihoods, signs


@dataclass(frozen=True)
class Sentence:
    coverage: float = 0.5
    names: float = 0.5
    cosine: float = 0.4
    closest: float = 0.4
    kind: int = 0
    sure: bool = False
    focus: bool = False
    defines: bool = False
    literal: bool = False
    elsewhere: float = 0.2
    nowhere: float = 0.2
    unsaid: frozenset[str] = frozenset()
    heading: bool = False


@pytest.mark.parametrize("better", [{"coverage": 0.9}, {"names": 1.0}, {"cosine": 0.7}, {"kind": 1}, {"sure": True}, {"defines": True}])
def test_what_speaks_for_a_sentence(better):
    plain, good = likelihoods([Sentence(), replace(Sentence(), **better)])
    assert 0 < plain < good < 1


@pytest.mark.parametrize("worse", [{"kind": -1}, {"unsaid": frozenset(["price"])}, {"nowhere": 0.8}, {"elsewhere": 0.8}])
def test_what_speaks_against_a_sentence(worse):
    plain, bad = likelihoods([Sentence(), replace(Sentence(), **worse)])
    assert bad < plain


def test_a_better_rival_makes_a_sentence_less_likely():
    alone = likelihoods([Sentence()])[0]
    assert likelihoods([Sentence(), replace(Sentence(), cosine=0.9, coverage=1.0)])[0] < alone


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("coverage", {"coverage": 0.9}),
        ("names", {"names": 0.9}),
        ("cosine", {"cosine": 0.9}),
        ("closest", {"closest": 0.9}),
        ("kind", {"kind": 1}),
        ("no_kind", {"kind": -1}),
        ("sure", {"sure": True}),
        ("focus", {"focus": True}),
        ("defines", {"defines": True}),
        ("literal", {"literal": True}),
        ("elsewhere", {"elsewhere": 0.9}),
        ("nowhere", {"nowhere": 0.9}),
        ("unsaid", {"unsaid": frozenset(["price"])}),
        ("heading", {"heading": True}),
    ],
)
def test_each_sign_is_told_under_its_name(name, fields):
    best = best_of([Sentence(coverage=1.0, closest=1.0, cosine=1.0)])
    plain, changed = signs(Sentence(), best), signs(replace(Sentence(), **fields), best)
    differing = {sign for sign in WEIGHTS if plain[sign] != changed[sign]}
    assert differing == {name, *({f"behind_in_{name}"} & set(WEIGHTS))}
