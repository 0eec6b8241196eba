"""Answers in the documents' own words: the sentence or sentences that answer, quoted, or that nothing answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from assistant.agent.evidence import Source
from assistant.agent.offline.another import told_of_another
from assistant.agent.offline.answers.further import further
from assistant.agent.offline.answers.selection import joined
from assistant.agent.offline.candidates import candidates
from assistant.agent.offline.cells import names_cell
from assistant.agent.offline.contrary import contradicted
from assistant.agent.offline.cues import another_time, content, cue_words, light, signals
from assistant.agent.offline.definitions import common_word
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.fitness import answers, asks_share, is_about, names_statistic
from assistant.agent.offline.forms import asks_for_one
from assistant.agent.offline.kinds import wanted_kinds
from assistant.agent.offline.levels import at_its_level
from assistant.agent.offline.lookup import Match, Wording, rank
from assistant.agent.offline.mentions import occurs
from assistant.agent.offline.phases import dosed_in_phase
from assistant.agent.offline.phrasing import lacking, missing, phrase, quoted, title
from assistant.agent.offline.roles import names_office
from assistant.agent.offline.scope import scope
from assistant.agent.offline.terms import forms_of, stem_set
from assistant.agent.offline.topic import Topic
from assistant.agent.offline.units import Unit, beginning
from assistant.agent.offline.verdict import yes_or_no
from assistant.agent.offline.wanting import weak
from assistant.language.abbreviations import explained, spelled_out
from assistant.language.ages import without_age
from assistant.language.figures import figures
from assistant.language.stems import stem, words
from assistant.resources import prompt_table

PASSAGES = 14
_PASSAGES_OF_KIND = 3

# So many sentences are tried before it is said that none answers.
_TRIED = 4
# The likelihood from which a sentence is worth showing as the nearest thing that is said.
_NEAREST = 0.04
_LOOKED_AT = 10
# Kinds of answer that are figures, of which one of another thing misleads.
_FIGURES = frozenset(["money", "length"])
# The concept of what no document of any library is asked about.
_UNRELATED = "weather"
# Words that no source has are named up to so many.
_TERMS_NAMED = 3
# What a leaflet says to those who read it, and how likely it has to answer.
_TO_READER = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_SURELY = 0.3
_INTERROGATIVE = re.compile(r"(?:who|whom|whose|what|which|when|where|how)\b", re.IGNORECASE)
_LONGEST_ECHO = 16


def plan(topic: Topic, _: Findings) -> list[Call]:
    """A search for what the question asks."""
    calls = [call("search_passages", query=spelled_out(topic.query), k=PASSAGES)]
    for kind in wanted_kinds(topic.question, topic.form):
        if kind.search:
            calls.append(call("search_passages", query=kind.search, k=_PASSAGES_OF_KIND))
    return calls


def say(topic: Topic, findings: Findings, encode: Encode, *, near: bool = True) -> list[str]:
    """Quotes of the best sentences; where none answers, what is missing and, with ``near``, the nearest thing that is said."""
    matches = matches_of(topic, findings, encode)
    if topic.form == "yesno" and "mentioned" in topic.signals and _nowhere(topic, findings):
        return _nothing(topic, matches, findings)[: None if near else 1]
    if contrary := contradicted(topic, matches) or _told_of_another(topic, matches):
        return [quoted(phrase("no"), contrary.unit.quote, f"[{contrary.unit.source}]")]
    if dosed := dosed_in_phase(topic, matches):
        return [dosed]
    of_its_own = _of_its_own(topic, matches)
    best = _best(topic, of_its_own, findings)
    matches = tuple(of_its_own) if best else matches
    best = best or _best(topic, matches, findings)
    if best is None:
        return _nothing(topic, matches, findings)[: None if near else 1]
    verdict = yes_or_no(topic, best) if topic.form == "yesno" else phrase("yes") if best.sure and asks_for_one(topic.question) else ""
    if topic.form == "yesno" and not verdict and _lacks_the_kind(topic, best, findings):
        return _nothing(topic, matches, findings)[: None if near else 1]
    return quotes(further(topic, best, matches, findings), verdict, findings)


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
    return _near(topic, matches, findings)


def matches_of(topic: Topic, findings: Findings, encode: Encode) -> tuple[Match, ...]:
    """The sentences of the passages found for the topic, the likeliest answer first."""
    found = [outcome for wanted in plan(topic, findings) if (outcome := findings.outcomes.get(wanted))]
    sources = [source for outcome in found for source in outcome.sources]
    meant = scope(topic, sources)
    numbered = _numbered([source for source in sources if source.document.id in meant], findings)
    form = "definition" if "definition" in topic.signals else topic.form
    question = topic.query if form == "definition" else topic.question
    found_units = candidates(topic.question, topic.query, findings.evidence.sources)
    meant_units = [unit for unit in found_units if unit.source in numbered and not _orders(unit)]
    if form == "definition" and topic.named.unknown:  # what another compound is defines it not
        meant_units = [unit for unit in meant_units if all(occurs(name, unit.text) for name in topic.named.unknown)] or meant_units
    return rank(Wording(question, topic.query, form, topic.follows), meant_units, encode)


def _orders(unit: Unit) -> bool:
    """Whether the sentence speaks to machines that read it, which is nothing to quote as an answer."""
    return "instruction" in signals(unit.text, "signals_meta")


def _numbered(sources: Sequence[Source], findings: Findings) -> frozenset[int]:
    ids = {source.passage.id for source in sources}
    return frozenset(number for number, source in enumerate(findings.evidence.sources, 1) if source.passage.id in ids)


def _best(topic: Topic, matches: Sequence[Match], findings: Findings) -> Match | None:
    """The likeliest of the first sentences that says enough of what is asked; of all where its form alone tells what is asked for."""
    first = [
        match
        for match in matches
        if match.sure
        or names_office(topic, match)
        or names_statistic(topic, match)
        or names_cell(topic, match)
        or _tells_date(topic, match, findings)
    ]
    tried = first or matches[:_TRIED]
    return next((match for match in (*at_its_level(topic.question, tried), *tried) if answers(topic, match, findings)), None)


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


def _nothing(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """What is missing, with those words of the question that no document has, and the nearest thing that is said."""
    known = _known(findings)
    question = asked(topic)
    concepts = signals(without_age(topic.question), "concepts")
    named = _named(concepts)
    unheard = not content(topic.question) & known and (not matches or matches[0].chance < _NEAREST)
    if _UNRELATED in concepts or (unheard and not named):
        return [missing("out_of_scope", question=question)]
    terms = " or ".join(f"“{term}”" for term in _nowhere(topic, findings)[:_TERMS_NAMED])
    if named:
        question = lacking("concept", concept=named)
    elif "definition" in topic.signals and (word := common_word(topic.query)):
        question = lacking("definition", terms=word)
    elif asks_share(topic.question):
        question = lacking("share")
    lack = missing("terms" if terms else "statement", question=question, terms=terms)
    return [lack] if _is_exact(topic, terms) else [lack, *_near(topic, matches, findings)]


def _known(findings: Findings) -> frozenset[str]:
    return frozenset[str]().union(*(stem_set(source.passage.text) for source in findings.evidence.sources))


def _lacks_the_kind(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence is beside the question for want of a word that no passage has, in another form or by another name either:
    of a name in capitals, or of what tells the kind of a thing, "breakthrough status".
    """
    known = _known(findings)
    strange = frozenset(word for word in match.lacks if not _compared(stem(word)) & known and stem(word) not in light())
    if any(re.search(rf"\b{re.escape(word.upper())}\b", topic.question) for word in strange):
        return True
    own = stem_set(match.unit.meaning)
    asked_words = words(topic.question)
    kinds = (pair for pair in pairwise(asked_words) if pair[0].text in strange and pair[1].text not in strange)
    return any(forms_of(thing.stem) & own and thing.stem in content(topic.question) for _, thing in kinds)


