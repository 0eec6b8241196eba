"""How long animals lived: the survival of arms, as stated and in other units; what followed the last dose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.agent.offline.answers.facts import say_species
from assistant.agent.offline.answers.ranking import no_ranking
from assistant.agent.offline.answers.selection import Selected, selected, species_gap
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import (
    amount,
    arm_words,
    doses_words,
    missing,
    phrase,
    quoted,
    significant,
    survival_words,
    title_words,
)
from assistant.agent.offline.understanding.bounds import holds
from assistant.agent.offline.understanding.cues import words_of
from assistant.agent.offline.understanding.sides import arms_on
from assistant.agent.offline.understanding.things import tells_unreached
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import is_denied, verdict
from assistant.language.figures import figures
from assistant.language.schedule import numbers_a_day
from assistant.language.sentences import sentences
from assistant.language.stems import stems
from assistant.language.units import TIME_UNITS
from assistant.studies.facts import Arm, Study
from assistant.studies.quantities import convert

# Beyond so many studies it is no news which of them lack an arm.
_FEW_STUDIES = 3
_CLAUSE = re.compile(r"[^,;()]+")
_LONGEST = frozenset(stems("longest best highest most"))
# Words of a label of controls that tell no kind of them.
_NO_NAMES = frozenset(stems("control controls arm group mice rats animals"))

# "Were the figures collected in people?"
_DONE_IN = re.compile(
    r"\b(?:done|run|collected|obtained|measured|gathered|carried out|conducted|performed|recorded)\s+(?:in|on|with|from)\b", re.IGNORECASE
)


def plan(topic: Topic, _: Findings) -> list[Call]:
    """A conversion for every arm where another unit than the text's is asked for."""
    calls = (_conversion(topic, arm) for _, arm in _chosen(topic).arms)
    return [wanted for wanted in calls if wanted]


def _asks_in_whom(question: str) -> bool:
    """Whether it is asked in which species something was done, and not what became of patients."""
    return _DONE_IN.search(question) is not None and not is_denied(question)


def say(topic: Topic, findings: Findings) -> list[str]:
    """A sentence for each arm; what is lacking first where nothing of what was asked is there."""
    chosen = _chosen(topic)
    if gap := species_gap(topic):
        done = say_species(topic, findings) if topic.form == "yesno" and _asks_in_whom(topic.question) else []
        lead = [f"{phrase('no')} {done[0]}", *done[1:]] if done else [gap]
        return [*lead, *sentences_on(topic, findings, chosen)]
    lacks = _lacking_arms(topic, chosen)
    held = _verdict(topic, chosen)
    differing = [(study, arm) for study, arm in chosen.arms if _differs(topic, arm)]
    median = [
        missing("median", findings.cite_arm(s, a), asked="median" if "median" in topic.signals else "mean", arm=arm_words(s, a))
        for s, a in differing
    ]
    said = sentences_on(topic, findings, chosen)
    if held and said:
        said[0] = f"{held} {said[0]}"
    if lacks and chosen.arms:
        return [*said, *lacks] if topic.named.studies or len(topic.known) <= _FEW_STUDIES else said
    if topic.named.arms and chosen.arms and not said:
        return []  # the arm is known and its survival is not: the text may tell
    return [*median, *lacks, *(said or _others(topic, findings))]


def _chosen(topic: Topic) -> Selected:
    """The arms that are named; those that lived as long as the question states where it names none: "can I trust the 80 days?"."""
    chosen = selected(topic)
    stated = {(figure.value, figure.unit) for figure in topic.figures}
    meant = tuple((study, arm) for study, arm in chosen.arms if arm.survival and (arm.survival.value, arm.survival.unit) in stated)
    return Selected(meant, ()) if meant and not topic.named.any_arm else chosen


def say_extreme(topic: Topic, findings: Findings) -> list[str]:
    """The arms from the one that lived longest on, or shortest if that is asked; of several studies, that they rank nothing."""
    measured = [(convert(arm.survival.value, arm.survival.unit, "day"), s, arm) for s in topic.studies for arm in s.arms if arm.survival]
    measured.sort(key=lambda each: each[0], reverse=not _shortest_first(topic))
    several = selected(topic).several_documents
    said = [_sentence(topic, findings, study, arm, several=several) for _, study, arm in measured]
    studies = tuple(study for study in topic.studies if any(study is other for _, other, _ in measured))
    return [*said, *no_ranking(studies)] if len(studies) > 1 else said


def _shortest_first(topic: Topic) -> bool:
    """Whether the shortest is asked for, and first where the longest is too: "from shortest to longest"."""
    if "shortest" not in topic.signals:
        return False
    found = stems(topic.question)
    shortest, longest = ([place for place, word in enumerate(found) if word in words] for words in (words_of("shortest"), _LONGEST))
    return not longest or (bool(shortest) and shortest[0] < longest[0])


def _verdict(topic: Topic, chosen: Selected) -> str:
    """Yes or no to a survival that the question states of one arm: "was it 140 days?", "more than 100 days?"."""
    stated = [figure for figure in topic.figures if figure.unit in TIME_UNITS]
    survivals = [arm.survival for _, arm in chosen.arms if arm.survival]
    if (
        topic.form != "yesno"
        or "judgement" in topic.signals
        or len(stated) != 1
        or len(survivals) != 1
        or survivals[0].unit != stated[0].unit
    ):
        return ""
    if _is_another_control(topic, chosen):
        return ""
    return verdict(topic, held=holds(survivals[0].value, stated[0]))


