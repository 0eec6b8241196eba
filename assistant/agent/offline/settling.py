"""Whether what was extracted answers a question, or the documents' own sentences do: the rules' opinion against the encoder's."""

from __future__ import annotations

from dataclasses import replace

from assistant.agent.evidence import Evidence
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.sentences.candidates import candidates
from assistant.agent.offline.sentences.lookup import Wording, covers, rank
from assistant.agent.offline.sentences.organs import asks_of_organs
from assistant.agent.offline.sentences.scope import proper_names
from assistant.agent.offline.sentences.unit_asked import asks_mass
from assistant.agent.offline.understanding.aspects import CONTRAST, TEXT
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.intents import Intents, Leaning
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.understanding.vocabulary import common_words
from assistant.language.ages import without_age
from assistant.language.stems import stem, words
from assistant.language.units import ACTIVITY_UNITS, canonical_unit

# Aspects that the question's own figures answer, or that are told by a word that means nothing else.
_CERTAIN = frozenset(
    [
        "carriers",
        "chart",
        "control_given",
        "gaps",
        "overview",
        "next_dose",
        "title",
        "scaled",
        "runway",
        "sameness",
        "unreached",
        "bounded",
        "conversion",
        "arithmetic",
        "decay",
        "half_life",
        "half_lives",
        "half_lives_time",
        "halvings",
        "halved",
        "statistic",
        "studies_counted",
        "sample_size",
        "claim",
        "benefit_per_activity",
        "survival_per_activity",
    ]
)
# Aspects of which the rules are no surer than the encoder.
_OPEN = frozenset(
    [TEXT, "survival", "dose", "schedule", "model", "disease", "species", "compound", "arms_list", "study_list", "dose_count", "interval"]
)
# With the word for survival, what leaves no doubt that the survival of an arm is asked for.
_MEASURED_SIGNALS = frozenset(["named_arm", "named_time"])
# "How did that group do against the controls?"
_OF_ARMS_COMPARED = frozenset(["outcome", "compare", "control", "named_arm"])
# What the wordings of the aspects tell nothing of.
_FIRM_SIGNALS = frozenset(["supposed", "opinion", "regimen", "other_endpoint", "significance"])
# Aspects of which a "why" asks the reason.
_TIMES = frozenset(["interval", "schedule", "dose_count"])
_GIVEN = _TIMES | {"dose"}
# Aspects that what was administered answers.
_ADMINISTERED = frozenset(["dose", "total"])
# Aspects computed from one arm: a sentence that holds the figures is no reason to leave the computing out. (A comparison with what no
# arm is called by is left to the sentence, lest another arm be taken for it.)
_COMPUTED = frozenset(["interval", "total", "after_dose"])
# Aspects that a concept of the same name is part of; an infusion is an administration before it is a route.
_ROUTE = frozenset(["route"])
# What some of the animals or patients had: how many these were is no size of a group.
_OF_SOME = frozenset(["response", "safety", "growth", "sex", "progression"])
_OWN_CONCEPTS = {
    "benefit": frozenset(["deal"]),  # what a dose "bought"
    "burden": frozenset(["volume"]),
    "extreme": frozenset(["age"]),
    "survival": frozenset(["age"]),
    "interval": _ROUTE,
    "total": _ROUTE,
    "dose_count": _ROUTE,
}
# Forms of question that no overview of studies answers.
_OF_PEOPLE_AND_PLACES = frozenset(["who", "where"])
# What the encoder has to be sure of, and by how much, to overrule the rules; chosen by trying values on the looked-at question files.
_LIKE, _LEAD = 0.62, 0.1
# So like a wording of its aspect is a question whose further words change nothing; so unlike that a likely sentence is quoted too.
_PLAINLY, _DOUBTFUL, _UNLIKE = 0.85, 0.75, 0.62
# How likely a sentence must be to answer that has the words which the aspect does not account for, and one that lacks them.
_COVERING, _SENTENCE, _BESIDE = 0.15, 0.45, 0.2


def settled(topic: Topic, evidence: Evidence, intents: Intents, encode: Encode) -> Topic:
    """``topic`` with the aspect that is meant, and whether a sentence of the text is to be quoted before what it says."""
    other = not topic.follows and "survival" not in topic.signals and signals(_without_figures(topic), "concepts") - _ROUTE
    if topic.aspect == "benefit" and other:
        return replace(topic, aspect=TEXT)  # more of something else than survival: costs, weight, absorbed dose
    lettered = topic.aspect == "benefit" and len(topic.named.designations) > 1
    if not topic.follows and (_counts_some(topic) or _is_of_no_activity(topic)):
        return replace(topic, aspect=TEXT)
    certain = topic.aspect in _CERTAIN or topic.aspect.endswith(CONTRAST) or (topic.aspect == TEXT and _is_firm(topic))
    if topic.follows or topic.unclear or lettered or _is_comparable(topic) or certain:
        return topic
    if topic.aspect != TEXT and signals(_without_figures(topic), "concepts") - _OWN_CONCEPTS.get(topic.aspect, frozenset()):
        return replace(topic, aspect=TEXT)
    leaning = intents.leaning(topic.question, topic.known)
    if topic.aspect != TEXT:
        topic = _against_text(topic, leaning, evidence, encode)
        if topic.aspect == TEXT:
            return topic
    return replace(topic, aspect=leaning.best) if _overruled(topic, leaning) else topic


