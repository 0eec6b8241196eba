"""Names of studies and arms in any spelling, digits exact; numbers inside names count no doses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import ALL, LEVELS, QX, QZ, activity, arm

from assistant.agent.offline.understanding.administrations import administrations_in, bare_counts
from assistant.agent.offline.understanding.arms import arms_of
from assistant.agent.offline.understanding.mentions import Mentions, mentions, occurs
from assistant.language.names import nuclides
from assistant.studies.facts import Nuclide, Study

VN = Study(document="d3", compound="[225Ac]Ac-VN-88", model="MDA-MB-231", disease="breast cancer", species="mouse",
           arms=(arm("Group A", 30.0, control=True), arm("Group B", 44.0, activity=activity(20, "kBq"), doses=1)))  # fmt: skip
EVERY = (*ALL, VN)


def named(question, studies=EVERY):
    return mentions(question, studies)


SPACED = "177 %"


def of_model(compound, *amounts):
    arms = tuple(arm(f"{amount} kBq", 30.0 + amount, activity=activity(amount, "kBq"), doses=1) for amount in amounts)
    carried = nuclides(compound)[0].name
    nuclide = Nuclide(name=carried, stated=True)
    return Study(document="d4", compound=compound, nuclide=nuclide, model="AR42J", species="mouse", arms=arms)


class TestActivities:
    ONE, OTHER = of_model("[177Lu]Lu-KV-30", 30000), of_model("[225Ac]Ac-KV-30", 20, 40)

    def test_an_activity_tells_which_of_two_studies_in_one_model_is_meant(self):
        assert named("survival with 40 kBq in AR42J", (self.ONE, self.OTHER)).studies == (self.OTHER,)

    def test_what_is_compared_may_be_of_another_study_than_the_one_that_is_named(self):
        found = named("was 40 kBq better than the lutetium compound", (self.ONE, self.OTHER)).studies
        assert set(found) == {self.ONE, self.OTHER}

    def test_an_activity_that_no_arm_got_tells_nothing(self):
        assert len(named("survival with 70 kBq in AR42J", (self.ONE, self.OTHER)).studies) == 2

    def test_an_activity_that_is_given_to_the_wrong_one_of_two_named_compounds_leaves_out_neither(self):
        other = of_model("[225Ac]Ac-QX-177", 500)
        asked = "why was [225Ac]Ac-KV-30 given at 500 kBq and [225Ac]Ac-QX-177 at only 20?"
        assert set(named(asked, (self.OTHER, other)).studies) == {self.OTHER, other}


class TestStudies:
    @pytest.mark.parametrize("name", ["QX 177", "QX177", "qx-177", "Qx 177", "QX‑177", "the QX-177 compound"])
    def test_a_compound_in_any_spelling(self, name):
        assert named(f"How did {name} do?").studies == (QX,)

    @pytest.mark.parametrize("name", ["AsPC-1", "aspc1", "ASPC 1", "AsPC‑1"])
    def test_a_model_in_any_spelling(self, name):
        assert named(f"How long did {name} mice live?").studies == (QX,)

    @pytest.mark.parametrize("name", ["Tb-161", "161Tb", "terbium-161", "¹⁶¹Tb", "[161Tb]"])
    def test_a_nuclide_in_any_notation(self, name):
        assert named(f"What was done with {name}?").studies == (QZ,)

    @pytest.mark.parametrize(
        ("words", "studies"),
        [
            ("pancreatic", (QX,)),
            ("PDAC", (QX,)),
            ("prostate", (QZ, LEVELS)),
            ("mammary", (VN,)),
            ("the prostatic tumours of LNCaP", (QZ,)),
        ],
    )
    def test_a_disease_by_organ_adjective_and_abbreviation(self, words, studies):
        assert named(f"How long did mice with {words} live?").studies == studies

    @pytest.mark.parametrize("question", ["the first study", "study 1", "the 1st experiment", "study one?"])
    def test_the_order_in_the_document(self, question):
        assert named(question).studies == (QX,)

    def test_the_second_study_is_not_the_second_dose(self):
        assert named("the second study").studies == (QZ,)
        assert named("the second dose").studies == ()

    @pytest.mark.parametrize("name", ["QX 17", "QX 1770", "QX 178", "AsPC-11", "Lu-176", "22Rv12", "xQX 177"])
    def test_digits_are_exact(self, name):
        assert named(f"How did {name} do?").studies == ()

    @pytest.mark.parametrize("name", ["225Ac-VN-88", "VN-88", "vn88", "Ac-225"])
    def test_a_labelled_compound_by_its_parts(self, name):
        known = Study(document="d3", compound="225Ac-VN-88", nuclide={"name": "Ac-225", "stated": True})
        assert mentions(f"And {name}?", (QX, known)).studies == (known,)

    @pytest.mark.parametrize("question", ["how did 177 do", "177 vs control"])
    def test_a_number_alone_where_it_tells_the_compounds_apart(self, question):
        only = (QX, QZ)
        assert mentions(question, only).studies == (QX,)

    @pytest.mark.parametrize("question", ["after 177 days", "177 uCi of it", "177 MBq", "177.5", "177%", SPACED])
    def test_an_amount_is_no_compound(self, question):
        assert mentions(question, (QX, QZ)).studies == ()

    def test_a_survival_names_its_study(self):
        assert named("Which mice lived 150 days?").studies == (QZ,)
        assert named("Which mice lived 151 days?").studies == ()

    def test_nothing_is_named(self):
        assert named("How long did the mice live?") == Mentions(species=frozenset({"mouse"}))
        assert mentions("QX 177", ()).studies == ()


class TestStraysAndUnknowns:
    @pytest.mark.parametrize("question", ["total given in the AsPC 1 study two dose arm", "the AsPC-1 study two doses"])
    def test_a_number_of_doses_behind_the_word_is_no_study(self, question):
        assert (named(question).studies, named(question).strays) == ((QX,), ())

    def test_a_compound_with_the_model_of_another(self):
        found = named("How long did LNCaP mice live on QX 177?")
        assert found.studies == (QX,)
        assert found.strays == (QZ,)

    def test_names_that_fit_leave_no_strays(self):
        assert named("QX 161 in LNCaP with Tb-161").strays == ()

    def test_a_right_disease_that_other_studies_share_leaves_no_strays(self):
        assert named("QX 161 in LNCaP prostate cancer").strays == ()

    @pytest.mark.parametrize(
        ("question", "code"),
        [
            ("How did ZB 400 do?", "zb400"),
            ("and PC31?", "pc31"),
            ("what of mda-mb-468?", "mda-mb468"),
            ("QX 178?", "qx178"),
            ("with RX 9?", "rx9"),
            ("and RX-9?", "rx9"),
        ],
    )
    def test_codes_that_no_study_has(self, question, code):
        assert named(question).unknown == (code,)

    @pytest.mark.parametrize(
        "question",
        [
            "What of QX177?",
            "Survival at day 42 in 2017",
            "40uCi of qx-161 in lncap",
            "How many MBq is 50 uCi?",
            "HOW DID RX 9 DO?",
            "in ARM 2",
            "What must be ordered to have 40 MBq 20 hours later?",
        ],
    )
    def test_known_codes_and_amounts_are_not_unknown(self, question):
        assert named(question).unknown == ()


class TestArms:
    @pytest.mark.parametrize(
        ("question", "counts"),
        [
            ("two doses", {2}),
            ("a single injection", {1}),
            ("two doses versus one", {1, 2}),
            ("mice dosed twice", {2}),
            ("1x vs 2x dosing", {1, 2}),
            ("one or two shots of QX 161", {1, 2}),
            ("three cycles", {3}),
            ("the two-dose arm", {2}),
            ("total given in the AsPC 1 study two dose arm", {2}),
            ("the LNCaP study one dose group", {1}),
            ("the dose of study 2", frozenset()),
        ],
    )
    def test_numbers_of_administrations(self, question, counts):
        assert named(question).counts == counts

    @pytest.mark.parametrize(
        "question",
        [
            "the dose of 177Lu-ABC-12",
            "doses in AsPC-1",
            "the dose given in MDA-MB-231 mice",
            "both studies gave a dose",
            "one of the doses",
            "the second dose",
            "what dose was given in the first study",
            "dose of QX-2",
            "two compounds were dosed",
        ],
    )
    def test_numbers_that_count_no_administrations(self, question):
        assert named(question).counts == frozenset()

    @pytest.mark.parametrize("word", ["untreated", "vehicle", "saline", "control", "not treated", "placebo"])
    def test_control_in_any_word(self, word):
        assert named(f"How long did {word} mice live?").control
        assert named(f"How long did {word} mice live?").arms

    def test_several_and_levels(self):
        assert named("with repeated dosing").several
        assert named("in the high-dose group").levels == {"highest"}
        assert not named("how long did they live").arms

    @pytest.mark.parametrize(
        ("study", "question", "labels"),
        [
            (QX, "two doses", ("two doses",)),
            (QX, "a single shot", ("single dose",)),
            (QX, "how long did they live", ("two doses", "single dose")),
            (QX, "the control arm", ()),
            (QX, "three doses", ()),
            (QZ, "untreated mice", ("control",)),
            (QZ, "one dose against control", ("one dose", "control")),
            (QZ, "multiple doses", ("two doses",)),
            (LEVELS, "the highest dose level", ("20 MBq",)),
            (LEVELS, "4 doses", ("4 x 10 MBq",)),
            (LEVELS, "the controls", ("vehicle", "untreated")),
            (VN, "group B", ("Group B",)),
            (QZ, "which mice lived 120 days", ("one dose",)),
        ],
    )
    def test_the_arms_that_a_question_means(self, study, question, labels):
        assert tuple(a.label for a in arms_of(study, mentions(question, (study,)))) == labels

    def test_bare_numbers_count_where_the_question_goes_on_about_doses(self):
        assert bare_counts("and for two?") == {2}
        assert bare_counts("both studies?") == bare_counts("the second study?") == frozenset()


letters = st.text("abcdefghjkmnpqrtvwxyz", min_size=2, max_size=4)


@given(letters, st.integers(10, 9999), st.sampled_from(["", " ", "-", "‑", "–"]), st.booleans(), st.integers(0, 9))
def test_a_code_occurs_in_any_spelling_but_never_with_another_digit(code, number, joint, upper, digit):
    spelled = f"{code.upper() if upper else code}{joint}{number}"
    stored = f"{code.upper()} {number}"
    assert occurs(stored, f"What of {stored}?")
    assert not occurs(stored, f"What of {stored}{digit}?")
    if upper:
        assert occurs(stored, f"What of {spelled}?")
    assert not occurs(stored, f"What of x{spelled}?")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("after the third injection", {3}),
        ("the seventh dose", {7}),
        ("a 4th cycle", {4}),
        ("the first dose", set()),
        ("the eight treated mice", set()),
    ],
)
def test_a_later_dose_is_given_to_those_who_get_so_many(text: str, counts: set[int]) -> None:
    assert administrations_in(text) == counts


class TestOneExperiment:
    OWN, OTHER = (
        Study(document="d5", compound=name, nuclide=Nuclide(name=carried, stated=True), model="LoVo", species="mouse",
              arms=(arm("Vehicle", 20.0, control=True), arm("20 MBq", days, activity=activity(20, "MBq"), doses=1)))
        for name, carried, days in (("KV-30", "Tb-161", 52.0), ("[177Lu]Lu-KV-30", "Lu-177", 41.0))
    )  # fmt: skip
    ELSEWHERE = OWN.model_copy(update={"model": "AsPC-1"})

    def told(self, question):
        return set(named(question, (self.OWN, self.OTHER, self.ELSEWHERE)).studies)

    @pytest.mark.parametrize(
        "question",
        ["was KV-30 better than the lutetium version?", "terbium vs lutetium at 20 MBq", "did lutetium mice outlive the KV-30 mice?"],
    )
    def test_both_compounds_of_a_comparison_are_meant_and_no_other_model(self, question):
        assert self.told(question) == {self.OWN, self.OTHER}

    def test_a_labelled_form_is_meant_where_its_nuclide_is_named_and_else_the_compound_of_that_name(self):
        assert self.told("how long did mice live on lutetium KV-30?") == {self.OTHER}
        assert self.told("how long did mice live on KV-30?") == {self.OWN, self.ELSEWHERE}