def _is_another_control(topic: Topic, chosen: Selected) -> bool:
    """Whether the question calls controls as those of another study are called, and those that were chosen are not: untreated, saline."""
    called = [arm.label for study in topic.known for arm in study.arms if arm.control and _called_by(arm.label, topic.question)]
    return bool(called) and not any(_called_by(arm.label, topic.question) for _, arm in chosen.arms)


def _called_by(label: str, question: str) -> bool:
    return bool(frozenset(stems(label)) & frozenset(stems(question)) - _NO_NAMES)


def _lacking_arms(topic: Topic, chosen: Selected) -> list[str]:
    """What is said of the studies that have no arm such as the question names."""
    lacks = []
    for study in chosen.without:
        if topic.named.control and not any(arm.control for arm in study.arms):
            lacks.append(missing("control_survival", study=study.name))
        elif topic.named.counts:
            asked = " or ".join(doses_words(count) for count in sorted(topic.named.counts))
            lacks.append(missing("arm", arm=asked, study=study.name))
    return lacks


def sentences_on(topic: Topic, findings: Findings, chosen: Selected) -> list[str]:
    """A sentence for each of the arms ``chosen``, the newest document first where documents differ."""
    arms = sorted(chosen.arms, key=lambda pair: _date(pair[0], findings), reverse=True) if chosen.conflict else chosen.arms
    said = [_sentence(topic, findings, study, arm, several=chosen.several_documents) for study, arm in arms if arm.survival]
    said += _told_of_the_rest(topic, findings, chosen)
    if chosen.conflict:
        return [phrase("differ"), *said]
    return said


def _told_of_the_rest(topic: Topic, findings: Findings, chosen: Selected) -> list[str]:
    """What is said of the arms without a survival: that it was not reached, and of arms that are named also a time."""
    ways: list[Callable[[str], bool]] = [tells_unreached, *([_says_a_time] if topic.named.arms else [])]
    several = chosen.several_documents
    rest = [(study, arm) for study, arm in chosen.arms if not arm.survival]
    quotes = (_unreached(topic, findings, study, arm) or _told(findings, study, arm, ways, several=several) for study, arm in rest)
    return list(dict.fromkeys(quote for quote in quotes if quote))


def _unreached(topic: Topic, findings: Findings, study: Study, arm: Arm) -> str:
    """The sentence whose clause says of just this arm that its survival was not reached; empty where none does."""
    for place, source in enumerate(findings.evidence.sources, 1):
        if source.document.id != study.document:
            continue
        for sentence in sentences(source.passage.text):
            said = [clause.group() for clause in _CLAUSE.finditer(sentence.text) if tells_unreached(clause.group())]
            if said and [arm] in [list(meant) for meant in arms_on(said, study, topic.callings)]:
                return quoted(phrase("says", document=title_words(study, findings)), " ".join(sentence.text.split()), f"[{place}]")
    return ""


def say_unreached(topic: Topic, findings: Findings) -> list[str]:
    """What is said of each arm whose survival was not reached."""
    chosen = Selected(tuple((study, arm) for study in topic.studies for arm in study.arms), ())
    return _told_of_the_rest(topic, findings, chosen)


def _date(study: Study, findings: Findings) -> str:
    document = findings.document(study.document)
    return (document.date or "") if document else ""


def _told(findings: Findings, study: Study, arm: Arm, ways: Sequence[Callable[[str], bool]], *, several: bool) -> str:
    """The sentence that says in one of ``ways`` how long an arm lived of which no survival was read; empty where none does."""
    lead = phrase("says", document=title_words(study, findings)) if several else ""
    starts = [span.start for other in study.arms if other is not arm for span in other.spans.values()]
    spans = sorted(arm.spans.values(), key=lambda span: span.start)
    for says in ways:
        for span in spans:
            quote = findings.sentence_from(span, says, before=min((start for start in starts if start > span.start), default=None))
            if quote:
                return quoted(lead, quote, findings.cite(span))
    return ""


def _says_a_time(text: str) -> bool:
    """Whether a sentence has a length of time and none of the study days on which doses are given."""
    times = [figure for figure in figures(text) if figure.unit in TIME_UNITS]
    return bool(times) and not any(numbers_a_day(text, figure.start) for figure in times)


def _sentence(topic: Topic, findings: Findings, study: Study, arm: Arm, *, several: bool) -> str:
    assert arm.survival is not None
    document = phrase("of_document", document=title_words(study, findings)) if several else ""
    values = {
        "arm": arm_words(study, arm, capital=True),
        "survival": survival_words(arm.survival),
        "marker": findings.cite_arm(study, arm),
        "document": document,
    }
    wanted = _conversion(topic, arm)
    converted = findings.working(wanted) if wanted else None
    if wanted and converted:
        result = converted.results[0]
        return phrase("survival_converted", converted=amount(significant(result.value), result.unit), mark=findings.mark(wanted), **values)
    return phrase("survival", **values)


def _others(topic: Topic, findings: Findings) -> list[str]:
    """The arms that there are, when the one asked for is not."""
    said = []
    for study in topic.studies:
        for arm in study.arms:
            if arm.survival:
                said.append(_sentence(topic, findings, study, arm, several=False))
    return said[:4]


def _conversion(topic: Topic, arm: Arm) -> Call | None:
    if topic.unit not in TIME_UNITS or arm.survival is None or arm.survival.unit == topic.unit:
        return None
    return call("convert_activity", value=arm.survival.value, unit=arm.survival.unit, to=topic.unit)


def _differs(topic: Topic, arm: Arm) -> bool:
    """Whether a median is asked for of a value that the source does not call one."""
    return "median" in topic.signals and arm.survival is not None and arm.survival.statistic != "median"
