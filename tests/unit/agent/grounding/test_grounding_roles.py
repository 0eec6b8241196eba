"""Who did what and what was denied: false sentences in the words of a source, beside true ones in other words."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.agent.grounding.frames import frames
from assistant.values import DocumentRef

_TEXT = """Harrow will pay the hospital 14 pounds for each patient, and the hospital's charity will meet the cost of the shielded room.
Interpreters are to be paid for by the sponsor. Lundby licensed the chemistry from the University of Turku. Harrow makes the material
by irradiating radium at its cyclotron in Didcot; it is shipped by Pellworth. The firm has begun to carry out toxicology work in dogs.

One mouse in Arm B was killed on day 41. No mouse died of a cause related to treatment. A second animal study must be completed. The
sponsor has not begun this study. The technician made no record of the temperature. No more than four samples were lost. The board
accepted the exclusion of smokers. It did not accept the exclusion of children.

The primary endpoint is progression-free survival, and overall survival is the key secondary endpoint. Quality
of life and cost are secondary.
"""
_DOCUMENT = DocumentRef(id="note", title="Harrow reports", path="note.txt", date=None)


def _dropped(said: str) -> tuple[str, ...]:
    evidence = Evidence(sources=(source(_TEXT, _DOCUMENT, "Harrow will", "are secondary."),), workings=(), studies=(), documents=())
    return verify(f"{said} [1].", evidence, "?").verification.dropped


@pytest.mark.parametrize(
    "said",
    [
        "The cost of the shielded room will be met by the hospital's charity",
        "The sponsor is to pay for interpreters",
        "Lundby licensed the chemistry from the university in Turku",
        "Harrow irradiates the radium at its cyclotron in Didcot",
        "Toxicology work has begun in dogs",
        "None of the mice died of a cause related to treatment",
        "The second animal study has not been begun",
        "The board did not accept the exclusion of children",
        "Progression-free survival is the primary endpoint",
        "Overall survival is the key secondary endpoint",
    ],
)
def test_a_true_sentence_in_other_words_stays(said: str) -> None:
    assert not _dropped(said)


@pytest.mark.parametrize(
    "said",
    [
        "Harrow will meet the cost of the shielded room",
        "Interpreters are to be paid for by the hospital",
        "The University of Turku licensed the chemistry from Lundby",
        "Pellworth irradiates the radium at its cyclotron in Didcot",
        "One mouse died on day 41 of a cause related to treatment",
        "The sponsor has begun this study",
        "The technician made a record of the temperature",
        "The primary endpoint of the trial is overall survival",
        "Progression-free survival is the secondary endpoint",
        "The primary endpoint is the cost",
    ],
)
def test_another_doer_rank_or_negation_is_found(said: str) -> None:
    assert _dropped(said)


@pytest.mark.parametrize(
    ("text", "verb", "doer", "negative"),
    [
        ("The minutes are kept by Quillmark until the base is locked", "keep", "Quillmark", False),
        ("Ada Birch, who had not slept, wrote it", "sleep", "Ada Birch", True),
        ("Harrow makes the vials and fills them by hand", "fill", "Harrow", False),
        ("Harrow purifies it by heating the target", "heat", "Harrow", False),
        ("No more than four batches failed the test", "fail", "four batches", False),
        ("TAIL, a study in dogs, compared two doses", "compar", "TAIL , a study in dogs", False),
    ],
)
def test_a_verb_is_read_with_its_doer(text: str, verb: str, doer: str, negative: bool) -> None:
    assert (doer, negative) in [(frame.doer, frame.negative) for frame in frames(text) if frame.verb == verb]
