"""Elements without a mass number: the nuclide is the one that the documents speak of, if they speak of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.agent.offline.understanding.elements import with_nuclide
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import found


@pytest.mark.parametrize(
    ("question", "text", "nuclides"),
    [
        ("What is left of 5 GBq of yttrium after a day?", "Yttrium-90 is kept in acrylic. [90Y]Y-QX is given.", ("Y-90",)),
        ("What is left of 5 GBq of iodine after a day?", "I-131 is given, and I-124 for imaging.", ()),
        ("What is left of 5 GBq of iodine after a day?", "Yttrium-90 is given.", ()),
        ("What is left of 5 GBq of I-125 after a day?", "I-131 is given.", ("I-125",)),
    ],
)
def test_which_nuclide_is_meant(question, text, nuclides):
    assert with_nuclide(read(question, ()), found(("Report", "2031-03-03", text)).evidence).nuclides == nuclides


@pytest.mark.parametrize(
    ("question", "nuclides"),
    [
        ("How much of 4 MBq of RX-190 is left after a day?", ("Y-90",)),
        ("How much of 4 MBq of RX-205 is left after a day?", ("Lu-177",)),
        ("How much of 4 MBq of RX-7 is left after a day?", ()),
    ],
)
def test_what_a_compound_carries_is_told_behind_its_name(question, nuclides):
    text = "RX-205 is labeled with lutetium-177, and an earlier RX-190 with yttrium-90. RX-7 was never made."
    topic = replace(read(question, ()), aspect="decay")
    assert with_nuclide(topic, found(("Report", "2031-03-03", text)).evidence).nuclides == nuclides