def _counts_some(topic: Topic) -> bool:
    """Whether it is asked how many of a group something befell, and not how many it had."""
    return topic.aspect == "sample_size" and bool("percent" in topic.signals or signals(_without_figures(topic), "concepts") & _OF_SOME)


def _is_of_no_activity(topic: Topic) -> bool:
    """Whether what was administered is no answer: an absorbed dose is asked for, or a mass of what was given as an activity."""
    given = {arm.activity.unit for study in topic.studies for arm in study.arms if arm.activity}
    return topic.aspect in _ADMINISTERED and (asks_of_organs(topic) or (asks_mass(topic) and given <= ACTIVITY_UNITS))


def _is_comparable(topic: Topic) -> bool:
    """Whether it is plain which two arms a question about a gain compares: those it names, two doses and one, or the only two."""
    if topic.aspect != "benefit" or topic.sides:
        return topic.aspect == "benefit" and "sides" in topic.signals
    measured = [arm for study in topic.studies for arm in study.arms if arm.survival]
    only_two = len(measured) == 2 and bool(topic.signals & {"survival", "how_long", "how_much"})
    return len(topic.studies) == 1 and (only_two or "second_dose" in topic.signals)


def _against_text(topic: Topic, leaning: Leaning, evidence: Evidence, encode: Encode) -> Topic:
    """``topic`` as a question for the text where a sentence accounts for more of it than its aspect does."""
    likeness = leaning.likeness.get(topic.aspect, 0.0)
    if likeness >= _PLAINLY:
        return topic
    names = proper_names(topic.question, (source.passage.text for source in evidence.sources))
    accounted_for = _accounted_for(topic) | frozenset(map(stem, names))
    further = [
        word
        for word in words(topic.question)
        if word.text.isalpha() and len(word.text) > 1 and word.stem not in accounted_for and not canonical_unit(word.text)
    ]
    computed = topic.aspect in _COMPUTED and topic.named.arms
    if likeness >= _UNLIKE and topic.form != "why" and (computed or not further):
        return topic  # no sentence could change it
    matches = rank(Wording(topic.question, topic.query, topic.form), candidates(topic.question, topic.query, evidence.sources), encode)
    if not matches:
        return topic
    chance = matches[0].chance
    if topic.form == "why" and matches[0].kind > 0 and chance >= _COVERING:
        return replace(topic, aspect=TEXT)
    if (
        further
        and not computed
        and (chance >= _COVERING if covers(matches[0].unit, further) else chance >= _SENTENCE and likeness < _DOUBTFUL)
    ):
        return replace(topic, aspect=TEXT)
    return replace(topic, quoted=likeness < _UNLIKE and chance >= _BESIDE)


def _without_figures(topic: Topic) -> str:
    """The question without its amounts, whose units are no concepts: the kilograms of 20 MBq/kg ask for no weight."""
    text = topic.question
    for figure in reversed(topic.figures):
        text = text[: figure.start] + " " + text[figure.end :]
    return without_age(text)


def _is_firm(topic: Topic) -> bool:
    """Whether the rules are surer of the aspect than the encoder, whatever that leans to."""
    return (
        topic.aspect not in _OPEN
        or (topic.aspect == "survival" and "survival" in topic.signals and bool(topic.signals & _MEASURED_SIGNALS))
        or (topic.aspect == "survival" and topic.signals >= _OF_ARMS_COMPARED)
        or bool(topic.signals & _FIRM_SIGNALS)
        or (topic.aspect == "disease" and "disease_asked" in topic.signals)
        or (topic.aspect == "study_list" and "named_study" in topic.signals)
        or (topic.aspect == "schedule" and bool(topic.signals & {"first_dose", "second_dose"}))
    )


def _overruled(topic: Topic, leaning: Leaning) -> bool:
    if (
        _is_firm(topic)
        or leaning.best in _CERTAIN
        or (topic.form in _OF_PEOPLE_AND_PLACES and leaning.best == "study_list")
        or ("clinical" in topic.signals and leaning.best in _GIVEN | {"benefit"})  # what animals were given is no trial's schedule
        or (topic.form == "why" and leaning.best in _TIMES | {"survival"})  # a figure is no reason
        or (leaning.best == "survival" and topic.signals & {"gain", "count_of_models"})
        or (leaning.best == "benefit" and "pause" in topic.signals)
    ):
        return False
    return leaning.likeness[leaning.best] >= _LIKE and leaning.lead(topic.aspect) >= _LEAD


def _accounted_for(topic: Topic) -> frozenset[str]:
    told = (f"{s.name} {s.disease or ''} {s.species or ''} {' '.join(arm.label for arm in s.arms)}" for s in topic.known)
    names = frozenset(form for text in told for word in words(text) for form in (word.stem, word.stem.rstrip("0123456789")))
    return common_words() | names
