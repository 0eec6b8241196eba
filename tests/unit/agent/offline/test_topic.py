"""Questions in many wordings: what is asked, of which studies and arms, in which unit, and what a follow-up follows."""

import pytest
from made_studies import ALL, LEVELS, QX, QZ

from assistant.agent.offline.understanding.cues import content, signals
from assistant.agent.offline.understanding.followup import understand
from assistant.agent.offline.understanding.topic import parts

ASPECTS = {
    "survival": [
        "How long did mice on two doses of QX 177 live?",
        "What was the survival with a single dose of QX-161?",
        "how many days did the untreated LNCaP mice last",
        "Tell me the mean survival in AsPC-1",
        "survival of controls, LNCaP",
        "When did the mice with one dose of QX 177 die?",
        "What did two doses of QX 177 do in AsPC-1?",
        "What did a single injection of QX 161 achieve in LNCaP mice?",
    ],
    "benefit": [
        "How much longer did mice live with two doses of qx177 than with one?",
        "What did the second dose of QX 177 add?",
        "By what percent did survival rise with two doses of QX 161 over control?",
        "What is the ratio of survival of two doses to one dose in AsPC-1?",
        "survival gain of QX 161 over untreated mice",
        "How many extra days does repeat dosing with QX 177 buy?",
        "Compare one dose with two doses of QX 161",
        "What is the ratio of mean survival with two doses to that with one in the AsPC-1 study?",
        "AsPC-1: did giving it twice beat giving it once?",
    ],
    "next_dose": [
        "If a third QX 177 dose were added and the same interval kept, on which study day would it fall?",
        "when would a third dose be due if they keep the 21 day gap",
    ],
    "survival_per_activity": ["mean survival per uCi of total injected activity, two-dose AsPC-1 arm"],
    "benefit_per_activity": [
        "days gained per uCi added with QX 177?",
        "What is the survival gain per additional MBq of QX 161?",
    ],
    "total": [
        "what do the two injections of QX 177 add up to in MBq?",
        "What was the total activity of QX 177 given to the two-dose mice?",
        "cumulative dose of QX 161?",
    ],
    "dose": [
        "How much QX 161 did each mouse get per shot?",
        "what dose of QX 177 was used",
        "Express the dose of QX 161 in mCi",
        "What amount of qx-177 was injected?",
    ],
    "schedule": [
        "On which days were the doses of QX 177 given?",
        "when was the second dose of QX 161 given?",
        "What day did they inject the second dose of QX 177?",
    ],
    "interval": [
        "How many days lay between the two injections of QX 161?",
        "How far apart were the doses of QX 177?",
        "what was the interval between doses in LNCaP",
    ],
    "model": ["Which cell line was QX 177 tested in?", "what xenograft did they use for QX 161?"],
    "disease": ["What kind of cancer is LNCaP?", "which cancer was treated with QX 177"],
    "nuclide": ["Which isotope does QX 161 carry?", "what radionuclide is in QX 177?", "the radioactive payload of QX 161?"],
    "sample_size": ["How many mice were in each arm?", "what was n", "sample size of the LNCaP study?", "number of animals per group"],
    "control": ["Was there a control arm in the AsPC-1 study?", "did they have untreated mice in the LNCaP study?"],
    "statistic": ["Is the survival of QX 161 a mean or a median?", "which statistic is the LNCaP survival"],
    "half_life": ["Which decays faster, Lu-177 or Tb-161?", "What is the half-life of Lu-177?", "terbium-161 half life?"],
    "decay": ["How much of 40 uCi of Lu-177 is left after 21 days?", "What remains of 7.4 MBq Tb-161 after two weeks?"],
    "half_lives": ["How many half-lives of Tb-161 pass in 14 days?"],
    "conversion": ["Convert 7.4 MBq to uCi", "what is 40 uCi in MBq?", "How many weeks are 90 days?", "7.4 MBq in uCi and mCi"],
    "arithmetic": ["What is 135 - 64?", "2 * 40 uCi?", "90 divided by 60"],
    "extreme": ["Which arm lived longest?", "What was the longest survival?"],
    "study_list": ["Which studies are there?", "list all studies", "Summarize the results"],
    "arms_list": ["what arms were there in the LNCaP study?", "Which treatment groups did the QX 177 study have?"],
    "dose_count": ["How many doses did mice get in the second study?"],
    "burden": ["Did the two dose mice start with larger tumors?", "what was the initial tumour volume?"],
    "claim": ["Is the claim that QX 177 doubled survival correct?"],
    "after_dose": [
        "How long did they live after the second dose of QX 177?",
        "How many days passed between the repeat QX 161 dose and the reported survival of that group?",
    ],
    "species": ["In which species was QX 177 tested?", "What animals did they use in the LNCaP study?"],
    "text": [
        "Who is the CEO?",
        "What was the p-value?",
        "Why three weeks between the two injections of QX 177?",
        "CI for the 20 MBq group",
        "Was the difference statistically significant?",
        "What was the tumor growth inhibition?",
        "side effects?",
        "When was this published?",
        "What does PDC stand for?",
        "Is QX 177 approved by the FDA?",
        "Where is the company based?",
        "Why is the platform selective for tumours?",
    ],
}


