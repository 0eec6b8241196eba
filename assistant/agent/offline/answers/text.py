"""Answers in the documents' own words: the sentence or sentences that answer, quoted, or that nothing answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.agent.evidence import Source
from assistant.agent.offline.answers.selection import joined
from assistant.agent.offline.cues import cue_words, light, signals
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.fitness import answers, is_beside
from assistant.agent.offline.kinds import compounds_in, wanted_kinds
from assistant.agent.offline.lookup import Encode, Match, Wording, rank
from assistant.agent.offline.phrasing import lacking, missing, phrase, quoted, title
from assistant.agent.offline.scope import about, scope
from assistant.agent.offline.topic import Topic, content
from assistant.agent.offline.units import Unit, units
from assistant.agent.offline.verdict import contradicted, yes_or_no
from assistant.language.stems import stems, words
from assistant.resources import prompt_table

PASSAGES = 10
_PASSAGES_OF_KIND = 3

# A further sentence is quoted when it is more than half as likely as the best one; less is enough where a question wants more, and
# a near tie is told where the best one has the kind of answer that is wanted.
_FURTHER, _MORE, _TIE = 0.55, 0.4, 0.8
# So many sentences are tried before it is said that none answers.
_TRIED = 4
# The likelihood from which a sentence is worth showing as the nearest thing that is said.
_NEAREST = 0.04
_SENTENCES_AT_MOST = 3
# The concept of what no document of any library is asked about.
_UNRELATED = "weather"
_INTERROGATIVE = re.compile(r"(?:who|whom|whose|what|which|when|where|how)\b", re.IGNORECASE)
_LONGEST_ECHO = 16
_LIST_FORM = re.compile(
    r"\b(?:list|all|what are|name|examples?|explain|describe|how (?:do|does|is|are)|mechanism|tell me about|about|which \w+s|what \w+s)\b",
    re.IGNORECASE,
)


def plan(topic: Topic, _: Findings) -> list[Call]:
    """A search for what the question asks."""
    calls = [call("search_passages", query=topic.query, k=PASSAGES)]
    for kind in wanted_kinds(topic.question, topic.form):
        if kind.search:
            calls.append(call("search_passages", query=kind.search, k=_PASSAGES_OF_KIND))
    return calls


def say(topic: Topic, findings: Findings, encode: Encode, *, near: bool = True) -> list[str]:
    """Quotes of the best sentences; where none answers, what is missing and, with ``near``, the nearest thing that is said."""
    matches = matches_of(topic, findings, encode)
    if contrary := contradicted(topic, matches):
        return [quoted(phrase("no"), contrary.unit.quote, f"[{contrary.unit.source}]")]
    best = _best(topic, matches, findings)
    if best is None:
        return _nothing(topic, matches, findings)[: None if near else 1]
    verdict = yes_or_no(topic, best) if topic.form == "yesno" else ""
    return quotes(_further(topic, best, matches, findings), verdict, findings)


def accepted(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The quote of the best sentence if it answers, else nothing."""
    matches = matches_of(topic, findings, encode)
    best = _best(topic, matches, findings)
    return quotes([best], yes_or_no(topic, best) if topic.form == "yesno" else "", findings) if best else []


