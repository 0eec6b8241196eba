"""Which sentence answers: sentences and runs of lines as units, the noun asked for, and how matches are ranked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.agent.evidence import Source
from assistant.agent.offline.sentences.lookup import Match, Wording, rank
from assistant.agent.offline.sentences.units import Unit, units
from assistant.agent.offline.understanding.terms import focus
from assistant.values import DocumentRef, Passage
from tests.unit.agent.offline.worded import bag

DOCUMENT = DocumentRef(id="d1", title="Lakewood news", date="2031-03-03", path="news.txt")
ABOUT = (
    "About QX 177\n\nQX 177 is an investigational conjugate for sarcoma. It carries lutetium-177 as its payload. "
    "The agency granted QX 177 an orphan designation in 2029.\n"
)
TRIAL = (
    "Lakewood Biosciences tested the conjugate in more than 40 different models. Enrolment of the Phase II trial began in May. "
    "“We are pleased with the results,” said Jane Miller, president of Lakewood. Preclinical chemotherapy was not given."
)
CONTACT = "CONTACT:\n\nJohn Rivers\n\nRivers Partners\n\n555-010-0199\n\njohn@rivers.example\n"


def source(text: str, start: int = 0) -> Source:
    return Source(passage=Passage(id=f"p{start}", document="d1", start=start, end=start + len(text), text=text), document=DOCUMENT)


def blind(texts: Sequence[str]) -> np.ndarray:
    """An encoder for which all texts are alike, so that words alone decide."""
    return np.ones((len(texts), 1), dtype=np.float32)


def unit(text: str) -> Unit:
    """A sentence that stands alone."""
    (found,) = units([source(text)])
    return found


CANDIDATES = units([source(ABOUT), source(TRIAL, 1000), source(CONTACT, 2000)])


def best(question: str, form: str = "what", encode=bag) -> Match:
    return rank(Wording(question, question, form), CANDIDATES, encode)[0]


class TestUnits:
    def test_each_sentence_is_one_in_order(self):
        texts = [unit.text for unit in units([source(TRIAL)])]
        assert len(texts) == 4
        assert texts[0].startswith("Lakewood Biosciences tested")
        assert texts[-1] == "Preclinical chemotherapy was not given."

    def test_sources_are_numbered_from_one(self):
        assert [unit.source for unit in units([source("One thing happened."), source("Another did too.", 100)])] == [1, 2]

    def test_short_lines_are_one_unit_more(self):
        texts = [unit.quote for unit in units([source(CONTACT)])]
        assert any("John Rivers" in text and "555-010-0199" in text for text in texts)
        assert all(text == " ".join(text.split()) for text in texts)

    def test_the_heading_is_context(self):
        (carries,) = [unit for unit in units([source(ABOUT)]) if "lutetium" in unit.text]
        assert "About QX 177" in carries.context

    def test_nothing_in_nothing(self):
        assert units([]) == ()
        assert rank(Wording("what?", "what?", "what"), (), blind) == ()


class TestFocus:
    @pytest.mark.parametrize(
        ("question", "noun"),
        [
            ("What were the Phase II results for sarcoma?", "result"),
            ("Which factors could change that?", "factor"),
            ("How many different xenograft models were used?", "model"),
            ("Who is the president?", None),
            ("Did it work?", None),
        ],
    )
    def test_the_noun_that_is_asked_for(self, question, noun):
        assert focus(question) == noun


class TestRank:
    @pytest.mark.parametrize("encode", [bag, blind])
    @pytest.mark.parametrize(
        ("question", "form", "words"),
        [
            ("Which payload does QX 177 carry?", "what", "lutetium-177"),
            ("How many models was the conjugate tested in?", "how many", "more than 40"),
            ("Who is the president of Lakewood?", "who", "Jane Miller"),
            ("What is the phone number of the contact?", "what", "555-010-0199"),
            ("When was the orphan designation granted?", "when", "2029"),
            ("What e-mail address do they have?", "what", "john@rivers.example"),
            ("Was chemo given?", "yesno", "chemotherapy was not given"),
            ("When did enrollment of the phase 2 trial begin?", "when", "Phase II trial began"),
        ],
    )
    def test_the_sentence_that_answers_is_first(self, question, form, words, encode):
        found = rank(Wording(question, question, form), CANDIDATES, encode)
        assert words in found[0].unit.text

    def test_matches_are_sorted_and_none_is_lost(self):
        found = rank(Wording("Which payload does QX 177 carry?", "Which payload does QX 177 carry?", "what"), CANDIDATES, bag)
        assert {match.unit for match in found} == set(CANDIDATES)
        assert [match.chance for match in found] == sorted((match.chance for match in found), reverse=True)

    def test_names_are_counted_apart_and_digits_are_exact(self):
        (here,) = rank(Wording("What is QX 177?", "What is QX 177?", "what"), [unit("QX 177 is a conjugate.")], blind)
        (other,) = rank(Wording("What is QX 178?", "What is QX 178?", "what"), [unit("QX 177 is a conjugate.")], blind)
        assert (here.names, other.names) == (1.0, 0.0)
        assert other.lacks == ("qx178",)

    def test_what_a_sentence_lacks_is_said(self):
        match = best("Which payload of QX 177 cures melanoma?")
        assert "melanoma" in match.lacks
        assert match.coverage < 1

    def test_a_misspelt_name_counts_a_name_with_other_digits_does_not(self):
        (match,) = rank(Wording("When was Lakewoods founded?", "q", "when"), [unit("Lakewoodd was founded in Ohio in 2001.")], blind)
        assert not any(word.startswith("lakewood") for word in match.lacks)

    def test_the_kind_of_answer_is_there_or_not(self):
        person, plain = unit("Jane Miller is the president."), unit("The president spoke.")
        found = {match.unit: match.kind for match in rank(Wording("Who is the president?", "q", "who"), [person, plain], blind)}
        assert found == {person: 1, plain: -1}
        assert rank(Wording("What was spoken?", "q", "what"), [plain], blind)[0].kind == 0

    def test_a_definition_opens_with_the_thing_or_explains_it_in_brackets(self):
        texts = ("QX 177 is a conjugate.", "Mice got QX 177 twice.", "Lipid conjugate vehicles (LCV) are small.")
        candidates = [unit(text) for text in texts]
        for question, thing, defining in (("What is QX 177?", "QX 177", texts[0]), ("What are LCVs?", "LCVs", texts[2])):
            found = rank(Wording(question, thing, "definition"), candidates, blind)
            assert [match.unit.text for match in found if match.defines] == [defining]

    def test_the_encoder_decides_where_words_leave_it_open(self):
        one, two = unit("The dog slept."), unit("The cat slept.")

        def prefers(wanted: str):
            return lambda texts: np.array(
                [[1.0, 0.0], *([1.0, 0.0] if wanted in text else [0.0, 1.0] for text in texts[1:])], dtype=np.float32
            )

        assert rank(Wording("Who purred?", "Who purred?", "what"), [one, two], prefers("cat"))[0].unit is two
        assert rank(Wording("Who purred?", "Who purred?", "what"), [one, two], prefers("dog"))[0].unit is one


def test_a_long_sentence_answers_by_the_stretch_that_is_closest():
    long = "The board met in Ohio and heard reports on staff, rent and travel before it named the rats that had lived for ninety days"
    asked = Wording("which rats had lived for ninety days", "which rats had lived for ninety days")
    (match,) = rank(asked, [unit(f"{long}.")], bag)
    assert match.closest > match.cosine + 0.2


def test_what_follows_a_question_wants_the_words_of_both():
    asked = Wording("and which payload?", "and which payload? What does the investigational conjugate carry?", follows=True)
    alone = Wording("and which payload?", asked.query)
    assert "investigational" in {lack for match in rank(asked, CANDIDATES, bag) for lack in match.lacks}
    assert "investigational" not in {lack for match in rank(alone, CANDIDATES, bag) for lack in match.lacks}
