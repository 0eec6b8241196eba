"""Answers in the documents' own words: the sentence or sentences that answer, quoted, or that nothing answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.agent.offline.answers import each_source
from assistant.agent.offline.answers.doses_of_phase import dosed_in_phase
from assistant.agent.offline.answers.further import further
from assistant.agent.offline.answers.unanswered import lacks_the_kind, nearest_said, unanswered, unmentioned
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings
from assistant.agent.offline.phrasing import phrase, quoted, title
from assistant.agent.offline.sentences.another import told_of_another
from assistant.agent.offline.sentences.enumerations import listed
from assistant.agent.offline.sentences.fitness import answers, is_beside, is_told
from assistant.agent.offline.sentences.levels import at_its_level, meets
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of, searches
from assistant.agent.offline.sentences.numbered import names_other_code
from assistant.agent.offline.sentences.units import Unit, beginning
from assistant.agent.offline.understanding.cues import another_time, content, light
from assistant.agent.offline.understanding.forms import asks_for_one
from assistant.agent.offline.understanding.kinds import wanted_kinds
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.by_figures import told_by_figures
from assistant.agent.offline.verdicts.contrary import contradicted
from assistant.agent.offline.verdicts.denials import denies
from assistant.agent.offline.verdicts.significance import compares_others, telling
from assistant.agent.offline.verdicts.sizes import tells_size
from assistant.agent.offline.verdicts.swept import sweeps
from assistant.agent.offline.verdicts.verdict import yes_or_no
from assistant.agent.offline.verdicts.wanting import weak
from assistant.language.figures import figures

# So many sentences are tried before it is said that none answers.
_TRIED = 4
# So many are asked whether they deny what a question takes for granted.
_DENYING = 6
# So many sentences are asked whether they affirm what the best one leaves open, each so likely beside it, so near to
# the question, and with so much of it.
_BESIDE, _AS_LIKELY = 3, 0.5
_CLOSE, _COVERED = 0.5, 0.7
# What a leaflet says to those who read it, and how likely it has to answer.
_TO_READER = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_SURELY = 0.3
# So likely a sentence is whose figure answers all the same.
_POSSIBLY = 0.12


def plan(topic: Topic, _: Findings) -> list[Call]:
    """A search for what the question asks, and one for what it asks of each of several documents."""
    return [*searches(topic), *each_source.plan(topic)]


def say(topic: Topic, findings: Findings, encode: Encode, *, near: bool = True) -> list[str]:
    """Quotes of the best sentences; where none answers, what is missing and, with ``near``, the nearest thing that is said."""
    by_each = each_source.said_by_each(topic, findings, encode)
    return quotes(by_each, "", findings) if by_each else _said(topic, findings, encode, near=near)


def _said(topic: Topic, findings: Findings, encode: Encode, *, near: bool) -> list[str]:
    matches = matches_of(topic, findings, encode)
    if topic.form == "yesno" and "mentioned" in topic.signals and unmentioned(topic, findings):
        return unanswered(topic, matches, findings)[: None if near else 1]
    if told := _told_at_once(topic, matches, findings):
        return told
    of_its_own = _of_its_own(topic, matches)
    best = _best(topic, of_its_own, findings)
    matches = tuple(of_its_own) if best else matches
    best = best or _best(topic, matches, findings)
    if best is None:
        denied = _denied(topic, matches) if near else []
        return (
            _sized(topic, matches, findings) or quotes(denied, "", findings) or unanswered(topic, matches, findings)[: None if near else 1]
        )
    best = (telling(topic, matches) if topic.form == "yesno" else None) or best
    verdict = yes_or_no(topic, best) if topic.form == "yesno" else phrase("yes") if best.sure and asks_for_one(topic.question) else ""
    if topic.form == "yesno" and not verdict and (affirming := _affirming(topic, best, matches, findings) or _measuring(topic, matches)):
        best, verdict = affirming, yes_or_no(topic, affirming)
    if topic.form == "yesno" and not verdict and lacks_the_kind(topic, best, findings):
        return unanswered(topic, matches, findings)[: None if near else 1]
    shown = further(topic, best, matches, findings)
    if verdict and len({findings.document_of(match.unit.source).id for match in shown}) == 1:  # what says so comes first
        shown = [best, *(match for match in shown if match is not best)]
    if verdict and shown[0] is not best and yes_or_no(topic, shown[0]) != verdict:  # a newer document does not say so
        verdict = ""
    return quotes(shown, verdict, findings)


def _told_at_once(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """The quote of the sentence that says the opposite of what is asked, of the dose in the phase asked about, or of the row of a table by
    which it is so of any or all of them.
    """
    contrary = contradicted(topic, matches) or _told_of_another(topic, matches)
    contrary = None if contrary and compares_others(topic, contrary.unit.text) else contrary
    if contrary and meets(topic.question, contrary.unit.text) is not False and not names_other_code(topic.question, contrary.unit.text):
        return [quoted(phrase("no"), contrary.unit.quote, f"[{contrary.unit.source}]")]
    if dosed := dosed_in_phase(topic, matches):
        return [dosed]
    row = sweeps(topic, matches)
    return quotes(row[:1], phrase("yes" if row[1] else "no"), findings) if row else []


def _sized(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """The quote of the likeliest sentence, where it says which of the two things that a yes/no question compares is larger, or of the first
    whose figure lies to either side of the question's bound.
    """
    likely = [match for match in matches[:1] if topic.form == "yesno" and not topic.follows and match.chance >= _SURELY]
    sized = [quote for match in likely if (told := tells_size(topic, match)) for quote in quotes([match], told, findings)]
    measuring = _measuring(topic, matches)
    return sized or (quotes([measuring], yes_or_no(topic, measuring), findings) if measuring else [])


def _measuring(topic: Topic, matches: Sequence[Match]) -> Match | None:
    """The first of the likeliest sentences whose figure or date lies to either side of that of a yes/no question."""
    likely = [match for match in matches[:_TRIED] if topic.form == "yesno" and not topic.follows and match.chance >= _POSSIBLY]
    return next((match for match in likely if told_by_figures(topic, match) is not None and yes_or_no(topic, match)), None)


def _affirming(topic: Topic, best: Match, matches: Sequence[Match], findings: Findings) -> Match | None:
    """The next sentence that affirms what the likeliest one leaves open, as near to the question and with more of its words."""
    nearly = [match for match in matches[:_BESIDE] if match is not best and match.chance >= _AS_LIKELY * best.chance]
    nearly = [match for match in nearly if match.cosine >= _CLOSE and match.names >= best.names and match.coverage >= _COVERED]
    more = (match for match in nearly if set(match.lacks) < set(best.lacks) and answers(topic, match, findings))
    return next((match for match in more if yes_or_no(topic, match) == phrase("yes")), None)


def _denied(topic: Topic, matches: Sequence[Match]) -> list[Match]:
    """The first of the likeliest sentences that denies what the question takes for granted, and has all its words but names and figures:
    that no dialysis was needed, where its length is asked.
    """
    if topic.form == "yesno" or topic.follows:
        return []
    telling = (match for match in matches[:_DENYING] if not match.unit.title and not content(" ".join(_words(match.lacks))) - light())
    return [match for match in telling if denies(topic, match)][:1]


def _words(lacks: Sequence[str]) -> list[str]:
    """Of the words that a sentence lacks those without a figure."""
    return [word for word in lacks if not any(map(str.isdigit, word))]


def _of_its_own(topic: Topic, matches: Sequence[Match]) -> Sequence[Match]:
    """What has half the words that a follow-up puts in the place of others, "and sales?", and not only those of the question before."""
    own = content(topic.question) - light() - another_time() if topic.follows else frozenset[str]()
    return [match for match in matches if own and 2 * sum(bool(forms_of(word) & stem_set(match.unit.meaning)) for word in own) >= len(own)]


def _told_of_another(topic: Topic, matches: Sequence[Match]) -> Match | None:
    """The likeliest sentence, where it tells of another disease or element what a yes/no question asks of one."""
    first = matches[0] if topic.form == "yesno" and matches else None
    return first if first and told_of_another(topic, first, matches, weak(first)) else None


def accepted(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The quote of the best sentence if it answers, else nothing."""
    matches = matches_of(topic, findings, encode)
    best = _best(topic, matches, findings)
    return quotes([best], yes_or_no(topic, best) if topic.form == "yesno" else "", findings) if best else []