def _compared(word: str) -> frozenset[str]:
    """The stem with all that means the same, and as it is in comparisons: "older" of "old"."""
    return forms_of(word) | {f"{word}er", f"{word}r", f"{word}est"}


def _nowhere(topic: Topic, findings: Findings) -> list[str]:
    """The words of the question that carry its meaning and that no passage has, in another form or spelled out either."""
    known = _known(findings)
    telling = content(topic.question) - known - light() - cue_words()
    shorts = explained([source.passage.text for source in findings.evidence.sources])
    return [
        word.text
        for word in words(without_age(topic.question))
        if word.stem in telling
        and not word.text.isdigit()
        and not any(figure.unit for figure in figures(word.text))
        and word.text in topic.question.casefold()
        and not any(long <= known for long in shorts.get(word.text, ()))
        and not any(term.startswith(word.text) and term[len(word.text) :].isdigit() for term in known)  # QX of QX 177
    ]


def _is_exact(topic: Topic, unheard: str) -> bool:
    """Whether nothing is near to what is missing: to a word that no text has, to what is told by its form, such as a fax number."""
    defined = "definition" in topic.signals and bool(unheard)
    return defined or any(kind.sure for kind in wanted_kinds(topic.question, topic.form))


def _named(concepts: frozenset[str]) -> str:
    """The things of this field that a question asks for, in words; empty where one of them has none, for it may be the one meant."""
    words_of: Mapping[str, str] = prompt_table("offline.toml")["concepts"]
    return joined(words_of[concept] for concept in words_of if concept in concepts) if concepts <= words_of.keys() else ""


def asked(topic: Topic) -> str:
    """What was asked, in words: the question itself where it is short and claims nothing, lest a false premise be repeated."""
    question = " ".join(topic.question.split()).rstrip("?.! ")
    plain = _INTERROGATIVE.match(question) and len(question.split()) <= _LONGEST_ECHO and not re.search(r"[.?!,;:]\s", question)
    return lacking("question", question=question) if plain else lacking("this_question")


def _near(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """The likeliest sentence that is worth showing: of what was asked about, if there is one, and no word of caution beside it.

    A sum of money or a length of time of another thing is not shown: it would be taken for the one that is missing.
    """
    near = [match for match in matches[:_LOOKED_AT] if match.chance >= _NEAREST]
    if any(kind.name in _FIGURES for kind in wanted_kinds(topic.question, topic.form)):
        near = [match for match in near if match.kind < 1 or not content(" ".join(match.lacks)) - light()]
    if not signals(topic.question, "signals_caution"):
        near = [match for match in near if not signals(match.unit.text, "signals_caution")]
    best = next((match for match in near if not match.unit.title and is_about(topic, match, findings)), near[0] if near else None)
    return [quoted(phrase("nearest"), best.unit.quote, f"[{best.unit.source}]")] if best else []
