"""Who asks for somebody's treatment is told so; who asks what was done to patients is not."""

import pytest

from assistant.agent.offline.answers.meta import kind_of, signals_of


@pytest.mark.parametrize(
    "question",
    [
        "Would QXR 9 work for my aunt?",
        "is it worth trying for my father with kidney cancer",
        "My sister has a glioma. Could QXR 9 help her?",
        "Should I take QXR 9?",
        "what dose is best for me",
    ],
)
def test_a_treatment_for_somebody_is_advice(question):
    assert kind_of(signals_of(question), None) == "advice"


@pytest.mark.parametrize(
    "question",
    [
        "How many patients were dosed?",
        "Could QXR 9 help people with lymphoma?",
        "How does QXR 9 work?",
        "My wife asks how long the mice lived.",
        "Put the survival of the mice in one line for my slides.",
    ],
)
def test_a_question_about_the_documents_is_none(question):
    assert kind_of(signals_of(question), None) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("hi, what can you tell me?", "help"),
        ("What could you show us here", "help"),
        ("what can you tell me about QXR 9?", None),
        ("What can you say on survival?", None),
    ],
)
def test_what_may_be_asked_is_asked_for_where_nothing_else_is(question, kind):
    assert kind_of(signals_of(question), None) == kind
