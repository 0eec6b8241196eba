"""What a text stresses itself is the answer to what or why something is important."""

import pytest
from worded import found, ranked

from assistant.agent.offline.sentences.stresses import stresses
from assistant.agent.offline.understanding.topic import read

TEXT = "Mice of arm B lived 80 days. Importantly, the mice of arm B had larger tumours at the start.\n"


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Why do they call the result of arm B noteworthy?", ["Importantly, the mice of arm B had larger tumours at the start."]),
        ("What do they stress about the mice?", ["Importantly, the mice of arm B had larger tumours at the start."]),
        ("Why did the mice of arm B live longer?", []),
    ],
)
def test_what_opens_with_a_word_for_it_is_stressed(question, quotes):
    matches = ranked(read(question, ()), found(("Note", "2031-03-03", TEXT)))
    assert [match.unit.quote for match in matches if stresses(question, match)] == quotes