def nearest(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The nearest sentence, if one is near enough to be worth showing."""
    matches = matches_of(topic, findings, encode)
    return _near(matches)


def matches_of(topic: Topic, findings: Findings, encode: Encode) -> tuple[Match, ...]:
    """The sentences of the passages found for the topic, the likeliest answer first."""
    found = [outcome for wanted in plan(topic, findings) if (outcome := findings.outcomes.get(wanted))]
    sources = [source for outcome in found for source in outcome.sources]
    meant = scope(topic, sources)
    numbered = _numbered([source for source in sources if source.document.id in meant], findings)
    form = "definition" if "definition" in topic.signals else topic.form
    question = topic.query if form == "definition" else topic.question
    found_units = units(findings.evidence.sources, about(topic, findings.evidence.sources))
    candidates = [unit for unit in found_units if unit.source in numbered and not _orders(unit)]
    return rank(Wording(question, topic.query, form, topic.follows), candidates, encode)


def _orders(unit: Unit) -> bool:
    """Whether the sentence speaks to machines that read it, which is nothing to quote as an answer."""
    return "instruction" in signals(unit.text, "signals_meta")


def _numbered(sources: Sequence[Source], findings: Findings) -> frozenset[int]:
    ids = {source.passage.id for source in sources}
    return frozenset(number for number, source in enumerate(findings.evidence.sources, 1) if source.passage.id in ids)


def _best(topic: Topic, matches: Sequence[Match], findings: Findings) -> Match | None:
    """The likeliest of the first sentences that says enough of what is asked."""
    return next((match for match in matches[:_TRIED] if answers(topic, match, findings)), None)


def _further(topic: Topic, best: Match, matches: Sequence[Match], findings: Findings) -> list[Match]:
    """The best match, and the next good ones: near ties from anywhere, for questions that want more others of its passage.

    Of several documents that answer, each has its say, the newest first.
    """
    wants_more = topic.form == "why" or (topic.form == "what" and _LIST_FORM.search(topic.question))
    others = [m for m in matches if not _overlap(m, best) and m.kind >= best.kind and not is_beside(topic, m, findings)]
    good = [m for m in others if m.chance >= _FURTHER * best.chance]
    if wants_more:
        good += [m for m in others if m.unit.source == best.unit.source and m.chance >= _MORE * best.chance]
    if topic.form == "why":
        good = [m for m in others if m.unit.source == best.unit.source and m.unit.position == best.unit.position + 1] + good
    if best.kind > 0 and topic.form != "why":
        good = [m for m in good if m.chance >= _TIE * best.chance]
    if best.unit.title:
        good = [m for m in others if not m.unit.title and m.chance >= _NEAREST][:1] + good
    if any(kind.name == "compound" for kind in wanted_kinds(topic.question, topic.form)):
        wants_more, good = True, _with_further_codes(best, [m for m in matches if m.kind > 0])
    if best.unit.spoken and topic.form == "who":
        good = [m for m in matches if (m.unit.source, m.unit.position) == (best.unit.source, best.unit.position - 1)] + good
    elsewhere = [m for m in others if _document(m, findings) != _document(best, findings) and m.chance >= _MORE * best.chance][:1]
    chosen = [best, *elsewhere, *good][: _SENTENCES_AT_MOST if wants_more else 2]
    unique = [m for position, m in enumerate(chosen) if m not in chosen[:position]]
    newest = max(_date(m, findings) for m in unique)
    return sorted(unique, key=lambda m: (_date(m, findings) != newest, m.unit.source != best.unit.source, m.unit.source, m.unit.position))


def _with_further_codes(best: Match, others: Sequence[Match]) -> list[Match]:
    """The sentences that name compounds which those before do not: together they list them all."""
    named, further = compounds_in(best.unit.text), []
    for match in others:
        if compounds_in(match.unit.text) - named:
            named |= compounds_in(match.unit.text)
            further.append(match)
    return further


def _overlap(one: Match, other: Match) -> bool:
    return one.unit.text in other.unit.text or other.unit.text in one.unit.text


def _document(match: Match, findings: Findings) -> str:
    return findings.evidence.sources[match.unit.source - 1].document.id


def _date(match: Match, findings: Findings) -> str:
    return findings.evidence.sources[match.unit.source - 1].document.date or ""


def quotes(matches: Sequence[Match], verdict: str, findings: Findings) -> list[str]:
    """The sentences in quotation marks: the first behind ``verdict``, a yes or no, each behind its document where there are several
    and the column names of its table, unless they stand there already.
    """
    several = len({source.document.id for source in findings.evidence.sources}) > 1
    said: list[str] = []
    shown: set[str] = set()
    for match in matches:
        leads = [] if said else [verdict]
        document, columns, marker = findings.evidence.sources[match.unit.source - 1].document, match.unit.columns, f"[{match.unit.source}]"
        if several and document.id not in shown:
            date = document.date or phrase("undated")
            leads.append(phrase("says", document=phrase("document", title=title(document.title), date=date)))
        if columns and columns not in shown:
            leads.append(quoted("", columns, marker))
        said.append(quoted(" ".join(filter(None, leads)), match.unit.quote, marker))
        shown |= {document.id, columns}
    return said


def _nothing(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """What is missing, with those words of the question that no document has, and the nearest thing that is said."""
    known = {stem for source in findings.evidence.sources for stem in stems(source.passage.text)}
    question = asked(topic)
    concepts = signals(topic.question, "concepts")
    named = _named(concepts)
    unheard = not content(topic.question) & known and (not matches or matches[0].chance < _NEAREST)
    if _UNRELATED in concepts or (unheard and not named):
        return [missing("out_of_scope", question=question)]
    telling = content(topic.question) - known - light() - cue_words()
    nowhere = [w.text for w in words(topic.question) if w.stem in telling and not w.text.isdigit() and w.text in topic.question.casefold()]
    terms = " or ".join(f"“{term}”" for term in nowhere[:3])
    if named:
        question = lacking("concept", concept=named)
    return [missing("terms" if terms else "statement", question=question, terms=terms), *_near(matches)]


def _named(concepts: frozenset[str]) -> str:
    """The things of this field that a question asks for, in words; empty where one of them has none, for it may be the one meant."""
    words_of: Mapping[str, str] = prompt_table("offline.toml")["concepts"]
    return joined(words_of[concept] for concept in words_of if concept in concepts) if concepts <= words_of.keys() else ""


def asked(topic: Topic) -> str:
    """What was asked, in words: the question itself where it is short and claims nothing, lest a false premise be repeated."""
    question = " ".join(topic.question.split()).rstrip("?.! ")
    plain = _INTERROGATIVE.match(question) and len(question.split()) <= _LONGEST_ECHO and not re.search(r"[.?!,;:]\s", question)
    return lacking("question", question=question) if plain else lacking("this_question")


def _near(matches: Sequence[Match]) -> list[str]:
    if not matches or matches[0].chance < _NEAREST:
        return []
    best = matches[0]
    return [quoted(phrase("nearest"), best.unit.quote, f"[{best.unit.source}]")]
