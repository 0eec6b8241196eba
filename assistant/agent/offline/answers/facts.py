"""What was tested in what: compounds, nuclides, models, diseases, species, arms, group sizes, statistics, controls, burden."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.agent.offline.answers.selection import joined, selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import activity_words, amount, arm_words, missing, number, phrase, quoted
from assistant.agent.offline.understanding.cues import content, cues, light
from assistant.agent.offline.understanding.mentions import occurs
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.agent.offline.verdicts.sizes import of_sizes
from assistant.language.names import elements
from assistant.language.stems import stems
from assistant.resources import prompt_table
from assistant.studies.facts import Arm, Study
from assistant.studies.vocabulary import read as read_terms

# "Is it anything but iodine?" is answered yes where it is not.
_OTHER_THAN = re.compile(r"\b(?:but|other|except|instead|rather|different|unlike|than|anything|something|only|besides)\b", re.IGNORECASE)
# Kinds of words that tell which disease it is, or tell no study from another; and what is asked of a disease.
_OF_A_DISEASE = ("disease", "growth", "filler", "species")
_TESTED = frozenset(stems("test tested assess evaluate done run right correct true origin derived use"))
# Where groups of an arm were killed one after the other, its size is told of each and not of all.
_KILLED = re.compile(r"\b(?:killed|sacrificed|euthani[sz]ed|culled|dissected)\b[^.;]*\b(?:\d+|days?|hours?|h)\b", re.IGNORECASE)


def say_model(topic: Topic, findings: Findings) -> list[str]:
    """The model, with its disease, that each compound was tested in; whether that is the disease that the question names."""
    said = [tested(study, findings) for study in topic.studies if study.model or study.disease]
    if said and (held := _is_of_disease(topic)) is not None:
        said[0] = f"{verdict(topic, held=held)} {said[0]}".strip()
    return said


def _is_of_disease(topic: Topic) -> bool | None:
    """Whether what a yes/no question says of the one study that it names is its disease: "is S-9 a sarcoma?".

    None where it says more, or another disease of a compound, which may have been tested in that too.
    """
    named = topic.named
    if topic.form != "yesno" or len(named.studies) != 1 or len(named.diseases) != 1 or named.any_arm or "human" in named.species:
        return None
    study, question = named.studies[0], topic.question
    own = {value for term in read_terms(study.disease or "") for value in term.values("disease")}
    of_model = bool(study.model) and occurs(study.model or "", question) and not occurs(study.compound or "", question)
    for name in filter(None, (study.compound, study.model)):
        question = re.sub(r"[\W_]*".join(map(re.escape, re.findall(r"[^\W\d_]+|\d+", name))), " ", question, flags=re.IGNORECASE)
    rest = " ".join(term.text for term in read_terms(question) if not any(map(term.values, _OF_A_DISEASE)))
    if not own or content(rest) - light() - _TESTED or cues(topic.question, "narrowed", "verdicts"):  # "only in", "by now"
        return None
    return True if named.diseases <= own else False if of_model else None


def tested(study: Study, findings: Findings, name: str = "model") -> str:
    """``QX 177 was tested in S-9 (sarcoma) [1].``"""
    model, disease = study.model, study.disease
    words = phrase("disease_of", model=model, disease=disease) if model and disease else model or disease or ""
    marker = findings.cite_of(study, study.spans.get("model"), study.spans.get("disease"))
    return phrase(name if study.compound else "tested_unnamed", compound=study.compound, model=words, marker=marker)


def say_species(topic: Topic, findings: Findings) -> list[str]:
    """The species of each study; whether it is the one that the question names."""
    words = prompt_table("caveats.toml")["species"]
    known = [study for study in topic.studies if study.species]
    said = [
        phrase("species", study=s.name, species=words.get(s.species, s.species), marker=findings.cite_of(s, s.spans.get("species")))
        for s in known
    ]
    held = {study.species in topic.named.species for study in known}
    if topic.form == "yesno" and topic.named.species and len(held) == 1:
        said[0] = f"{verdict(topic, held=held.pop())} {said[0]}"
    return said


def say_nuclide(topic: Topic, findings: Findings) -> list[str]:
    """The nuclide of each compound as the document states it; an inferred one is said to be missing."""
    said, lacks = [], []
    for study in topic.studies:
        if study.nuclide and study.nuclide.stated:
            marker = findings.cite_of(study, study.spans.get("nuclide"))
            carried = phrase("nuclide", compound=study.compound, nuclide=study.nuclide.name, marker=marker)
            plain = topic.form == "yesno" and len(topic.studies) == 1 and not _OTHER_THAN.search(topic.question)
            held = _is_nuclide(topic, study.nuclide.name) if plain else None
            said.append(f"{'' if held is None else verdict(topic, held=held)} {carried}".strip())
        elif study.nuclide:
            lacks.append(missing("nuclide", compound=study.compound, nuclide=study.nuclide.name))
    return list(dict.fromkeys([*said, *lacks]))


def _is_nuclide(topic: Topic, carried: str) -> bool | None:
    """Whether what is carried is the one nuclide, or element, that the question names; None where it names none or several."""
    if topic.nuclides:
        return topic.nuclides == (carried,) if len(topic.nuclides) == 1 else None
    named = elements(topic.question)
    return carried.partition("-")[0] in named if len(named) == 1 else None


def say_carriers(topic: Topic, findings: Findings) -> list[str]:
    """The compounds that carry a nuclide of the emission that is asked for, each with its nuclide."""
    emitters: Mapping[str, Sequence[str]] = prompt_table("nuclides.toml")["emitters"]
    asked = frozenset(stems(topic.question))
    wanted = {nuclide for emission, listed in emitters.items() if emission in asked for nuclide in listed}
    carrying = tuple(study for study in topic.studies or topic.known if study.nuclide and study.nuclide.name in wanted)
    return say_nuclide(replace(topic, studies=carrying), findings)


def say_arms(topic: Topic, findings: Findings) -> list[str]:
    """The arms of each study."""
    return [
        phrase(
            "arms",
            study=study.name,
            arms=joined(arm.label for arm in study.arms),
            marker=findings.cite_of(
                study, *(arm.survival.span for arm in study.arms if arm.survival), *(arm.spans.get("label") for arm in study.arms)
            ),
        )
        for study in topic.studies
    ]


def say_studies(topic: Topic, findings: Findings) -> list[str]:
    """Every study with the survival of its arms."""
    return [
        phrase("study", study=_described(study), arms="; ".join(_measured(arm) for arm in study.arms), marker=cite_study(study, findings))
        for study in topic.studies
    ]


def say_studies_counted(topic: Topic, findings: Findings) -> list[str]:
    """How many studies there are, then each of them."""
    count = len(topic.studies)
    lead = phrase("study_count") if count == 1 else phrase("studies_count", count=count)
    return [lead, *say_studies(topic, findings)] if count else []


def plan_sample_size(topic: Topic, findings: Findings) -> list[Call]:
    """The sum over the arms of each study whose total is asked for."""
    return [wanted for study in topic.studies if (wanted := _headcount(study, topic, findings))]


def _headcount(study: Study, topic: Topic, findings: Findings) -> Call | None:
    """The sum of the sizes of the arms that are meant; None where it is not asked for, one of them has no size, or groups were killed one
    after the other, of which an arm may have several.
    """
    arms = [arm for other, arm in selected(topic).arms if other is study] or list(study.arms)
    sizes = [arm.n for arm in arms if arm.n is not None]
    if "total" not in topic.signals or len(sizes) < 2 or len(sizes) < len(arms):
        return None
    if any(_KILLED.search(findings.sentence_at(arm.spans["n"])) for arm in arms if "n" in arm.spans):
        return None
    return call("calculate", expression=" + ".join(map(str, sizes)))


def say_sample_size(topic: Topic, findings: Findings) -> list[str]:
    """The size of each arm, their sum where that is asked for; which studies state none."""
    said, lacks = [], []
    for study in topic.studies:
        arms = [arm for s, arm in selected(topic).arms if s is study] or list(study.arms)
        sized = [arm for arm in arms if arm.n is not None]
        if not sized:
            animals = prompt_table("caveats.toml")["species"].get(study.species, "animals")
            lacks.append(missing("sample_size_of", animals=animals, study=study.name))
        said += [
            phrase(
                "sample_size",
                arm=arm_words(study, arm, capital=True),
                n=arm.n,
                marker=findings.cite_of(study, arm.spans.get("n"), arm.spans.get("label")),
            )
            for arm in sized
        ]
        if (wanted := _headcount(study, topic, findings)) and (working := findings.working(wanted)):
            said.append(phrase("worked_total", amount=number(working.results[0].value), mark=findings.mark(wanted)))
    return [*said, *lacks]


def say_statistic(topic: Topic, findings: Findings) -> list[str]:
    """Whether each survival, or the one that is stated, is a mean or a median, as far as the text says."""
    said, lacks = [], []
    stated = {figure.value for figure in topic.figures}
    arms = [(study, arm) for study, arm in selected(topic).arms if arm.survival]
    named = [(study, arm) for study, arm in arms if arm.survival and arm.survival.value in stated]
    for study, arm in named or arms:
        assert arm.survival is not None
        marker = findings.cite_arm(study, arm)
        if arm.survival.statistic:
            said.append(phrase("statistic", arm=arm_words(study, arm), statistic=arm.survival.statistic, marker=marker))
        else:
            lacks.append(missing("statistic", marker, arm=arm_words(study, arm)))
    return [*said, *lacks]


def say_burden(topic: Topic, findings: Findings, lead: str = "") -> list[str]:
    """What is said of disease burden, quoted from its sentence behind ``lead``."""
    spans = [note.span for study in topic.studies for arm in study.arms for note in arm.notes if note.kind == "burden"]
    noted = [study for study in topic.studies if any(note.kind == "burden" for arm in study.arms for note in arm.notes)]
    meant = topic.named.studies or noted or topic.studies
    told = [
        missing("burden", arm=arm_words(study, arm))
        for study, arm in selected(topic).arms
        if study in meant
        if topic.named.counts and spans and not arm.control and not any(note.kind == "burden" for note in arm.notes)
    ]
    quotes = {quote: marker for span in spans if (quote := findings.sentence_at(span)) and (marker := findings.cite(span))}
    if told:
        lead = phrase("nearest")
    elif topic.form == "yesno" and len(quotes) == 1:
        lead = lead or of_sizes(topic.question, next(iter(quotes)))
    return [*told, *(quoted(lead, quote, marker) for quote, marker in quotes.items())]


def say_compound(topic: Topic, findings: Findings) -> list[str]:
    """Which compound was tested in the model or disease that is named."""
    if not topic.named.studies:
        return []
    return [tested(study, findings) for study in topic.studies if study.compound]


def _described(study: Study) -> str:
    words = prompt_table("caveats.toml")["species"]
    details = ", ".join(part for part in (study.disease, words.get(study.species or "", study.species)) if part)
    return f"{study.name} ({details})" if details else study.name


def _measured(arm: Arm) -> str:
    parts = [arm.label]
    if arm.activity and activity_words(arm.activity) not in arm.label:
        parts.append(f"of {activity_words(arm.activity)}" if not arm.control else f"({activity_words(arm.activity)})")
    if arm.survival:
        statistic = f"{arm.survival.statistic} survival" if arm.survival.statistic else "survival"
        parts.append(f"{statistic} {amount(number(arm.survival.value), arm.survival.unit)}")
    return " ".join(parts)


def cite_study(study: Study, findings: Findings) -> str:
    """The passages that the arms of a study, what they got and how long they lived were read from."""
    spans = [arm.survival.span for arm in study.arms if arm.survival] + [arm.spans.get("activity") for arm in study.arms]
    spans += [study.spans.get("disease"), study.spans.get("species"), *(arm.spans.get("label") for arm in study.arms)]
    return findings.cite_of(study, *spans)