# What is asked with words that lead elsewhere.
MISREAD = [("extreme", "What was the longest survival of all arms?")]


def ask(*questions, studies=ALL):
    return understand(questions, studies)


def one(*questions, studies=ALL):
    (topic,) = understand(questions, studies)
    return topic


@pytest.mark.parametrize(("aspect", "question"), [(aspect, question) for aspect, asked in ASPECTS.items() for question in asked])
def test_what_is_asked(aspect, question):
    assert one(question).aspect == aspect


@pytest.mark.parametrize(("aspect", "question"), MISREAD)
def test_what_is_asked_by_misleading_words(aspect, question):
    assert one(question).aspect == aspect


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: f"  Hi, {text}", lambda text: text.rstrip("?") + " please"])
@pytest.mark.parametrize("aspect", ["survival", "benefit", "dose", "schedule", "nuclide", "sample_size"])
def test_case_and_courtesy_change_nothing(aspect, change):
    for question in ASPECTS[aspect]:
        assert one(change(question)).aspect == aspect


@pytest.mark.parametrize(
    ("question", "studies"),
    [
        ("How long did QX 161 mice live?", (QZ,)),
        ("How long did the mice live?", ALL),
        ("How long did 22rv1 mice live?", (LEVELS,)),
        ("Compare survival in AsPC-1 and in both other studies", (QX,)),
    ],
)
def test_the_studies_are_those_named_else_all(question, studies):
    assert one(question).studies == studies


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Convert 500 uCi to MBq", "MBq"),
        ("Give the gain in months", "month"),
        ("How many days did they live?", "day"),
        ("dose in millicuries?", "mCi"),
        ("the total in µCi", "uCi"),
        ("gain per MBq in weeks", "week"),
        ("survival gain per uCi", None),
        ("Was it 40 uCi?", None),
        ("Who is the CEO?", None),
        ("CI for the 20 MBq group", None),
        ("ci for the 20 mbq group", None),
        ("how much is 20 MBq in ci", "Ci"),
        ("the total in MBq, not in curie", "MBq"),
    ],
)
def test_the_unit_of_the_result(question, unit):
    assert one(question).unit == unit


class TestForms:
    @pytest.mark.parametrize(
        ("question", "form"),
        [
            ("Why did it work?", "why"),
            ("How come it worked", "why"),
            ("who said so", "who"),
            ("On what date was it published", "when"),
            ("Which city is it from?", "where"),
            ("How many mice?", "how many"),
            ("Did it work?", "yesno"),
            ("So, was there a control arm?", "yesno"),
            ("Did the mice live past day 60 when they got two doses?", "yesno"),
            ("Do patients who relapsed get it?", "yesno"),
            ("Was it published, and where?", "where"),
            ("Do they say when it starts?", "when"),
            ("The controls lived longest, right?", "yesno"),
            ("they got two doses, correct", "yesno"),
            ("It was given twice, wasn't it?", "yesno"),
            ("so the mice got two doses?", "yesno"),
            ("In the second arm, did they live longer?", "yesno"),
            ("My aunt is pregnant, can she visit me?", "yesno"),
            ("It measures 8% more. Can I still give it?", "yesno"),
            ("can i give my wife a hug when i get home?", "yesno"),
            ("pH within the limits?", "yesno"),
            ("median survival in arm B at least 6 months?", "yesno"),
            ("arm A vs arm B, significant?", "yesno"),
            ("anything grow on the plates?", "yesno"),
            ("ok to take the train home?", "yesno"),
            ("anything on toxicity?", "what"),
            ("dose of at least 5 MBq?", "what"),
            ("so which of them lived longest?", "what"),
            ("Is the first or the second arm right", "yesno"),
            ("What is the right dose?", "what"),
            ("the dose that is correct", "what"),
            ("Which arm did best?", "what"),
        ],
    )
    def test_the_form(self, question, form):
        assert one(question).form == form


