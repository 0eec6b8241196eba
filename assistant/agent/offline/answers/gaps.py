"""What the studies leave out that a reader needs to judge them: a control, sizes, statistics, isotopes, the burden at the start."""

from __future__ import annotations

from assistant.agent.offline.answers.facts import say_burden
from assistant.agent.offline.answers.ranking import no_ranking
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import arm_words, missing, phrase
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.topic import Topic
from assistant.resources import prompt_table
from assistant.studies.facts import Study

# What readers look for that no field of a study holds: it is missing where no passage that was found speaks of it.
_LOOKED_FOR = ("statistics", "spread", "safety", "randomisation", "route")
_PASSAGES = 3
# Of more studies than these no list of all that they lack is read.
_FEW_STUDIES = 4


def plan(topic: Topic, _: Findings) -> list[Call]:
    """A search for each thing that may be missing."""
    return [call("search_passages", query=words, k=_PASSAGES) for words in _looked_for().values()]


def say(topic: Topic, findings: Findings) -> list[str]:
    """What is said of the burden, which weakens a comparison; then all that is missing, study by study, then of all."""
    if len(topic.studies) > _FEW_STUDIES:
        return []
    lacks = [sentence for study in topic.studies for sentence in _of_study(study)]
    documents = {study.document for study in topic.studies}
    texts = (source.passage.text for source in findings.evidence.sources if source.document.id in documents)
    spoken_of = frozenset[str]().union(*(signals(text, "concepts") for text in texts))
    lacks += [missing("of_all", concept=words) for name, words in _looked_for().items() if name not in spoken_of]
    if len(topic.studies) > 1:
        lacks += no_ranking(topic.studies)
    return [*say_burden(topic, findings, phrase("unlike")), *dict.fromkeys(lacks)]


def _looked_for() -> dict[str, str]:
    words: dict[str, str] = prompt_table("offline.toml")["concepts"]
    return {name: words[name] for name in _LOOKED_FOR}


def _of_study(study: Study) -> list[str]:
    said = []
    if not any(arm.control for arm in study.arms):
        said.append(missing("control", study=study.name))
    if not any(arm.n for arm in study.arms):
        animals = prompt_table("caveats.toml")["species"].get(study.species, "animals")
        said.append(missing("sample_size_of", animals=animals, study=study.name))
    unstated = [arm for arm in study.arms if arm.survival and not arm.survival.statistic]
    if unstated:
        said.append(
            missing("statistic_of", study=study.name) if len(unstated) > 1 else missing("statistic", arm=arm_words(study, unstated[0]))
        )
    if study.nuclide and not study.nuclide.stated:
        said.append(missing("nuclide", compound=study.compound, nuclide=study.nuclide.name))
    return said
