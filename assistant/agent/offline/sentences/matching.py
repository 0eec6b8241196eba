"""The searches that a question wants, and the sentences of what they found as what may answer it, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.evidence import Source
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.sentences.candidates import candidates
from assistant.agent.offline.sentences.lookup import Match, Wording, rank
from assistant.agent.offline.sentences.scope import scope
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.carrying import means_all
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.kinds import wanted_kinds
from assistant.agent.offline.understanding.mentions import occurs
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.abbreviations import spelled_out
from assistant.studies.facts import Study

PASSAGES = 14
_PASSAGES_OF_KIND = 3


def searches(topic: Topic) -> list[Call]:
    """A search for what the question asks, and one for each kind of answer that it wants."""
    calls = [call("search_passages", query=spelled_out(topic.query), k=PASSAGES)]
    for kind in wanted_kinds(topic.question, topic.form):
        if kind.search:
            calls.append(call("search_passages", query=kind.search, k=_PASSAGES_OF_KIND))
    return calls


def matches_of(topic: Topic, findings: Findings, encode: Encode) -> tuple[Match, ...]:
    """The sentences of the passages found for the topic, the likeliest answer first."""
    found = [outcome for wanted in searches(topic) if (outcome := findings.outcomes.get(wanted))]
    sources = [source for outcome in found for source in outcome.sources]
    meant = scope(topic, sources)
    numbered = _markers_of([source for source in sources if source.document.id in meant], findings)
    others = _of_other_studies(topic, findings)
    form = "definition" if "definition" in topic.signals else topic.form
    question = topic.query if form == "definition" else topic.question
    found_units = candidates(topic.question, topic.query, findings.evidence.sources)
    meant_units = [unit for unit in found_units if unit.source in numbered and not _orders(unit) and unit.quote not in others]
    if form == "definition" and topic.named.unknown:  # what another compound is defines it not
        meant_units = [unit for unit in meant_units if all(occurs(name, unit.text) for name in topic.named.unknown)] or meant_units
    return rank(Wording(question, topic.query, form, topic.follows), meant_units, encode)


def _of_other_studies(topic: Topic, findings: Findings) -> frozenset[str]:
    """The sentences of a document that tell how long the arms of others of its studies lived than those the question names or follows.

    None that names one of these; none at all where all are spoken of.
    """
    meant = topic.named.studies or (topic.studies if topic.follows else ())
    if not meant or len(meant) == len(topic.known) or means_all(topic) or "two_studies" in topic.signals:
        return frozenset()
    own = _survivals(meant, findings)
    names = [name for study in meant for name in (study.compound, study.model) if name]
    documents = {study.document for study in meant}  # another document may tell of the same study, and correct it
    told = _survivals([study for study in topic.known if study not in meant and study.document in documents], findings) - own
    return frozenset(sentence for sentence in told if not any(occurs(name, sentence) for name in names))


def _survivals(studies: Sequence[Study], findings: Findings) -> frozenset[str]:
    """The sentences in which the survivals of the studies stand, each on one line."""
    return frozenset(findings.sentence_at(arm.survival.span) for study in studies for arm in study.arms if arm.survival)


def _orders(unit: Unit) -> bool:
    """Whether the sentence speaks to machines that read it, which is nothing to quote as an answer."""
    return "instruction" in signals(unit.text, "signals_meta")


def _markers_of(sources: Sequence[Source], findings: Findings) -> frozenset[int]:
    ids = {source.passage.id for source in sources}
    return frozenset(number for number, source in enumerate(findings.evidence.sources, 1) if source.passage.id in ids)