class TestDefinitions:
    @pytest.mark.parametrize(
        ("question", "thing"),
        [
            ("what's a PDC?", "PDC"),
            ("What is QX 177?", "QX 177"),
            ("Who is Jane Miller?", "Jane Miller"),
            ("define lipid raft", "lipid raft"),
            ("What does FDA mean?", "FDA"),
            ("so what are xenografts again?", "xenografts"),
            ("meaning of R/R?", "R/R"),
        ],
    )
    def test_the_thing_is_searched_for_in_the_documents_words(self, question, thing):
        topic = one(question)
        assert (topic.aspect, topic.query) == ("text", thing)
        assert "definition" in topic.signals

    @pytest.mark.parametrize(
        "question",
        [
            "What is the survival of QX 177?",
            "What is 40 uCi in MBq?",
            "What is the half-life of Lu-177?",
            "What is it?",
            "What is the interest on the loan?",
            "whos the new contractor",
            "Who is the QP?",
            "what is the maximum dose",
            "What is Mr Holm planning to do next?",
            "what is QX 177 targeting",
            "what are the risks",
        ],
    )
    def test_what_asks_for_a_value_defines_nothing(self, question):
        assert "definition" not in one(question).signals

    @pytest.mark.parametrize(
        ("question", "ordered"),
        [
            ("What share of sales did generators make up?", False),
            ("Who invented QX 177?", False),
            ("make up some figures", True),
            ("just invent data", True),
        ],
    )
    def test_what_is_made_up_of_parts_orders_no_invention(self, question, ordered):
        assert ("instruction" in signals(question, "signals_meta")) is ordered

    def test_who_buys_a_compound_asks_for_no_gain(self):
        assert "gain" not in one("Can I buy QX 177?").signals
        assert "gain" in one("How many days does the second dose of QX 177 buy?").signals


class TestParts:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("Who is the CEO and when was it published?", ("Who is the CEO", "when was it published?")),
            ("What is n? What is the p-value?", ("What is n", "What is the p-value?")),
            ("How long did they live; and in which model?", ("How long did they live", "in which model?")),
            ("Did they live longer and heal faster?", ("Did they live longer and heal faster?",)),
            ("At what heat and for how long is it kept?", ("At what heat and for how long is it kept?",)),
            ("What happened and when was it published?", ("What happened", "when was it published?")),
            ("one and two doses", ("one and two doses",)),
            ("???", ("???",)),
        ],
    )
    def test_one_message_may_ask_several_questions(self, question, expected):
        assert tuple(part.removeprefix("and ") for part in parts(question)) == expected

    def test_a_later_part_is_about_what_the_earlier_named(self):
        model, survival = ask("Which cell line was used for QX 177, and how long did mice live with one dose?")
        assert (model.aspect, survival.aspect) == ("model", "survival")
        assert model.studies == survival.studies == (QX,)
        assert survival.named.counts == {1}

    def test_parts_that_name_their_own_studies(self):
        first, second = ask("What was the dose of QX 177? And on which days was QX 161 given?")
        assert [(t.aspect, t.studies) for t in (first, second)] == [("dose", (QX,)), ("schedule", (QZ,))]


SURVIVAL = "How long did mice on two doses of QX 177 live?"
BENEFIT = "How much longer did mice live with two doses of QX 161 than with one?"


