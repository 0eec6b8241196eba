"""Cues are found in any inflection and only as whole words; the lists in prompts/questions.toml make sense."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.agent.offline.understanding.aspects import RULES
from assistant.agent.offline.understanding.cues import asks_to_draw, cue_words, light, scaffold, signals, spelled, synonyms
from assistant.resources import prompt_table

# Signals that topics give by what a question names, not by its words.
GIVEN = {"asks_earlier", "sides", "sides_across", "named_body", "named_share", "named_half_lives", "stated_survival", "bound_above",
         "bound_below", "named_unit", "named_time_unit", "named_study", "named_arm", "named_two_arms", "named_nuclide",
         "named_activity", "named_time", "named_disease", "named_model", "convert_amount", "yesno", "operators", "definition",
         "many_compared", "why", "title", "list", "named_arms_word", "named_two_studies", "control_given",
         "about_study", "alike", "sized", "dose_timed", "of_species", "studies_counted", "next_dose"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("How long did they SURVIVE?", "survival"),
        ("the surviving animals", "survival"),
        ("what does a repeat-dose buy", "second_dose"),
        ("how many more mice were there", "sample_size"),
        ("the half-lives", "half_life"),
        ("tumour burden at baseline", "burden"),
        ("by what percentage", "percent"),
        ("vs. saline", "control"),
        ("p-value?", "significance"),
        ("p?", "significance"),
        ("its n", "sample_size"),
        ("what was N per arm", "sample_size"),
        ("n=?", "sample_size"),
    ],
)
def test_a_cue_is_found_in_any_inflection_and_spelling(text, on):
    assert on in signals(text)


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("the ostrich and the osprey", "survival"),  # no "os"
        ("mean what you say", "median"),
        ("controlled vocabulary of a protocol", "ratio"),
        ("how many studies used mice", "dose_count"),
        ("how many papers and books and mice", "sample_size"),  # words of a cue that stand too far apart
        ("mice how many", "sample_size"),  # words of a cue in another order
        ("survival of SK-N-AS mice", "sample_size"),  # a letter of a name
        ("is strontium n/a", "sample_size"),
    ],
)
def test_a_cue_is_neither_a_part_of_a_word_nor_scattered(text, off):
    assert off not in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "draw me a bar chart",
        "Please plot the mean survival of both arms",
        "graph QX 177 against QX 161",
        "a graph of the survivals",
        "plot it",
    ],
)
def test_a_verb_of_drawing_asks_for_what_a_chart_can_show(text):
    assert asks_to_draw(text)


@pytest.mark.parametrize(
    "text",
    [
        "What conclusions do they draw on survival with QX 177?",
        "Which conclusions can they draw from the study?",
        "Do they draw any conclusion about the survival?",
        "How did they draw blood?",
        "Is the plot of land theirs?",
    ],
)
def test_what_is_drawn_otherwise_asks_for_no_chart(text):
    assert not asks_to_draw(text)
    assert "chart" not in signals(text)


def test_no_text_no_signal():
    assert signals("") == signals("?!") == frozenset()


@settings(deadline=None)
@given(st.sampled_from(sorted(prompt_table("questions.toml")["signals"])), st.data())
def test_each_listed_cue_shows_its_signal_also_amid_other_words(name, data):
    cue = data.draw(st.sampled_from(prompt_table("questions.toml")["signals"][name]))
    for phrase in spelled(cue):
        assert name in signals(phrase)
        assert name in signals(f"zebra {phrase.upper()} zebra")


def test_rules_ask_only_for_signals_that_exist():
    known = GIVEN | set(prompt_table("questions.toml")["signals"])
    asked = {name for rule in RULES for name in rule.all | rule.none | frozenset().union(*rule.any)}
    assert asked <= known


def test_synonyms_hold_both_ways():
    for member, group in synonyms().items():
        assert member in group
        assert all(member in synonyms()[other] for other in group)


def test_words_that_ask_carry_no_content():
    assert {"the", "what", "did"} <= scaffold()
    assert not {"mice", "surviv", "dose", "control"} & (scaffold() | light())
    assert {"surviv", "dose"} <= cue_words()