def tells_reader(topic: Topic, findings: Findings, encode: Encode) -> bool:
    """Whether the sentence that answers speaks to those who read it: "you may drive home"."""
    if not all(map(findings.made, plan(topic, findings))):
        return False
    best = _best(topic, matches_of(topic, findings, encode), findings)
    return best is not None and best.chance >= _SURELY and _TO_READER.search(best.unit.text) is not None


def nearest(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The nearest sentence, if one is near enough to be worth showing."""
    matches = matches_of(topic, findings, encode)
    return nearest_said(topic, matches, findings)


def _best(topic: Topic, matches: Sequence[Match], findings: Findings) -> Match | None:
    """The likeliest of the first sentences that says enough of what is asked; of all where its form alone tells what is asked for."""
    first = [match for match in matches if match.sure or is_told(topic, match) or _tells_date(topic, match, findings)]
    if found := next((match for match in listed(topic.question, topic.form, matches) if not is_beside(topic, match, findings)), None):
        return found
    tried = first or _of_what_happened(topic, matches[:_TRIED])
    return next((match for match in (*at_its_level(topic.question, tried), *tried) if answers(topic, match, findings)), None)


def _of_what_happened(topic: Topic, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches without those that tell a time of something else, where it is asked when, and the likeliest tells of that without a time:
    the day of an injection is not when a designation was granted.
    """
    if topic.form != "when" or topic.follows or not matches or matches[0].kind > 0 or matches[0].unit.title:
        return matches
    told = matches[0]
    return [match for match in matches if match is told or not content(" ".join(set(match.lacks) - set(told.lacks))) - light()]


def _tells_date(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether nothing but a date is asked for, "what year is this from", and the sentence gives that of its document."""
    asked = next((kind for kind in wanted_kinds(topic.question, topic.form) if kind.name == "date"), None)
    own = findings.document_of(match.unit.source).date
    if asked is None or own is None or content(asked.rest(topic.question)) - light():
        return False
    return any(figure.unit == "date" and figure.value == date.fromisoformat(own).toordinal() for figure in figures(match.unit.text))


def quotes(matches: Sequence[Match], verdict: str, findings: Findings) -> list[str]:
    """The sentences in quotation marks: the first behind ``verdict``, a yes or no, each behind its document where there are several
    and the column names of its table, unless they stand there already.
    """
    several = len({source.document.id for source in findings.evidence.sources}) > 1
    said: list[str] = []
    shown: set[str] = set()
    for match in matches:
        leads = [] if said else [verdict]
        document, columns, marker = findings.document_of(match.unit.source), match.unit.columns, f"[{match.unit.source}]"
        if several and document.id not in shown:
            dated = document.date or phrase("undated")
            leads.append(phrase("says", document=phrase("document", title=title(document.title), date=dated)))
        if columns and columns not in shown and (named := _naming_columns(match.unit, findings)):
            leads.append(quoted("", columns, named))
        said.append(quoted(" ".join(filter(None, leads)), match.unit.quote, marker))
        shown |= {document.id, columns}
    return said


def _naming_columns(unit: Unit, findings: Findings) -> str:
    """The marker of the passage that has the column names of a row, its own or one before; empty where none was found."""
    sources = findings.evidence.sources
    own = sources[unit.source - 1]
    if unit.columns != own.passage.columns:
        return f"[{unit.source}]"
    begun = beginning(own, sources)
    return f"[{sources.index(begun) + 1}]" if begun else ""