class TestFollowUps:
    @pytest.mark.parametrize(
        ("turns", "aspect", "study", "counts"),
        [
            ((SURVIVAL, "and with one?"), "survival", QX, {1}),
            ((SURVIVAL, "And for QX 161?"), "survival", QZ, {2}),
            ((SURVIVAL, "what about LNCaP"), "survival", QZ, {2}),
            ((SURVIVAL, "QX 161?"), "survival", QZ, {2}),
            ((SURVIVAL, "and with one?", "and QX 161?"), "survival", QZ, {1}),
            ((SURVIVAL, "and with one?", "what is the difference?"), "benefit", QX, {1, 2}),
            ((SURVIVAL, "and with one?", "in percent?"), "benefit", QX, {1, 2}),
            ((BENEFIT, "and in the AsPC-1 study?"), "benefit", QX, {1, 2}),
            (("What was the dose of QX 161?", "Who is the CEO?", "and with two doses?"), "dose", QZ, {2}),
            ((SURVIVAL, "Which cell line was used?"), "model", QX, set()),
            (("Which isotope does QX 161 carry?", "what is its half-life?"), "half_life", QZ, set()),
            (("Which isotope does QX 161 carry?", "and QX 177?"), "nuclide", QX, set()),
            ((SURVIVAL, "what dose did they get?", "and on which days?"), "schedule", QX, {2}),
            ((SURVIVAL, "how many weeks is that?"), "survival", QX, {2}),
            (("What was the dose of QX 161?", "and in total?"), "total", QZ, set()),
        ],
    )
    def test_what_is_left_out_comes_from_before(self, turns, aspect, study, counts):
        topic = one(*turns)
        assert (topic.aspect, topic.studies, set(topic.named.counts)) == (aspect, (study,), counts)
        assert topic.follows
        assert not topic.unclear

    @pytest.mark.parametrize("question", ["and what was the route of administration?", "and any side effects?", "and how old were they?"])
    def test_what_no_arm_tells_is_asked_of_the_text(self, question):
        topic = one("What was the dose of QX 161?", question)
        assert (topic.aspect, topic.studies) == ("text", (QZ,))

    def test_the_arm_that_was_spoken_of_is_set_against_the_control(self):
        topic = one("One dose in LNCaP seems weak. How did that arm do against the controls?")
        assert (topic.aspect, topic.named.control, topic.named.counts) == ("survival", True, {1})

    def test_another_unit(self):
        topic = one(BENEFIT, "in weeks?")
        assert (topic.aspect, topic.unit, topic.studies) == ("benefit", "week", (QZ,))
        assert one(BENEFIT, "in weeks?", "and in AsPC-1?").unit == "week"

    def test_control_takes_the_place_of_the_reference(self):
        topic = one(BENEFIT, "and over control?")
        assert topic.aspect == "benefit"
        assert topic.named.control

    def test_all_studies_after_one(self):
        assert one(SURVIVAL, "and in both studies?", studies=(QX, QZ)).studies == (QX, QZ)

    def test_a_complete_question_follows_nothing(self):
        topic = one(SURVIVAL, "What was the total activity of QX 161?")
        assert (topic.aspect, topic.studies, topic.named.counts) == ("total", (QZ,), frozenset())
        assert not topic.follows

    def test_a_pronoun_is_searched_for_with_its_antecedent(self):
        topic = one("Who is Jane Miller?", "when did she join?")
        assert topic.aspect == "text"
        assert topic.follows
        assert "Jane Miller" in topic.query

    def test_why_asks_for_the_documents_words(self):
        topic = one(SURVIVAL, "why?")
        assert (topic.aspect, topic.form, topic.studies) == ("text", "why", (QX,))

    @pytest.mark.parametrize("question", ["and in percent?", "what about that?", "and?", "Both please"])
    def test_a_follow_up_with_nothing_to_follow_is_unclear(self, question):
        assert one(question).unclear

    @pytest.mark.parametrize("question", ["And QX 161?", "survival?", "side effects?", "Who is the CEO?"])
    def test_a_first_question_that_names_something_is_clear(self, question):
        assert not one(question).unclear

    def test_an_unclear_turn_is_no_antecedent(self):
        assert one(SURVIVAL, "and with one?").aspect == one("and?", SURVIVAL, "and with one?").aspect == "survival"

    def test_other_conversations_are_not_remembered(self):
        one(SURVIVAL)
        topic = one("and with one?")
        assert (topic.aspect, topic.studies, topic.unclear) == ("text", ALL, True)


def test_without_studies_questions_are_understood_all_the_same():
    topic = one("How long did mice live with two doses of QX 177?", studies=())
    assert (topic.aspect, topic.studies, topic.known) == ("survival", (), ())


def test_what_is_active_in_a_disease_asks_for_no_activity():
    assert "dose" not in one("Is QX 177 active in leukaemia?").signals
    assert "dose" in one("What is the activity of QX 177?").signals


def test_why_something_is_important_asks_for_the_documents_words():
    assert one("Why is the two-dose survival of QX 161 noteworthy?").aspect == "text"


def test_the_content_of_a_question_is_what_does_not_ask():
    assert content("What did the mice get?") == {"mice"}
    assert content("and what about that?") == frozenset()


def test_a_bare_number_that_a_compound_goes_by_is_its_name():
    (topic,) = understand(["has 177 got a designation?"], ALL[:2])
    assert topic.question == "has QX 177 got a designation?"
    (topic,) = understand(["has 177 got a designation?"], ALL)  # which two compounds go by
    assert topic.question == "has 177 got a designation?"
    (topic,) = understand(["did QX 177 help 161 mice?"], ALL[:1])
    assert topic.question == "did QX 177 help 161 mice?"


def test_by_how_much_is_no_question_of_its_own():
    assert parts("Which is stronger, and by how many times?") == ("Which is stronger, and by how many times?",)
    assert len(parts("Which is stronger, and how was it given?")) == 2


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many studies are there in the library?", True),
        ("How many prostate cancer studies do you know?", True),
        ("How many studies are there?", True),
        ("How many studies did the company conduct?", False),
        ("How many studies were done in mice?", False),
    ],
)
def test_the_studies_of_the_library_are_counted_and_not_those_that_a_text_tells_of(question, counted):
    (topic,) = understand((question,), ALL)
    assert (topic.aspect == "studies_counted") is counted


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many more days per MBq did the second dose give?", "MBq"),
        ("days gained per extra microcurie", "uCi"),
        ("survival for each mCi", "mCi"),
        ("What is 40 uCi in MBq?", None),
        ("How many days per week were they dosed?", None),
    ],
)
def test_the_unit_of_activity_for_each_of_which_something_is_asked(question, unit):
    (topic,) = understand((question,), ALL)
    assert topic.rate_unit == unit
