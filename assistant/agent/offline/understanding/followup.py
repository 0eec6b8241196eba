"""Topics of a conversation: a follow-up is completed from what went before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.agent.offline.understanding.administrations import bare_counts
from assistant.agent.offline.understanding.arms import arms_of
from assistant.agent.offline.understanding.aspects import CONTRAST, TEXT, aspect_of
from assistant.agent.offline.understanding.callings import Calling
from assistant.agent.offline.understanding.carrying import both_arms, follow, means_all, together
from assistant.agent.offline.understanding.cues import another_time, content, cues, light, scaffold, signals
from assistant.agent.offline.understanding.mentions import Mentions
from assistant.agent.offline.understanding.message import read_message
from assistant.agent.offline.understanding.naming import BODY_UNITS
from assistant.agent.offline.understanding.paired import quantities
from assistant.agent.offline.understanding.topic import Topic, parts, read
from assistant.language.figures import figures
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Arm, Study

_FOLLOWS = re.compile(
    r"\s*(?:(?:back|going back|returning) to [^:,?]*[:,]\s*)?"
    r"(?:and|what about|how about|same|also|or|then|but|ok(?:ay)?|now|so|in|as|both|why|express|convert|make|that|it|them|those)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\s*(?:with|without|after|at|on|under)\b", re.IGNORECASE)
_ANAPHORA = re.compile(
    r"\b(?:it|its|that|this|they|them|their|those|these|he|she|him|her|his|the (?:same|other|latter|former|first|second)(?: one)?|there)\b",
    re.IGNORECASE,
)
# Aspects that say something by themselves; the others are also signalled by a bare "and for one dose?".
_WEAK_SIGNALS = frozenset(
    (
        "dose given both compare existence convert studies compound cross first_dose mean control second_dose named_study "
        "named_arm alike named_two_arms named_model named_disease named_nuclide named_activity named_time yesno list how_long outcome "
        "named_unit named_body convert_amount carry ratio percent disease how_much compound quantified two_studies named_two_studies "
        "total_of over_all named_time_unit extreme shortest per_activity"
    ).split()
)
# What the words for a study signal where they only name it: "what about study 2?"; and those for a nuclide in "the other isotope".
_NAMING_SIGNALS = frozenset(["study_list", "which_study"])
_OTHER_NUCLIDE = re.compile(r"\bother (?:isotope|nuclide|radionuclide|radioisotope|one)\b", re.IGNORECASE)
# One of the two that were spoken of last, whichever they were.
_WHICH = re.compile(r"\bwhich (?:one|of (?:them|these|those|the two))\b", re.IGNORECASE)
_TWO_OF_THEM = re.compile(r"\b(?:the|these|those|last|latter) two\b|\bbetween them\b", re.IGNORECASE)
# The arm, and not the study, of which somebody spoke just before.
_THAT_ARM = re.compile(r"\b(?:that|this|the same|said) (?:arm|group|cohort|dose|schedule|regimen|treatment)\b", re.IGNORECASE)
# What was given may be set against that of another study; what it did may not.
_GIVEN_CONTRASTS = frozenset(f"{name}{CONTRAST}" for name in ("dose", "total", "interval"))
# Aspects that survivals answer, of which two may be how far apart.
_OF_SURVIVAL = frozenset(["survival", "benefit", "extreme"])
_SHORT = 8
_FEW = 2
_VERY_SHORT = 3
# "And when they got it twice?" asks of another case, "and when did they get it?" of a time.
_OF_A_CASE = re.compile(
    r"^(\W*(?:and|but|what about|how about))\s+when\s+(?!(?:was|were|is|are|did|do|does|will|would|can|could|has|have|had|exactly|else)\b)",
    re.IGNORECASE,
)


def understand(
    questions: Sequence[str],
    studies: Sequence[Study],
    known: Sequence[Calling] = (),
    completed: Callable[[Topic], Topic] = lambda topic: topic,
) -> tuple[Topic, ...]:
    """The topics of the last of ``questions``; the ones before it are what a follow-up may refer to.

    ``known`` are the words that call the studies' arms; ``completed`` adds to what each question names by itself.
    """
    earlier: list[Topic] = []
    topics: list[Topic] = []
    for question in questions:
        topics = []
        message = read_message(question)
        if message.around:
            earlier.append(replace(read(message.around, studies, known), aspect=TEXT))
        for part in (part for asked in message.questions for part in parts(asked)):
            topic = _complete(completed(read(_OF_A_CASE.sub(r"\1 ", part), studies, known)), earlier, studies)
            topic = replace(topic, spoken_of=_spoken_of(_measured(earlier)))
            if topic.unit in ACTIVITY_UNITS and any(figure.unit in BODY_UNITS for figure in figures(message.around)):
                topic = _whole(read(f"{message.around} {part}", studies, known), topic)
            if "per_activity" in topic.signals and message.around and not read(part, studies, known).named.any_arm:
                topic = _rate(completed(read(f"{message.around} {part}", studies, known)), topic, studies)
            if topic.unclear and topics:
                continue  # "name a few" after the question it belongs to
            topics += [replace(topic, aspect=aspect, follows=True) for aspect in quantities(part, topic.aspect)] or [topic]
            if not topic.unclear:
                earlier.append(topic)
    return tuple(topics)


def _whole(message: Topic, topic: Topic) -> Topic:
    """A message that tells whose dose it asks for before it asks: "Patient of 80 kg, cohort 3. How many MBq is that?"."""
    return replace(message, aspect="scaled", studies=message.studies or topic.studies, units=topic.units)


def _rate(message: Topic, topic: Topic, studies: Sequence[Study]) -> Topic:
    """A message that tells what to divide by an activity before it asks: "Take the gain over control. Days per uCi?"."""
    return replace(message, studies=message.studies or tuple(studies)) if message.aspect == "benefit_per_activity" else topic


def _complete(topic: Topic, earlier: Sequence[Topic], studies: Sequence[Study]) -> Topic:
    """``topic`` with what it leaves out taken from an earlier one; with all studies where neither names one."""
    bare = not topic.signals - _WEAK_SIGNALS - _naming(topic) and _is_bare(topic)
    previous = _antecedent(topic, earlier) if bare else earlier[-1] if earlier else None
    if previous is None:
        return replace(topic, studies=topic.studies or tuple(studies), unclear=bare and _says_nothing(topic))
    of_text = bare and previous.aspect != TEXT and _asks_of_concept(topic)
    if bare and not of_text:
        if _TWO_OF_THEM.search(topic.question):
            previous = replace(previous, seen=_last_two(earlier))
        return follow(topic, previous, studies)
    if topic.named.control and not topic.named.counts and _THAT_ARM.search(topic.question) and earlier[-1].named.counts:
        topic = replace(topic, named=replace(topic.named, counts=earlier[-1].named.counts))
    measured = _measured(earlier)
    if measured and (_asks_for_gain(topic) or (measured.aspect in _OF_SURVIVAL and _asks_distance(topic))):
        return _apart(topic, measured, earlier)
    if topic.aspect == "half_life" and not topic.nuclides and not topic.studies:
        if {"decay_rate", "which_study"} <= topic.signals:
            return replace(topic, studies=tuple(studies))
        topic = replace(topic, nuclides=previous.nuclides)
    if of_text or topic.aspect == TEXT or (previous.aspect == TEXT and _asks_when_that_was(topic)):
        return _read_on(replace(topic, aspect=TEXT), previous, studies)
    return _about_the_same(topic, earlier, studies)


def _asks_of_concept(topic: Topic) -> bool:
    """Whether a follow-up asks of a thing that no figure of an arm tells, "and the route?", "any toxicity?"."""
    shown = (cues(topic.question, name, "concepts") for name in signals(topic.question, "concepts"))
    return not topic.unit and any(frozenset(cue) - scaffold() for found in shown for cue in found)


def _apart(topic: Topic, measured: Topic, earlier: Sequence[Topic]) -> Topic:
    """A question for the difference or ratio of what was spoken of: of amounts that two studies gave, else of survivals."""
    of_amounts, of_two = f"{measured.aspect}{CONTRAST}", _last_studies(earlier)
    if of_amounts in _GIVEN_CONTRASTS and len(of_two) == _FEW:
        return replace(topic, aspect=of_amounts, studies=of_two, follows=True)
    meant = _last_two(earlier) if _TWO_OF_THEM.search(topic.question) else measured.seen
    seen = replace(meant, studies=(), strays=(), unknown=())
    studies = topic.studies or (of_two if _WHICH.search(topic.question) else measured.studies)
    return replace(topic, aspect="benefit", studies=studies, named=seen, follows=True)


def _naming(topic: Topic) -> frozenset[str]:
    """The signals that only say which study or nuclide is meant."""
    nuclide = frozenset(["nuclide"]) if _OTHER_NUCLIDE.search(topic.question) else frozenset[str]()
    return nuclide | (_NAMING_SIGNALS if topic.studies else frozenset())


def _asks_when_that_was(topic: Topic) -> bool:
    """Whether "when did they get that?" is asked, which after a sentence of the text is about that and not about doses."""
    own = topic.studies or topic.named.any_arm or topic.signals & {"dose", "second_dose", "first_dose"}
    return topic.form == "when" and not own and _refers_back(topic.question)


def _last_two(earlier: Sequence[Topic]) -> Mentions:
    """The arms that the last two questions about different ones named."""
    named = [topic.named for topic in reversed(earlier) if topic.aspect != TEXT and topic.named.any_arm]
    other = next((one for one in named if one != named[0]), None)
    return together(other, named[0]) if other else named[0] if named else Mentions()


def _last_studies(earlier: Sequence[Topic]) -> tuple[Study, ...]:
    """The studies of the last topics that figures answered, as far back as it takes to find two."""
    found: list[Study] = []
    for topic in reversed(earlier):
        if topic.aspect != TEXT and len(found) < _FEW:
            found += [study for study in topic.studies if study not in found]
    return tuple(found)


def _asks_for_gain(topic: Topic) -> bool:
    """Whether a question says no more than "diff?", "which one gained more?" or "how much longer is that in percent?"."""
    refers = any(pattern.search(topic.question) for pattern in (_ANAPHORA, _TWO_OF_THEM, _WHICH)) or _goes_on(topic.question)
    said = [word for word in stems(topic.question) if refers or word not in scaffold()]  # "what's the" asks and says nothing
    brief = len(said) <= (_SHORT + 2 if refers else _VERY_SHORT)
    return topic.aspect == TEXT and brief and bool(topic.signals & {"gain", "ratio", "percent"}) and "person_pronoun" not in topic.signals


def _asks_distance(topic: Topic) -> bool:
    """Whether it is asked how far apart two are that were spoken of, and not two doses: "how many days between those two?"."""
    refers = _TWO_OF_THEM.search(topic.question) or _ANAPHORA.search(topic.question)
    brief = len(stems(topic.question)) <= _SHORT + 2
    return (
        topic.aspect in ("interval", f"interval{CONTRAST}")
        and brief
        and bool(refers)
        and not topic.signals & {"dose", "second_dose", "first_dose"}
    )


def _read_on(topic: Topic, previous: Topic, studies: Sequence[Study]) -> Topic:
    """A question for the text, with the names or words of the topic that it refers back to; "and in total?" is one for doses."""
    implied = aspect_of(topic.signals | {"dose", "given"})
    brief = previous.aspect != TEXT and len(stems(topic.question)) <= _FEW
    if (_goes_on(topic.question) or brief) and implied in ("total", "schedule", "interval", "dose_count"):
        return replace(topic, aspect=implied, studies=topic.studies or previous.studies, named=previous.seen, follows=True)
    # "How much more than last year?" says not of what.
    elliptic = previous.aspect == TEXT and not content(topic.question) - light() - another_time()
    anaphoric = (_refers_back(topic.question) or _goes_on(topic.question) or elliptic) and not topic.studies
    context = previous.query if len(content(topic.question)) <= _FEW else _names(previous)
    query = f"{topic.question} {context}" if anaphoric else topic.query
    return replace(topic, query=query, studies=topic.studies or (previous.studies if anaphoric else tuple(studies)), follows=anaphoric)


def _goes_on(question: str) -> bool:
    """Whether a question begins as one that goes on from what was said; "why lipid rafts?" asks for a reason of its own."""
    opening = _FOLLOWS.match(question)
    return opening is not None and not (opening.group().strip().casefold() == "why" and content(question))


def _refers_back(question: str) -> bool:
    """Whether a word such as "it" stands for what was spoken of before, and not for whoever the question itself names as speaking."""
    match = _ANAPHORA.search(question)
    return match is not None and not signals(question[: match.start()], "signals_speakers")


def _about_the_same(topic: Topic, earlier: Sequence[Topic], studies: Sequence[Study]) -> Topic:
    """A question that names no study: about the ones named last, and about their arms where it refers to them; or about all."""
    measured = _measured(earlier)
    if measured and both_arms(topic, measured):
        named = replace(topic.named, counts=measured.seen.counts)
        return replace(topic, studies=measured.studies, named=named, seen=together(measured.seen, named), follows=True)
    if topic.studies or means_all(topic):
        return replace(topic, studies=topic.studies or tuple(studies))
    focus = next((t.studies for t in reversed(earlier) if t.named.studies), tuple(studies))
    own_arms = topic.named.arms or topic.signals & {"each_dose", "first_dose", "second_dose"}
    if measured is earlier[-1] and topic.aspect == "benefit" and not own_arms and _is_of_two(measured.seen):
        seen = replace(measured.seen, studies=(), strays=(), unknown=())
        return replace(topic, studies=focus, named=seen, follows=True)
    refers = bool(_ANAPHORA.search(topic.question) or _FOLLOWS.match(topic.question)) and not own_arms
    if refers and measured:
        named = replace(measured.named, studies=(), strays=(), unknown=())
        seen = together(measured.seen, named)
        return replace(topic, studies=focus, named=named, seen=seen, query=f"{topic.query} {measured.query}", follows=True)
    return replace(topic, studies=focus, follows=True)


def _is_of_two(seen: Mentions) -> bool:
    """Whether just two arms were spoken of: "what's the gain?" is then that between them."""
    return len(seen.counts) + seen.control == _FEW and not (seen.levels or seen.designations or seen.called or seen.several)


def _measured(earlier: Sequence[Topic]) -> Topic | None:
    """The last topic that was answered from what studies measured."""
    return next((topic for topic in reversed(earlier) if topic.aspect != TEXT), None)


def _antecedent(topic: Topic, earlier: Sequence[Topic]) -> Topic | None:
    """What a follow-up follows: the topic before it; one that names an arm or a unit follows the last topic that had figures."""
    if topic.named.arms or topic.unit or topic.signals & {"percent", "ratio", "per_activity"} or bare_counts(topic.question):
        return _measured(earlier) or (earlier[-1] if earlier else None)
    return earlier[-1] if earlier else None


def _says_nothing(topic: Topic) -> bool:
    stated = any(figure.unit or figure.kind == "number" for figure in topic.figures)
    names = topic.studies or topic.named.arms or stated or topic.named.unknown
    return (
        not names
        and topic.form == "what"
        and len(content(topic.question)) < 2
        and bool(_FOLLOWS.match(topic.question) or not content(topic.question))
    )


def _is_bare(topic: Topic) -> bool:
    words = stems(topic.question)
    names = topic.named.studies or topic.named.arms or topic.unit
    follows = _FOLLOWS.match(topic.question) or not content(topic.question) or _is_phrase(topic.question)
    unit = topic.unit and _ANAPHORA.search(topic.question)
    times = topic.signals & {"percent", "ratio", "per_activity"} and len(words) <= _VERY_SHORT
    return len(words) <= _SHORT and bool(follows or (names and len(words) <= _SHORT // 2) or unit or times)


def _is_phrase(question: str) -> bool:
    """Whether a question is no more than "with two?" or "without treatment?"."""
    return len(stems(question)) <= _VERY_SHORT and _PREPOSITION.match(question) is not None


def _spoken_of(topic: Topic | None) -> tuple[tuple[Study, Arm], ...]:
    """The arm of each of the topic's studies that it named, where it named just one: what "that" means after it."""
    if topic is None:
        return ()
    found = ((study, arms_of(study, topic.named)) for study in topic.studies)
    return tuple((study, arms[0]) for study, arms in found if len(arms) == 1)


def _names(topic: Topic) -> str:
    """What the earlier question was about, in words to search with."""
    if topic.named.studies:
        return " ".join(dict.fromkeys(study.compound or study.name for study in topic.named.studies))
    return " ".join(word for word in re.findall(r"[\w-]+", topic.query) if re.search(r"[A-Z\d]", word) and content(word))
