"""Question and findings → either the tool calls that are still wanted or the reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from assistant.agent.offline.absent import (
    MEASURED,
    absent_amounts,
    absent_arms,
    absent_diseases,
    absent_groups,
    absent_names,
    absent_nuclides,
    states,
    ungiven,
)
from assistant.agent.offline.answers import (
    ASPECTS,
    compared,
    derived,
    differing,
    documents,
    meta,
    outstanding,
    reckoned,
    text,
    unanswered,
    worked,
)
from assistant.agent.offline.answers import corrected as correcting
from assistant.agent.offline.answers.premises import corrections, misplaced
from assistant.agent.offline.answers.selection import joined
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.narrowing import OF_THE_QUESTION, names_study, narrowed, with_comparators
from assistant.agent.offline.phrasing import is_lack, missing, phrase, reply
from assistant.agent.offline.sentences.matching import PASSAGES
from assistant.agent.offline.settling import settled
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.aspects import TEXT
from assistant.agent.offline.understanding.callings import callings
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.elements import with_nuclide
from assistant.agent.offline.understanding.followup import understand
from assistant.agent.offline.understanding.intents import Intents
from assistant.agent.offline.understanding.mentions import occurs
from assistant.agent.offline.understanding.message import read_message
from assistant.agent.offline.understanding.physical import plainly
from assistant.agent.offline.understanding.qualifiers import counts_animals, unknown_qualifiers
from assistant.agent.offline.understanding.recasing import recased
from assistant.agent.offline.understanding.shapes import asks_share_of_all
from assistant.agent.offline.understanding.spelling import corrected
from assistant.agent.offline.understanding.topic import Topic, designates_unknown
from assistant.agent.offline.understanding.topic import read as read_topic
from assistant.language.abbreviations import spelled_out, written_out
from assistant.language.units import ACTIVITY_UNITS
from assistant.resources import prompt_table
from assistant.studies.facts import Study

# Aspects of which the text's own figures may tell more than those of arms.
_OF_THE_TEXT = frozenset([TEXT, "dose", "sample_size", "schedule", "dose_count", "burden"])
# Aspects that the figures of an arm that is named answer in full.
_OF_AN_ARM = frozenset(["survival", "benefit"])
_OF_WHAT_WAS_GIVEN = frozenset(["dose", "total", "schedule", "interval", "dose_count"])
# Aspects whose answer is a figure, which stands before what the text says besides.
_OF_FIGURES = frozenset(["control", "dose", "dose_count", "extreme", "interval", "schedule", "studies_compared", "total"])
# Aspects of questions whose numbers count no doses that an arm got.
_OWN_COUNTS = frozenset(["scaled", "next_dose", "halved", "half_lives", "half_lives_time", "halvings"])
# Aspects that tell no share of those who took part.
_NO_SHARES = frozenset(["survival", "benefit", "dose", "total", "arms_list", "dose_count", "extreme"])
_NEAREST_AT_MOST = 4


def survey(question: str) -> list[Call]:
    """What is looked up before anything is understood: which studies there are and what the question's words find."""
    return [
        call("list_studies"),
        call("search_passages", query=spelled_out(" ".join(read_message(written_out(recased(question))).questions)), k=PASSAGES),
    ]


@dataclass(frozen=True, slots=True)
class Mind:
    """What the offline model knows without being told: an encoder, and which words are common English."""

    encode: Encode
    common_words: frozenset[str]
    intents: Intents


def next_step(questions: Sequence[str], findings: Findings, mind: Mind) -> list[Call] | str:
    """The calls to make next, or the draft when there is nothing left to call for. The last question is the one to answer."""
    texts = [source.passage.text for source in findings.evidence.sources]
    read = [plainly(corrected(written_out(recased(question, texts)), texts, mind.common_words)) for question in questions]
    studies = findings.evidence.studies
    known = callings(studies, findings.evidence)
    understood = understand(read, studies, known, lambda topic: with_comparators(topic, findings.evidence, mind.common_words))
    topics = tuple(
        settled(narrowed(topic, findings.evidence, mind.common_words), findings.evidence, mind.intents, mind.encode) for topic in understood
    )
    topics = tuple(with_nuclide(topic, findings.evidence) for topic in topics)
    topics = tuple(
        replace(topic, aspect=TEXT) if designates_unknown(topic.named, topic.studies) or _asks_share(topic) else topic for topic in topics
    )
    kind = meta.kind_of(meta.signals_of(read[-1]), topics[0] if topics else None)
    if kind == "advice" and topics and text.tells_reader(topics[0], findings, mind.encode):
        kind = None  # what a leaflet tells those who read it is no advice of ours
    wanted = _wanted(kind, read[-1], topics, findings, mind.encode)
    pending = [c for c in dict.fromkeys(wanted) if not findings.made(c)]
    if pending:
        return pending
    sentences = _meta(kind, read[-1], topics, findings, mind.encode) if kind else _topics(topics, _told(read[-1], findings), findings, mind)
    said: list[str] = []
    for sentence in sentences:
        if not any(earlier.endswith(sentence) for earlier in said):  # as it stands, or behind a yes or no
            said.append(sentence)
    return "\n\n".join(said)


