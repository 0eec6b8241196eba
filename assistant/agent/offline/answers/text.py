"""Answers in the documents' own words: the sentence or sentences that answer, quoted, or that nothing answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.evidence import Source
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.lookup import Encode, Match, rank, units
from assistant.agent.offline.phrasing import missing, phrase, reply
from assistant.agent.offline.topic import Topic, content
from assistant.language.names import fold
from assistant.language.stems import stems

PASSAGES = 8

# Fitted on the fitted half of tests/evals and checked on the other half: the smallest score and coverage at which the best
# sentence is taken for an answer, and the score at which a sentence is worth showing as the nearest thing that is said.
ACCEPTED_SCORE, ACCEPTED_COVERAGE, NEAREST_SCORE = 0.52, 0.5, 0.42
# A sentence that the encoder finds this close is taken although it shares fewer words.
_CLOSE_COSINE, _CLOSE_COVERAGE = 0.62, 0.34
_FURTHER = 0.82
_SENTENCES_AT_MOST = 3
_NEGATION = re.compile(r"\b(?:not|no|never|without|none|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE)  # noqa: RUF001
_LIST_FORM = re.compile(
    r"\b(?:list|which|all|what are|name|examples?|explain|describe|how do(?:es)?|mechanism|tell me about|what is|what does)\b",
    re.IGNORECASE,
)


def plan(topic: Topic, _: Findings) -> list[Call]:
    """A search for what the question asks."""
    return [call("search_passages", query=topic.query, k=PASSAGES)]


def say(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """Quotes of the best sentences; where none answers, what is missing and the nearest thing that is said."""
    matches = _matches(topic, findings, encode)
    best = matches[0] if matches else None
    if best is None or not _answers(topic, best, findings):
        return _nothing(topic, matches, findings)
    chosen = _further(topic, matches)
    return [_quote(match, findings, topic, lead=position == 0) for position, match in enumerate(chosen)]


def nearest(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The nearest sentence, if one is near enough to be worth showing."""
    matches = _matches(topic, findings, encode)
    return _near(matches)


def _matches(topic: Topic, findings: Findings, encode: Encode) -> tuple[Match, ...]:
    sources = findings.outcomes.get(plan(topic, findings)[0])
    if sources is None:
        return ()
    numbered = _numbered(sources.sources, findings)
    return rank(topic.query, topic.form, [unit for unit in units(findings.evidence.sources) if unit.source in numbered], encode)


def _numbered(sources: Sequence[Source], findings: Findings) -> frozenset[int]:
    ids = {source.passage.id for source in sources}
    return frozenset(number for number, source in enumerate(findings.evidence.sources, 1) if source.passage.id in ids)


def _answers(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence says enough of what is asked; every name and number of the question must be near it."""
    passage = findings.evidence.sources[match.unit.source - 1].passage.text
    if any(re.search(r"\d", term) and term not in fold(passage) for term in match.lacks):
        return False
    if match.score >= ACCEPTED_SCORE and match.coverage >= ACCEPTED_COVERAGE:
        return True
    return match.cosine >= _CLOSE_COSINE and match.coverage >= _CLOSE_COVERAGE and (match.kind or not topic.form.startswith("how many"))


def _further(topic: Topic, matches: Sequence[Match]) -> list[Match]:
    """The best match, and for questions that want more the next good ones of the same passage, in reading order."""
    best = matches[0]
    wants_more = topic.form == "why" or (topic.form == "what" and _LIST_FORM.search(topic.question))
    if not wants_more:
        return [best]
    good = [
        m for m in matches if m.unit.source == best.unit.source and m.score >= _FURTHER * best.score and m.unit.text not in best.unit.text
    ]
    if topic.form == "why":
        good += [m for m in matches if m.unit.source == best.unit.source and m.unit.position == best.unit.position + 1]
    chosen = [best, *dict.fromkeys(m for m in good if m is not best)][:_SENTENCES_AT_MOST]
    return sorted(chosen, key=lambda m: (m is not best and m.unit.source != best.unit.source, m.unit.position))


def _quote(match: Match, findings: Findings, topic: Topic, *, lead: bool) -> str:
    several = len({source.document.id for source in findings.evidence.sources}) > 1
    leads = []
    if lead and topic.form == "yesno":
        leads.append(_yes_or_no(topic, match))
    if lead and several:
        document = findings.evidence.sources[match.unit.source - 1].document
        date = document.date or phrase("undated")
        leads.append(phrase("says", document=phrase("document", title=document.title, date=date)))
    return phrase("quote", lead=" ".join(leads), quote="{quote}", marker=f"[{match.unit.source}]").replace("{quote}", match.unit.quote)


def _yes_or_no(topic: Topic, match: Match) -> str:
    """Yes, unless just one of question and sentence is negated."""
    agree = bool(_NEGATION.search(topic.question)) == bool(_NEGATION.search(match.unit.text))
    return phrase("yes" if agree else "no")


def _nothing(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    known = {stem for source in findings.evidence.sources for stem in stems(source.passage.text)}
    if not content(topic.question) & known:
        return [reply("out_of_scope")]
    question = " ".join(topic.question.split()).rstrip("?.! ")
    lacks = [f"“{term}”" for term in (matches[0].lacks if matches else ()) if term in fold(topic.question)]
    name = "terms" if lacks else "statement"
    return [missing(name, question=question, terms=" or ".join(lacks[:3])), *_near(matches)]


def _near(matches: Sequence[Match]) -> list[str]:
    if not matches or matches[0].score < NEAREST_SCORE:
        return []
    best = matches[0]
    return [phrase("nearest", quote="{quote}", marker=f"[{best.unit.source}]").replace("{quote}", best.unit.quote)]
