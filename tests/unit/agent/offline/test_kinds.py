"""Which kind of answer a question wants, and which texts have it."""

import pytest

from assistant.agent.offline.understanding.kinds import KINDS, wanted_kinds

BY_NAME = {kind.name: kind for kind in KINDS}


@pytest.mark.parametrize(
    ("question", "form", "kind"),
    [
        ("What is the e-mail address of the press office?", "what", "email"),
        ("Which phone number can I call?", "what", "phone"),
        ("What's their website?", "what", "site"),
        ("Under which ticker symbol is it listed?", "what", "ticker"),
        ("How do I get in touch with them?", "what", "contact"),
        ("How could I best reach them?", "what", "contact"),
        ("Who leads the company?", "who", "person"),
        ("When was it published?", "when", "date"),
        ("Where is the company based?", "where", "place"),
        ("How many xenograft models were tested?", "how many", "number"),
        ("name the cancers", "what", "disease"),
        ("list all the diseases mentioned", "what", "disease"),
        ("which isotopes", "what", "nuclide"),
        ("list the people", "what", "person"),
        ("name the president", "what", "person"),
        ("which companies are named", "what", "organisation"),
        ("what address", "what", "place"),
        ("adress of the firm", "what", "place"),
        ("In which countries was it tested?", "what", "country"),
        ("how often was it given?", "how many", "frequency"),
        ("compare the response rates of both arms", "what", "comparison"),
        ("how much does one dose cost", "how many", "money"),
        ("how much activity does one dose have", "how many", "amount"),
        ("fax number?", "what", "fax"),
        ("give me the phone and email of the press person", "what", "contact"),
        ("How much did they spend on research?", "how many", "money"),
        ("What is the deputy head paid?", "what", "money"),
        ("How long is it incubated?", "what", "length"),
        ("What was the median survival with one dose?", "what", "length"),
    ],
)
def test_what_is_wanted(question, form, kind):
    assert [found.name for found in wanted_kinds(question, form)] == [kind]


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("What is QX 177?", "what"),
        ("Is the man who leads it a doctor?", "yesno"),
        ("the whole caller", "what"),
        ("What speed does the rotor reach?", "what"),
    ],
)
def test_nothing_in_particular_is_wanted(question, form):
    assert wanted_kinds(question, form) == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "Write to press@lakewood.example"),
        ("phone", "Call 555-010-0199"),
        ("phone", "Tel. +1 (555) 010-0199".replace("(555)", "555")),
        ("site", "Visit www.lakewood.example for more"),
        ("site", "see https://lakewood.example/news"),
        ("ticker", "Lakewood Bio (Nasdaq: LKWD)"),
        ("ticker", "NYSE:LKW"),
        ("contact", "press@lakewood.example"),
        ("person", "said Jane Miller, president of Lakewood"),
        ("person", "Dr. Jane Q. Miller"),
        ("date", "on March 3, 2031"),
        ("date", "in 2031"),
        ("date", "due 17 March"),
        ("phone", "The nurse on duty: extension 4417."),
        ("fax", "Fax: 555-010-0199"),
        ("nuclide", "It carries lutetium-177."),
        ("organisation", "Source: Lakewood Biosciences, Inc."),
        ("organisation", "said Harlow Partners"),
        ("place", "LAKEWOOD, Ohio, March 3"),
        ("place", "Lakewood, Ohio"),
        ("place", "offices in Lakewood, Ohio."),
    ],
)
def test_texts_that_have_it(kind, text):
    assert BY_NAME[kind].found_in(text, frozenset())


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "Write to the press at once"),
        ("phone", "of 1,234,567 cells in 2031"),
        ("fax", "Call 555-010-0199"),
        ("nuclide", "a radioactive isotope"),
        ("organisation", "the company and its partners"),
        ("disease", "a broad range of cancers"),
        ("site", "the site of the tumour. Mice"),
        ("ticker", "the index of this exchange"),
        ("ticker", "the nasdaq index"),
        ("contact", "in contact with cells"),
        ("person", "Mice Lived Longer with Two Doses"),
        ("person", "said the company"),
        ("date", "after 20 days, 2031x"),
        ("place", "Lakewood, Inc. and partners"),
        ("place", "mice, Rats"),
    ],
)
def test_texts_that_lack_it(kind, text):
    assert not BY_NAME[kind].found_in(text, frozenset())


class TestNumbers:
    found_in = staticmethod(BY_NAME["number"].found_in)

    @pytest.mark.parametrize("text", ["more than 80 different xenograft models", "12 models", "twenty models"])
    def test_a_figure_that_counts_the_noun(self, text):
        assert self.found_in(text, frozenset(["model"]))

    @pytest.mark.parametrize("text", ["80 mice of several kinds were used in all of the models", "the models of 2031 mice", "models"])
    def test_a_figure_that_counts_something_else(self, text):
        assert not self.found_in(text, frozenset(["model"]))

    def test_any_figure_where_no_noun_is_asked_for(self):
        assert self.found_in("12 mice", frozenset())
        assert not self.found_in("some mice", frozenset())


def test_kinds_told_by_their_form_alone():
    assert {kind.name for kind in KINDS if kind.sure} == {"email", "phone", "fax", "site", "ticker", "contact", "place"}


def test_a_why_asks_for_a_reason_and_for_no_person():
    assert [kind.name for kind in wanted_kinds("Why did the people who led it leave?", "why")] == ["reason"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how large were the tumours when treatment began", "amount"),
        ("when was the first of how many animals treated", "date"),
        ("CFO of Harlow Bio?", "person"),
    ],
)
def test_what_is_asked_first_decides(question, kind):
    assert [found.name for found in wanted_kinds(question, "what")] == [kind]
