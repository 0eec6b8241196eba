"""A word that narrows a question to what no document speaks of is found; all others are not."""

import pytest

from assistant.agent.offline.understanding.qualifiers import counts_animals, unknown_qualifiers

TEXTS = ("Athymic mice bearing LNCaP prostate tumours were given QX 177 by intravenous injection at Lakewood.",)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How long did elderly mice live?", ("elderly",)),
        ("survival of diabetic animals", ("diabetic",)),
        ("How long did mice live without chemotherapy?", ("chemotherapy",)),
        ("median survival with pembrolizumab", ("pembrolizumab",)),
        ("What was the survival in Antarctica?", ("antarctica",)),
        ("oral doses in obese mice", ("oral", "obese")),
        ("which breed of dog lived longest", ("breed",)),
        ("obese mice and obese rats", ("obese",)),
        ("survival in Antarctica's hospitals", ("antarctica",)),
    ],
)
def test_narrowing_words_that_the_documents_lack(question, words):
    assert unknown_qualifiers(question, TEXTS) == words


@pytest.mark.parametrize(
    "question",
    [
        "How long did athymic mice live?",
        "survival with intravenous injection at Lakewood",
        "How long did mice live on two doses of QX 177 in LNCaP?",
        "survival in weeks",
        "survival of the two-dose qx mice",
        "dose in the prosta mice",
        "the dose in MBq",
        "survival in PC-99",  # a name that no document has is told of elsewhere
        "Wow, how long did they live, roughly speaking?",
        "survival of the mice compared to control",
        "prostatic tumors",
        "the two-dose arm against single-dose mice",
    ],
)
def test_known_words_units_names_and_chatter_narrow_nothing(question):
    assert unknown_qualifiers(question, TEXTS) == ()


def test_the_texts_decide():
    assert unknown_qualifiers("survival of obese mice", ("obesity is common",)) in ((), ("obese",))
    assert unknown_qualifiers("survival of obese mice", ("Obese mice were fed.",)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "thirteen mice died",
        "forty-two rabbits",
        "groups of eight mice",
        "n = 8 in each",
        "Ten athymic nude mice were given it",
        "12 animals",
    ],
)
def test_what_counts_animals(text):
    assert counts_animals(text)


@pytest.mark.parametrize(
    "text", ["tumours of the one-dose mice", "mice given two doses", "one dose per mouse of 8 MBq", "90 days for mice on one dose"]
)
def test_what_counts_doses_counts_no_animals(text):
    assert not counts_animals(text)