def _wanted(kind: str | None, question: str, topics: Sequence[Topic], findings: Findings, encode: Encode) -> list[Call]:
    if kind == "documents":
        return documents.plan(question, findings)
    if kind and kind != "advice":
        return []
    calls: list[Call] = []
    for topic in topics:
        planned = list(ASPECTS[topic.aspect].plan(topic, findings)) if topic.aspect in ASPECTS else []
        calls += [*planned, *text.plan(topic, findings)]
        if all(map(findings.made, planned)):
            calls += (
                reckoned.plan(topic, findings, encode)
                or worked.plan(topic, findings, encode)
                or derived.plan(topic, findings, encode, only_decay=_is_told(topic, findings))
            )
    return [*calls, *correcting.plan(findings)]


def _asks_share(topic: Topic) -> bool:
    """Whether a share of those who took part is asked for, which no survival or dose of an arm tells."""
    return topic.aspect in _NO_SHARES and asks_share_of_all(topic.question)


def _is_told(topic: Topic, findings: Findings) -> bool:
    """Whether the studies answer what is asked."""
    asks_arms = topic.aspect in ASPECTS and not _is_unmeasured(topic, findings)
    said = ASPECTS[topic.aspect].say(topic, findings) if asks_arms else []
    return not all(map(is_lack, said))


def _meta(kind: str, question: str, topics: Sequence[Topic], findings: Findings, encode: Encode) -> list[str]:
    if kind == "documents":
        return documents.say(question, findings)
    if kind == "advice":
        return [reply("advice"), *(s for topic in topics[:1] for s in text.nearest(topic, findings, encode))]
    greets = kind == "help" and "greeting" in meta.signals_of(question)
    return [reply("greeting"), reply(kind)] if greets else [reply(kind)]


def _told(question: str, findings: Findings) -> list[str]:
    """What the sources deny of what is told around a question: "The release says it is in Phase III. Where is that run?"."""
    around = read_message(question).around
    if not around:
        return []
    studies = findings.evidence.studies
    topic = read_topic(around, studies)
    return corrections(replace(topic, studies=topic.studies or tuple(studies)), findings)


def _topics(topics: Sequence[Topic], told: Sequence[str], findings: Findings, mind: Mind) -> list[str]:
    """What is said of each part of a question; what is missing of one follows where another one is answered."""
    parts: list[Sequence[str]] = []
    for position, topic in enumerate(topics):
        answer = _answer(topic, [] if position else told, findings, mind)
        mended = correcting.say(topic, answer, findings, mind.encode)
        parts.append(mended if mended != answer else differing.say(topic, answer, findings, mind.encode))
    alone = [bool(content(topic.question) - light()) for topic in topics]  # "…, and where?" hangs on what stands before
    answered = [part for part in parts if part and not is_lack(part[0])]
    lacking = [part for part in parts if part and is_lack(part[0])]
    if not any(part in answered and own for part, own in zip(parts, alone, strict=True)):
        return [*chain.from_iterable(parts)]
    told_first = [*chain.from_iterable(answered)]
    lacks = [sentence for sentence in told_first[1:] if is_lack(sentence)]
    return [*(each for each in told_first if each not in lacks), *lacks, *(each for part in lacking for each in part if is_lack(each))]


def _answer(topic: Topic, told: Sequence[str], findings: Findings, mind: Mind) -> list[str]:
    """What is denied of the question or of what is ``told`` around it, then what the sources say."""
    if topic.unclear:
        return [f"{prompt_table('conventions.toml')['clarify_lead']} {reply('unclear')}"]
    corrected_premises = corrections(topic, findings)
    if corrected_premises and topic.form == "yesno":
        topic = replace(topic, form="what")
        said_no = corrected_premises[0] if is_lack(corrected_premises[0]) else f"{phrase('no')} {corrected_premises[0]}"
        corrected_premises = [said_no, *corrected_premises[1:], *(each for each in told if each not in corrected_premises)]
    else:
        corrected_premises = list(dict.fromkeys([*told, *corrected_premises]))
    if topic.signals & {"supposed", "opinion"} and (further := _of_further_doses(topic, findings, mind)):
        return [*corrected_premises, *further]
    if told_so := reckoned.say(topic, findings, mind.encode):
        return [*corrected_premises, *told_so]
    gaps, worked_out = _unknown(topic, findings, mind), worked.say(topic, findings, mind.encode)
    if gaps and not (worked_out and topic.aspect == "total"):  # of something else than the studies, whose arms then do not matter
        return [*corrected_premises, *gaps]
    if worked_out := _compared(topic, findings, mind) or worked_out:
        return [*corrected_premises, *worked_out]
    return [*corrected_premises, *_stated(topic, corrected_premises, findings, mind)]


