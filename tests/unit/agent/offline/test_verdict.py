"""Yes and no: a denial in the question's own words, an affirmation that has all of them, and silence otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.agent.evidence import Source
from assistant.agent.offline.sentences.another import told_of_another
from assistant.agent.offline.sentences.lookup import Match, Wording, rank
from assistant.agent.offline.sentences.units import units
from assistant.agent.offline.understanding.topic import Topic, read
from assistant.agent.offline.verdicts.asked import offers_choice
from assistant.agent.offline.verdicts.contrary import contradicted
from assistant.agent.offline.verdicts.sizes import of_sizes
from assistant.agent.offline.verdicts.verdict import yes_or_no
from assistant.agent.offline.verdicts.wanting import weak
from assistant.values import DocumentRef, Passage


def near(texts):
    """An encoder for which all texts are near, so that words alone decide."""
    return np.ones((len(texts), 1), dtype=np.float32)


def ranked(topic: Topic, sentence: str) -> tuple[Match, ...]:
    passage = Passage(id="p", document="d", start=0, end=len(sentence), text=sentence)
    source = Source(passage=passage, document=DocumentRef(id="d", title="Note", date=None, path="n.txt"))
    return rank(Wording(topic.question, topic.query, topic.form), units([source]), near)


def verdict(question: str, sentence: str) -> str:
    topic = read(question, ())
    return yes_or_no(topic, ranked(topic, sentence)[0])


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("were the observers blinded?", "The tumors grew in one flank, and the observers were not blinded."),
        ("is there a placebo group?", "There was no placebo group, and the trial is small."),
        ("did he quit over a disagreement with the board?", "He did not quit over any disagreement with the board."),
        ("did any dog go over 6 kg?", "No dog exceeded 6 kg."),
        ("did any dog go over 7 kg?", "No dog exceeded 6 kg."),
        ("did anybody get more than 6 mSv?", "Nobody exceeded the level of 6 mSv."),
        ("can children still visit?", "Children can no longer visit."),
        ("can children visit?", "Pregnant women and children may not visit."),
        ("is feeding the dogs allowed?", "Feeding the dogs must be avoided."),
        ("can dogs be given the vaccine with a weight of 3 kg?", "Dogs with a weight below 5 kg must not be given the vaccine."),
        ("can dogs be given the vaccine with a weight of 3?", "Dogs with a weight below 5 kg must not be given the vaccine."),
        (
            "had growth recovered by the end of the trial?",
            "The dogs showed reduced growth, which had not recovered in the trial by the end.",
        ),
        ("can dogs with fever join the trial?", "Dogs with fever are excluded."),
        ("do dogs have to fast before the scan?", "Dogs do not have to fast for the scan."),
        ("is the vaccine only for dogs?", "The vaccine is for dogs and for cats."),
        ("is the vaccine for dogs only?", "The vaccine is for dogs as well as cats."),
        ("have they started the trial in dogs yet?", "The company will have started its trial in dogs by May."),
        ("has the trial in dogs already started?", "The trial in dogs is expected to start in the spring."),
        ("did any of the dogs with a rash need surgery?", "Four dogs had a rash; none needed surgery."),
        ("did any of the dogs die because of the vaccine?", "No dog died because of the vaccine."),
        ("was the keeper paid?", "The keeper was not paid due to an error."),
        ("did the crew have any rest?", "The crew had no rest."),
        ("did any dog die from the treatment?", "There were no treatment-related dog deaths."),
        ("was it the typo that delayed the dog trial?", "The delay of the dog trial is not linked to the typo."),
        ("did the dogs eat the feed with salt?", "The dogs ate the feed without salt."),
        ("does the fragment bind dog antigen?", "The fragment does not bind dog antigen, so the trial cannot show harm."),
        ("is the vaccine approved anywhere yet?", "The vaccine has not been approved by any authority."),
        ("will Lund pay the whole cost of the dog trial?", "Lund will carry 30% of the cost of the dog trial."),
        ("is there a control group?", "There was no control group, and the trial is small."),
        ("was 12.5 tolerated?", "The 12.5 MBq level was not tolerated and 10 MBq was named."),
        ("is the vaccine approved anywhere?", "The vaccine is investigational and has not been approved by any authority."),
        ("can my wife sit with me in the room?", "Visitors are not allowed in the room."),
        ("could people with untreated fever join?", "People with untreated fever could not take part."),
        ("was the difference between the arms significant?", "The difference between the arms was small (p = 0.21)."),
        (
            "was survival with saline significantly longer?",
            "Survival was 30 days with saline (p = 0.4) and 50 days with the vaccine (p = 0.003).",
        ),
        ("did any dog lose more than 5% of its weight?", "No dog lost more than 5 % of its weight."),
        ("was a dose of 9 MBq tolerated?", "Doses above 8 MBq were not tolerated."),
        ("was there dog rash above grade 1?", "No dog rash above grade 1 was seen."),
        ("are the dog data mature?", "The dog data are not yet mature; the analysis is expected in May."),
        ("were dogs with untreated fever allowed?", "Dogs with untreated fever could not take part."),
        ("did the appetite of the dogs change?", "The appetite of the dogs was not affected."),
        ("did all of the keepers pass the test?", "The test in May was passed by four of five keepers with no help."),
        ("are their vaccines only meant for dogs?", "Their vaccines are for dogs and for cats."),
        ("did any of the dogs come down with gout?", "No case of fever, rash or gout has been seen in the dogs."),
        ("did the dogs have a second visit?", "The second visit of the dogs was cancelled."),
        ("was the endpoint of appetite met in at least one dog?", "Appetite, the second endpoint, was not met in either dog."),
    ],
)
def test_a_sentence_denies(question, sentence):
    assert verdict(question, sentence).startswith("No")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("were the observers blinded?", "The observers were blinded."),
        ("have they started the trial in dogs yet?", "The company has started its trial in dogs."),
        ("are PLDs stable?", "The PLD is stable."),
        ("do dogs bark a lot?", "Dogs bark."),
        ("does it have a lift?", "The unit has a lift."),
        ("was the rash of the dogs kept to grade 1 or less?", "No rash of the dogs above grade 1 was seen."),
        ("is a dog trial of the vaccine planned?", "A dog trial of the vaccine will open in May."),
        ("do all dogs get an amino acid infusion?", "Every dog gets an amino acid infusion."),
        ("can I drive my car home afterwards?", "You can drive your car home if you feel well."),
        ("were the dogs weighed by blinded keepers?", "The dogs were weighed by keepers who did not know the arm of the dogs."),
        (
            "did the committee let the dog trial continue?",
            "At its second planned review the committee let the dog trial continue without changes.",
        ),
        ("is Holm the head of research?", "The vaccine has potential in many dogs, said Ada Holm, head of research."),
        ("can I drive home myself afterwards?", "You can drive home yourself if you feel well."),
        ("is the filing still on schedule?", "The filing remains on schedule for May."),
        ("can I bring my phone in?", "You may bring a phone or a book."),
        ("can I still bring my phone in?", "You may bring a phone or a book."),
        ("was the difference between the arms significant?", "The arms differed in survival (log-rank p = 0.031)."),
        ("was the difference between the arms significant?", "The difference between the arms was large (p < 0.05)."),
        (
            "was survival with the vaccine significantly longer?",
            "Survival was 30 days with saline (p = 0.4) and 50 days with the vaccine (p = 0.003).",
        ),
        ("was the purity of the vaccine over 95 %?", "The vaccine had a purity above 99 % and a yield of 80 %."),
        ("did the park get dogs?", "The park got dogs; it did not get cats, and nobody minds."),
        ("are the dogs still at the vet?", "The dogs remain at the vet because the owner has not paid the bill."),
        ("did over 70 dogs get the vaccine?", "The vaccine was given to 74 dogs; six had no second visit."),
        ("can it be given to a dog of 60 kg?", "It can be given to dogs of at least 50 kg."),
        ("can it be given at a weight of 40 kg?", "It can be given at a weight of at least 30 kg and less than 60 kg."),
    ],
)
def test_a_sentence_affirms(question, sentence):
    assert verdict(question, sentence).startswith("Yes")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("were the observers blinded?", "The observers may be blinded."),
        ("were the observers paid?", "The observers came from Oslo."),
        ("did the appetite of the dogs change?", "The appetite of the dogs was not measured."),
        ("was Holm independent of the trial?", "Ada Holm, who was not involved in the trial, called it sound."),
        ("did the vets ask for a second camera?", "The request of the vets for a second camera was refused."),
        ("does another rule apply to iodine?", "The rule does not apply to iodine."),
        ("did all of the keepers pass the test?", "The test in May was passed by five of five keepers."),
        ("did all of the keepers pass the test?", "The test in May was passed in four of five kennels."),
        ("does the old camera stand unused on some days?", "The request for a second camera was refused."),
        ("should the observers be blinded?", "The observers were blinded."),
        ("were the observers blinded?", "The observers were from Oslo, which is not far."),
        ("were the observers older by ten years?", "The patients were older by ten years than the observers of the trial."),
        ("is the vaccine only for dogs?", "The vaccine is for dogs."),
        ("is the vaccine just for dogs?", "The vaccine is for dogs."),
        ("did the engineers use steel from Sweden only?", "The engineers used steel from Sweden and timber from Norway."),
        ("was the study completed already?", "The study was completed in October and the report will be submitted in May."),
        ("is it wrong that the bridge was opened?", "The bridge was opened."),
        ("can visitors climb the tower?", "Visitors could climb the tower until 1960."),
        ("is the filter used in Sweden?", "The filter was discontinued in Sweden."),
        ("did a dog die because of the vaccine?", "A dog died; the death was unrelated to the vaccine."),
        ("is the vaccine made in Norway?", "The vaccine is stored in Norway."),
        ("was the test repeated before the flood?", "The test was not repeated after the flood."),
        ("did the park get cats?", "The park got dogs; the zoo did not get cats."),
        ("will the schedule be tested?", "The schedule was not tested."),
        ("was Ada Holm there?", "Apologies: Ada Holm."),
        ("can it be given to a dog of 45 kg?", "It can be given to dogs of at least 50 kg."),
        ("can visitors stay for 3 hours?", "Visitors can stay for up to 2 hours."),
        ("can it be given at a weight of 80 kg?", "It can be given at a weight of at least 30 kg and less than 60 kg."),
        ("did any dog on vaccine exceed 8 kg?", "No dog on placebo exceeded 6 kg and no dog on vaccine exceeded 12 kg."),
        ("was the purity above 80 % in the dogs?", "The purity was above 95 % in the cats and above 70 % in the dogs."),
        ("is feeding allowed?", "Feeding must be interrupted if a dog faints."),
        ("was it warmer in the hall than in the yard?", "It was above 18 kg in the hall and in the yard."),
        ("did any dog go over 6 kg?", "No cat exceeded 6 kg."),
        ("did any dog go over 5 kg?", "No dog exceeded 6 kg."),
        ("did any dog go over 6 kg?", "No dog exceeded 6 kg except Rex."),
        ("may i stop feeding the dogs?", "Feeding the dogs must be avoided."),
        ("can dogs be given the vaccine with a weight of 7 kg?", "Dogs with a weight below 5 kg must not be given the vaccine."),
        ("can smokers join the first cohort?", "Smokers are excluded from the second cohort."),
        ("is therapy given?", "Therapy may be given at the company."),
        ("is the head of research at Lakewood?", "Ada Holm, head of research, may move to Lakewood."),
        ("did the insurer pay for the vials?", "The insurer declined to pay for the vials."),
        ("did the vials fail the test?", "The vials did not pass the test."),
        ("does the vaccine protect horses?", "The vaccine protects horses, but not dogs."),
        ("was the purity over 99.5 %?", "The vaccine had a purity above 99 %."),
        ("did feeding work?", "Feeding took place in the morning."),
        ("are the vials still weighed?", "The vials were weighed."),
        ("is a dog trial of the vaccine planned?", "A dog trial of the vaccine was stopped."),
        ("did the grant pay for the pump?", "The grant paid for the pump, but it did not pay for the hoses."),
        ("are the women faring well?", "The doctor will not say how the women are faring."),
        ("has there been a deadlock?", "In case of a deadlock the chair decides."),
        ("is KB an ovarian line?", "KB is a cervical line; an ovarian line is being set up."),
        ("is Lund liable for the database?", "Lund is liable for all matters except the database."),
        ("was heart rhythm recorded in rats?", "Heart rhythm was recorded in dogs."),
        ("did any dog have a fever of grade 4?", "Nine dogs had a fever of grade 3."),
        ("can parents visit together?", "One adult at a time may visit."),
        ("was the difference not significant?", "The arms differed in survival (p = 0.031)."),
        ("was the difference significant?", "The difference was large (p < 0.1)."),
        ("was the difference in survival significant?", "Survival did not differ; tumor volume did (p = 0.003)."),
        ("do I have to fast before the scan?", "You must fast before the scan and must not smoke."),
        ("will the trial enrol women?", "The trial will enrol women who do not have fever."),
        ("could the vaccine cause fever in dogs?", "The vaccine could possibly cause fever in dogs."),
        ("are cats left out of the licence?", "The licence does not cover cats."),
        ("were dogs with fever allowed?", "Dogs with untreated fever could not take part."),
        ("is the dog park due to open in May?", "The dog park is not yet open but is due to open in May."),
        ("is the dog vaccine approved?", "The dog vaccine is not yet approved in Japan."),
        ("was there rash of grade 1 or less?", "No dog had rash above grade 1."),
        ("did rash occur?", "No rash beyond grade 2 occurred."),
        ("does the vaccine protect dogs?", "The vaccine may, in some cases, not protect dogs."),
        ("has any kennel been repaired?", "Kennel 2 has not yet been repaired."),
        ("can dogs run in the park without a leash?", "Dogs without a leash may not run in the park."),
        ("can dogs with a leash run in the park?", "Dogs without a leash may not run in the park."),
        ("did the visitors complain?", "Visitors over 65 did not complain."),
        ("was any dog hurt?", "No dog without a collar was hurt."),
        ("do any keepers have fever?", "The other keepers have no fever."),
        ("did any dog die?", "No dog died because of the vaccine."),
        ("were there dog deaths?", "There were no treatment-related dog deaths."),
        ("can I still join?", "Men with serious kidney disease could not join."),
        ("was the loss of weight of the dogs 6 %?", "The loss of weight of the dogs was more than 5 %."),
        ("were there conflicts of interest?", "No conflicts of interest were declared, save that Dr. Holm had given a lecture."),
        ("were the deaths treatment-related?", "One of the deaths was held to be related by the board, and unrelated by the investigator."),
        ("were dogs with treated fever allowed?", "Dogs with untreated fever could not take part."),
        ("will the dog data be mature?", "The dog data are not yet mature."),
        ("was the difference significant?", "The difference was seen with saline (p = 0.01) and with the vaccine (p = 0.2)."),
        ("is overall survival the primary endpoint?", "The primary endpoint is progression-free survival, and overall survival is next."),
    ],
)
def test_what_leaves_it_open_gets_neither(question, sentence):
    assert verdict(question, sentence) == ""


def test_what_is_said_of_one_place_is_not_said_of_its_neighbour():
    text = "The vaccine is made at Lund for the clinics. Oslo is meant for commercial supply."
    topic = read("does Lund make the commercial supply?", ())
    told = next(match for match in ranked(topic, text) if "Oslo" in match.unit.text)
    assert told.lacks == ()
    assert yes_or_no(topic, told) == ""


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        ("was it the first or the second dose?", True),
        ("were they mice, or rats?", True),
        ("did they live 30 days or more?", False),
        ("was it given or not?", False),
        ("was the order changed?", False),
    ],
)
def test_a_choice_is_no_question_for_yes_or_no(question, choice):
    assert offers_choice(question) is choice


@pytest.mark.parametrize(
    ("question", "sentence", "opposite"),
    [
        ("is the vaccine in human trials?", "The vaccine is a preclinical candidate.", True),
        ("does the firm promise to update its forecast?", "The firm disclaims any obligation to update its forecast.", True),
        ("does the firm promise to update its forecast?", "The firm has an obligation to update its forecast.", False),
        ("is the vaccine in human trials?", "The vaccine is in the clinic.", False),
        ("was the dog trial randomised?", "The dog trial was single-arm.", True),
        ("is the scanner in use?", "The scanner is out of use.", True),
        ("is the dog trial still going?", "The dog trial was stopped in July.", True),
        ("is the dog trial still going?", "The dog trial was not stopped in July.", False),
        ("did lot B-2 pass?", "Lot B-1 passed. Lot B-2 failed.", True),
        ("did lot B-1 pass?", "Lot B-1 passed. Lot B-2 failed.", False),
        ("did the revenue of the clinic rise?", "The revenue of the clinic fell.", True),
        ("did the revenue of the clinic rise?", "The revenue of the clinic did not fall.", False),
        ("did the revenue of the clinic rise?", "The revenue of the clinic was the same as last year.", True),
        ("was the weight of the dogs stable at higher doses?", "The weight of the dogs was unchanged at all doses.", False),
        ("was the revenue of the clinic lower?", "The revenue of the clinic was unchanged.", True),
        ("was the revenue of the clinic lower?", "The revenue of the clinic was lower, its rent the same as before.", False),
        ("did the revenue of the clinic rise?", "The revenue of the clinic fell in May and rose in June.", False),
        ("did the revenue of the clinic rise?", "The revenue of the pharmacy of the old town fell.", False),
        ("does the clinic offer outpatient care?", "The clinic offers inpatient care.", False),
        ("will the chair stay?", "The chair leaves in May.", True),
        ("is DEV-7 closed yet?", "DEV-7 stays open until May.", True),
        ("is DEV-7 still open?", "DEV-7 was closed in May.", True),
        ("is DEV-7 closed yet?", "DEV-7 stays in open boxes until May.", False),
        ("is XR 12 being given to people yet?", "XR 12 is a preclinical candidate.", True),
        ("is XR 12 being given to people yet?", "Preclinical data on XR 12 come first.", False),
        ("does the clinic promise to update its outlook?", "The clinic undertakes no duty to update its outlook.", True),
        ("is the clinic obliged to update its outlook?", "The clinic disclaims any obligation to update its outlook.", True),
        ("is the clinic obliged to update its outlook?", "The clinic has an obligation to update its outlook.", False),
        ("did batch DEV-7 meet the specification?", "Batch DEV-7 failed the specification for purity.", True),
        ("did batch DEV-8 meet the specification?", "The specification was 95% and DEV-7 met it.", False),
        ("is it safe?", "Making a vaccine involves a high degree of risk.", False),
        ("will the chair stay?", "Part of the plant could be left out.", False),
    ],
)
def test_a_sentence_says_the_opposite(question, sentence, opposite):
    topic = read(question, ())
    assert (contradicted(topic, ranked(topic, sentence)) is not None) is opposite


@pytest.mark.parametrize(
    ("question", "sentences", "told"),
    [
        ("is the orphan status of the drug for pancreatic cancer?", ("The orphan status of the drug is for multiple myeloma.",), True),
        ("is the orphan status of the drug for myeloma?", ("The orphan status of the drug is for multiple myeloma.",), False),
        (
            "is the orphan status of the drug for pancreatic cancer?",
            ("The orphan status of the drug is for multiple myeloma.", "The orphan status of the drug is for pancreatic cancer."),
            False,
        ),
        ("was the mouse antibody labelled with lutetium?", ("The mouse antibody was labelled with iodine.",), True),
        ("is the price for pancreatic cancer?", ("The status of the firm is sound.",), False),
    ],
)
def test_what_is_told_of_another_disease_or_element_is_denied(question, sentences, told):
    topic = read(question, ())
    matches = [ranked(topic, sentence)[0] for sentence in sentences]
    assert told_of_another(topic, matches[0], matches, weak(matches[0])) is told


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Did the treated dogs have smaller lesions than the untreated?", "The treated dogs had larger lesions than the untreated.", "No"),
        ("Did the untreated dogs have smaller lesions than the treated?", "The treated dogs had twice the lesions of the untreated.", ""),
        ("Did untreated dogs have smaller lesions than treated ones?", "Treated dogs had larger lesions than untreated dogs.", "Yes"),
        ("Did the treated dogs have larger lesions than the untreated?", "Treated dogs had nearly double the load than untreated.", "Yes"),
        ("Did the treated dogs have large lesions?", "The treated dogs had larger lesions than the untreated.", ""),
        ("Did the cats have smaller lesions than the horses?", "The treated dogs had larger lesions than the untreated.", ""),
        ("Did the cats and the dogs have equal lesions?", "The dogs had larger lesions than the cats.", "No"),
        ("Were lesions comparable between cats and dogs?", "The dogs had nearly double the load than the cats.", "No"),
        ("Did the cats and the horses have equal lesions?", "The dogs had larger lesions than the cats.", ""),
        ("Did the one-dose and the two-dose dogs have equal lesions?", "Dogs on two doses had larger lesions than the cats.", ""),
        (
            "Did the two-dose dogs have larger lesions than the one-dose dogs?",
            "Two-dose dogs had smaller lesions than one-dose dogs.",
            "No",
        ),
    ],
)
def test_which_of_two_is_larger(question, sentence, said):
    assert of_sizes(question, sentence).rstrip(":") == said


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("is the trial limited to a single dose?", "The trial is of either a one- or two-dose treatment.", "No"),
        ("does the trial give only one dose?", "The trial gives one or two doses.", "No"),
        ("do dogs in the trial always get two doses?", "Dogs in the trial get one or two doses.", "No"),
        ("is the trial limited to two doses?", "The trial is of one or two doses.", ""),
        ("is phase 2 limited to one dose?", "It is in phase 1 with one or two doses, as well as in a phase 2 trial.", ""),
        ("is the trial limited to one dog?", "The trial gives one or two doses.", ""),
    ],
)
def test_a_choice_of_how_many_denies_that_there_is_one_only(question, sentence, said):
    assert verdict(question, sentence).rstrip(":") == said


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("can the vaccine be used for dogs, not just for cats?", "The vaccine can be used for both cats and dogs.", "Yes"),
        ("is the vaccine for dogs and not only for cats?", "The vaccine is for cats and dogs.", "Yes"),
        ("is the vaccine for dogs, not just for cats?", "The vaccine is for dogs.", ""),
        ("is the vaccine for dogs or cats as well?", "The vaccine is for cats and dogs.", "Yes"),
        ("is rain mentioned among the risks?", "Risks that might harm the crop are rain and frost.", "Yes"),
        ("has the trial in dogs started?", "The vaccine is being evaluated in a trial in dogs.", "Yes"),
        ("has the trial in dogs started?", "The vaccine was evaluated for a trial in dogs.", ""),
    ],
)
def test_both_are_meant_where_one_is_not_the_only_one(question, sentence, said):
    assert verdict(question, sentence).rstrip(":") == said


INTERVIEW = "Q: Have you ever lost a batch of the vaccine?\n\n{}\n\nQ: Where do you live?\n\nA: In Lund."


@pytest.mark.parametrize(
    ("question", "reply", "said"),
    [
        ("have they ever lost a batch of the vaccine?", "A: Twice. Both were in May.", "Yes"),
        ("have they ever lost a batch of the vaccine?", "A: Never.", "No"),
        ("have they ever lost a batch of the vaccine?", "A: No doubt that will come.", ""),
        ("have they ever lost a batch of the vaccine?", "A: No fewer than three were lost.", ""),
        ("have they ever lost a batch of the vaccine?", "A: Yes and no.", ""),
        ("have they ever lost every batch of the vaccine?", "A: Twice.", ""),
        ("have they ever lost a second batch of the vaccine?", "A: Twice.", ""),
        ("have they never lost a batch of the vaccine?", "A: Never.", ""),
        ("have they ever sold a batch of the vaccine abroad to a friend?", "A: Twice.", ""),
    ],
)
def test_the_reply_of_an_interview_opens_with_yes_or_no(question, reply, said):
    topic = read(question, ())
    first = next(match for match in ranked(topic, INTERVIEW.format(reply)) if match.unit.replies_to)
    assert yes_or_no(topic, first) == (f"{said}:" if said else "")


def test_an_item_of_a_list_of_exclusions_denies_that_one_may_take_part():
    text = "Dogs of all breeds are welcome here.\n\nExclusion criteria:\n\n- Fever\n- Prior surgery of the spine\n- Pregnancy of late\n"
    topic = read("can a dog with prior surgery of the spine join?", ())
    item = next(match for match in ranked(topic, text) if "surgery" in match.unit.text)
    assert yes_or_no(topic, item) == "No:"
    unless = next(m for m in ranked(topic, text.replace("spine", "spine, unless it was years ago")) if "surgery" in m.unit.text)
    assert yes_or_no(topic, unless) == ""
    included = next(m for m in ranked(topic, text.replace("Exclusion", "Inclusion")) if "surgery" in m.unit.text)
    assert yes_or_no(topic, included) == ""


@pytest.mark.parametrize(
    ("question", "sentence", "never"),
    [
        ("was the whole fleet repainted?", "The whole fleet was repainted within 30% of the budget.", "No:"),
        ("did all the shops raise their prices in May?", "All the shops raised their prices by 5 percent in May.", "No:"),
        ("did the library lower its fees?", "The library did not raise its fees.", "No:"),
        ("was the contract terminated for the north?", "The contract was extended for the north and terminated for the south.", "Yes:"),
        ("can members borrow 15 books?", "Members can borrow at most 12 books.", "Yes:"),
        ("did all the cats survive?", "All the cats were treated daily.", "Yes:"),
    ],
)
def test_what_is_said_of_another_share_side_or_number_decides_nothing(question, sentence, never):
    assert verdict(question, sentence) != never


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("were more than 40 dogs enrolled?", "The trial enrolled 52 dogs at 60 sites in seven towns.", "Yes"),
        ("were more than 60 dogs enrolled?", "The trial enrolled 52 dogs at 70 sites in seven towns.", "No"),
        ("did the trial enrol over 60 cats?", "The trial enrolled 52 dogs.", ""),
        ("were more than 60 dogs enrolled?", "The trial will enrol 52 dogs.", ""),
        ("was the follow-up of the dogs longer than a year?", "The follow-up of the dogs was 11.6 months.", "No"),
        ("was the follow-up of the dogs shorter than a year?", "The follow-up of the dogs was 11.6 months.", "Yes"),
        ("did more than half of the dogs bark?", "Six of ten dogs barked.", "Yes"),
        ("did more than half of the dogs bark?", "The dogs barked in 41% of homes, and 12% of them bit.", "No"),
        ("did over half of the dogs bark after the walk?", "Six of ten dogs barked after the walk and one of ten at home.", "Yes"),
        ("was the walk of the dogs over 2 km?", "The walk of the dogs took 3 hours.", ""),
        ("did every dog weigh more than 5 kg?", "The dog Rex weighed 8 kg.", ""),
        ("did any dog weigh more than 9 kg?", "The dog Rex weighed 8 kg.", ""),
        ("was the yield over 70 %?", "The vaccine had a purity above 99 % and a yield of 80 %.", "Yes"),
        ("was the yield of the batch over 80 %?", "The yield of the batch was 91% (limit 70%).", "Yes"),
        ("was the walk over 2 hours?", "The walk was not 3 hours.", ""),
    ],
)
def test_a_figure_lies_to_one_side_of_the_bound(question, sentence, said):
    assert verdict(question, sentence).rstrip(":") == said


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("did any of the old dogs bark?", "Barking was heard in 0/12 old dogs, 1/12 young dogs and 5/12 cats.", "No"),
        ("did any of the young dogs bark?", "Barking was heard in 0/12 old dogs, 1/12 young dogs and 5/12 cats.", "Yes"),
        ("did any dogs bark?", "Barking was heard in 0% of the dogs.", "No"),
        ("did any dogs bite?", "Barking was heard in 0% of the dogs.", ""),
    ],
)
def test_a_count_of_none_denies(question, sentence, said):
    assert verdict(question, sentence).rstrip(":") == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("is QX-9 a labelled antibody?", "Yes"),
        ("is QX-7 a labelled antibody?", ""),
        ("are QX-7 and QX-9 in the clinic?", "Yes"),
    ],
)
def test_what_stands_behind_the_name_of_another_is_said_of_that_one(question, said):
    assert verdict(question, "The firm has two drugs in the clinic: QX-7 and QX-9, a labelled antibody.").rstrip(":") == said


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("was the kennel opened before June 2024?", "The kennel was opened on 3 May 2024.", "Yes"),
        ("was the kennel opened before May 2024?", "The kennel was opened on 3 May 2024.", "No"),
        ("was the kennel opened after 20 April?", "The kennel was opened on 3 May 2024.", "Yes"),
        ("was the kennel opened by the end of 2023?", "The kennel was opened in the first quarter of 2024.", "No"),
        ("was the kennel opened before May 2024?", "The kennel will be opened in April 2024.", ""),
        ("was the kennel painted before June 2024?", "The kennel was opened on 3 May 2024.", ""),
        ("was the kennel opened after 2024?", "The kennel was opened because the 2025 budget was higher.", ""),
        ("did the walk of the dogs end before August 2024?", "The walk of the dogs went on between March 2023 and July 2024.", "Yes"),
        ("will the money of the kennel last beyond the end of 2026?", "The money lasts the kennel into the second quarter of 2027.", "Yes"),
        ("will the money of the kennel last until the end of 2026?", "The money lasts the kennel into the second quarter of 2026.", "No"),
        ("will the money of the kennel last beyond 2026?", "The money of the kennel was counted on 3 May 2025.", ""),
    ],
)
def test_a_date_lies_to_one_side_of_the_questions(question, sentence, said):
    assert verdict(question, sentence).rstrip(":") == said


TWO_GROUPS = "Fever led to a rest of three dogs in Group A, seven in Group B and four in Group C."


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("did more dogs rest with fever in group B than in group A?", TWO_GROUPS, "Yes"),
        ("did more dogs rest with fever in group A than in group B?", TWO_GROUPS, "No"),
        ("did fewer dogs rest with fever in group A than in group C?", TWO_GROUPS, "Yes"),
        ("did more dogs rest with fever in group A than in group D?", TWO_GROUPS, ""),
        ("did more dogs rest with a rash in group B than in group A?", TWO_GROUPS, ""),
        (
            "did more dogs rest with fever in spring than in autumn?",
            "Three dogs in spring and seven in autumn had a rest with fever.",
            "No",
        ),
        ("did more dogs have fever in spring than in autumn?", "Three dogs had fever in spring, and rain fell in autumn.", ""),
    ],
)
def test_which_side_has_the_larger_figure(question, sentence, said):
    assert verdict(question, sentence).rstrip(":") == said


SAMPLE = "Kennel B: one air sample on 26 May gave 7 spores (alert limit 5, action limit 10)."


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("did the air sample of kennel B exceed the alert limit?", SAMPLE, "Yes"),
        ("was the air sample of kennel B within the alert limit?", SAMPLE, "No"),
        ("was the air sample of kennel B below the alert limit?", SAMPLE, "No"),
        ("was the air sample of kennel B over the limit?", SAMPLE, ""),
        ("was the air sample of kennel B over the legal limit?", SAMPLE, ""),
        ("was the water sample of kennel B over the alert limit?", SAMPLE, ""),
        ("was the warmth of kennel B within the limit?", "Kennel B had a warmth of 5 (limit 2 to 8).", ""),
        ("was the purity above the limit?", "The purity was 94.1% against a limit of 95%.", "No"),
    ],
)
def test_a_figure_lies_to_one_side_of_the_limit_that_is_named(question, sentence, said):
    assert verdict(question, sentence).rstrip(":") == said