def _stated(topic: Topic, premises: Sequence[str], findings: Findings, mind: Mind) -> Sequence[str]:
    """What the studies tell, else what figures of the text come to, else its sentences; ``premises`` are what was corrected before."""
    unmeasured = _is_unmeasured(topic, findings)
    said = list(ASPECTS[topic.aspect].say(topic, findings)) if topic.aspect in ASPECTS and not unmeasured else []
    if topic.aspect == "sample_size" and not any(arm.n for study in topic.studies for arm in study.arms):
        said = [quote for quote in text.accepted(topic, findings, mind.encode) if counts_animals(quote)] or said
    if worked_out := derived.say(topic, findings, mind.encode, only_decay=not all(map(is_lack, said))):
        return worked_out
    if not said and premises and (topic.aspect != TEXT or any(misplaced(topic, findings))):
        doses = any(figure.unit in ACTIVITY_UNITS for figure in topic.figures)
        said = list(ASPECTS["dose" if doses else "survival"].say(topic, findings))
    if not said:
        return text.say(topic, findings, mind.encode, near=not premises)
    decided = any(sentence.startswith((phrase("yes"), phrase("no"))) for sentence in (*premises[:1], *said[:1]))
    measured = topic.aspect in _OF_AN_ARM and bool(topic.named.arms or topic.figures) and any(not is_lack(sentence) for sentence in said)
    beside = decided or measured or is_lack(said[0])
    quotes = text.accepted(topic, findings, mind.encode) if topic.quoted and not beside else []
    rest = [sentence for sentence in said if not any(quote.endswith(sentence) for quote in quotes)]
    return [*rest, *quotes] if topic.aspect in _OF_FIGURES else [*quotes, *rest]


def _compared(topic: Topic, findings: Findings, mind: Mind) -> Sequence[str]:
    """Which of the figures that the text states is larger, where it is asked of nothing that arms tell."""
    if topic.aspect not in _OF_THE_TEXT:
        return []
    return compared.say(topic, findings, mind.encode) or outstanding.say(topic, findings, mind.encode)


def _is_unmeasured(topic: Topic, findings: Findings) -> bool:
    """Whether the question names a compound that no study has, the name of a trial being none, or a dose that only a text tells of,
    or its studies report no survival.
    """
    if topic.aspect in _OF_AN_ARM and topic.studies and not any(arm.survival or arm.notes for s in topic.studies for arm in s.arms):
        return True
    of_animals = all(study.species not in (None, "human") for study in topic.studies)
    if topic.aspect in _OF_WHAT_WAS_GIVEN and "human" in topic.named.species and of_animals:
        return True  # what patients get is no animal's dose
    texts = [source.passage.text for source in findings.evidence.sources]
    if any(states(texts, amount) for amount in ungiven(topic)):
        return True  # of patients, or of another study, whose arms were not read
    own = "\n".join(_survival_sentences(findings, topic.studies))
    compounds = [name for name in topic.named.unknown if not names_study(name, texts) and not occurs(name, own)]
    of_another = topic.aspect not in OF_THE_QUESTION or (topic.aspect == "half_life" and not topic.nuclides)
    return bool(compounds) and not topic.named.studies and of_another


def _survival_sentences(findings: Findings, studies: Sequence[Study]) -> list[str]:
    """The sentences in which the survivals of the studies stand."""
    return [findings.sentence_at(arm.survival.span) for study in studies for arm in study.arms if arm.survival]


def _unknown(topic: Topic, findings: Findings, mind: Mind) -> list[str]:
    """What is said of names, diseases and compounds that no document has."""
    texts = [source.passage.text for source in findings.evidence.sources]
    said = [*absent_names(topic, texts, mind.common_words), *absent_nuclides(topic, texts), *absent_groups(topic, texts)]
    if topic.aspect == TEXT:
        return said
    if topic.aspect in MEASURED and not topic.named.unknown and (narrowing := unknown_qualifiers(topic.question, texts)):
        terms = joined(f"“{term}”" for term in narrowing)
        said.append(missing("terms", question=unanswered.asked(topic), terms=terms))
        return [*said, *ASPECTS["survival"].say(topic, findings)[:_NEAREST_AT_MOST]]
    if topic.form == "yesno" and "supposed" in topic.signals:
        return said
    absent = (absent_arms(topic) or absent_amounts(topic, texts)) if topic.aspect not in _OWN_COUNTS else []
    if absent:
        further = _of_further_doses(topic, findings, mind)
        return [*said, *absent, *further, *ASPECTS["arms_list"].say(topic, findings)]
    return [*said, *absent_diseases(topic, texts)]


def _of_further_doses(topic: Topic, findings: Findings, mind: Mind) -> list[str]:
    """What the sources say of more doses than any arm got, where more are asked about."""
    known = [given(study, arm) or 0 for study in topic.studies for arm in study.arms]
    if not topic.named.counts or min(topic.named.counts) <= max(known, default=0):
        return []
    wording = phrase("further_doses")
    asked = replace(topic, question=wording, form="what", named=replace(topic.named, counts=frozenset()), figures=())
    return text.accepted(asked, findings, mind.encode)
