"""What is said where nothing answers: what is missing, by its own name, and the nearest thing that is said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.agent.offline.answers.selection import joined
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.phrasing import lacking, missing, phrase, quoted
from assistant.agent.offline.sentences.fitness import asks_share, goes_on_about, is_about
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.periods_said import untold_periods
from assistant.agent.offline.understanding.cues import content, cue_words, cues, light, signals, unspoken
from assistant.agent.offline.understanding.definitions import common_word
from assistant.agent.offline.understanding.kinds import wanted_kinds
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.abbreviations import explained
from assistant.language.ages import without_age
from assistant.language.figures import figures
from assistant.language.negations import NEGATION
from assistant.language.periods import called
from assistant.language.stems import stem, words
from assistant.language.thesaurus import related
from assistant.language.units import canonical_unit
from assistant.resources import prompt_table
from assistant.studies.vocabulary import read

# The likelihood from which a sentence is worth showing as the nearest thing that is said.
_NEAREST = 0.04
_LOOKED_AT = 10
# Kinds of answer that are figures, of which one of another thing misleads.
_FIGURES = frozenset(["money", "length"])
# The concept of what no document of any library is asked about.
_UNRELATED = "weather"
# Words that no source has are named up to so many.
_TERMS_NAMED = 3
# An organ with what befalls it, or a name that is built as those of diseases are; "the head of the ward" is none.
_DISEASE = re.compile(
    r"\b[a-z]+ (?:cancers?|carcinomas?|tumou?rs?|metastas[ei]s|malignanc(?:y|ies))\b|\b[a-z]+(?:omas?|a?emias?)\b", re.IGNORECASE
)
# What is put as a request asks for no yes or no: "could you explain …".
_REQUEST = re.compile(r"\W*(?:could|can|would|will) you\b", re.IGNORECASE)
_INTERROGATIVE = re.compile(r"(?:who|whom|whose|what|which|when|where|how)\b", re.IGNORECASE)
# A question of so many words is said again, and one of so few that has no such word: "cost of a dose?".
_LONGEST_ECHO, _FRAGMENT = 16, 7


def unanswered(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """What is missing, with those words of the question that no document has, and the nearest thing that is said."""
    known = _known(findings)
    question = asked(topic)
    concepts = signals(without_age(topic.question), "concepts")
    named = "" if _speaks_of(concepts, topic.question, known) else _named(concepts)
    unheard = not content(topic.question) & known and (not matches or matches[0].chance < _NEAREST)
    if _UNRELATED in concepts or (unheard and not named):
        return [missing("out_of_scope", question=question)]
    unheard_of = nowhere(topic, findings)
    terms = " or ".join(f"“{term}”" for term in _worth_naming(topic, unheard_of, findings)[:_TERMS_NAMED])
    if named:
        question = lacking("concept", concept=named)
    elif "definition" in topic.signals and (word := common_word(topic.query)):
        question = lacking("definition", terms=word)
    elif asks_share(topic.question):
        question = lacking("share")
    lack = missing("terms" if terms else "statement", question=question, terms=terms)
    if untold := untold_periods(topic, findings.evidence.sources):
        lack = missing("untold", question=question, period=joined(map(called, untold)))
    return [lack] if _is_exact(topic, bool(unheard_of)) else [lack, *nearest_said(topic, matches, findings)]


def _speaks_of(concepts: frozenset[str], question: str, known: frozenset[str]) -> bool:
    """Whether the documents have every word by which the question shows these concepts: then it is of something else, a "safety boat"."""
    shown = frozenset(stem for name in concepts for cue in cues(question, name, "concepts") for stem in cue)
    return bool(shown) and shown <= known


def _known(findings: Findings) -> frozenset[str]:
    return frozenset[str]().union(*(stem_set(source.passage.text) for source in findings.evidence.sources))


def lacks_the_kind(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence is beside the question for want of a word that no passage has, in another form or by another name either:
    of a name in capitals, of a disease, or of what tells the kind of a thing, "breakthrough status"; or for want of one of which no passage
    has another word for the same: "warranty". A sentence that denies something may deny just that: "no alarms".
    """
    open_to_it = _REQUEST.match(topic.question) or NEGATION.search(match.unit.text)
    if not open_to_it and frozenset(match.lacks).intersection(unmentioned(topic, findings)):
        return True
    known = _known(findings)
    strange = frozenset(word for word in match.lacks if not _compared(stem(word)) & known and stem(word) not in light())
    if any(re.search(rf"\b{re.escape(word.upper())}\b", topic.question) for word in strange):
        return True
    diseases = (named.group().casefold() for named in _DISEASE.finditer(topic.question))
    if any(word in strange and read(word)[0].values("disease") for disease in diseases for word in disease.split()):
        return True
    own = stem_set(match.unit.meaning)
    asked_words = words(topic.question)
    kinds = (pair for pair in pairwise(asked_words) if pair[0].text in strange and pair[1].text not in strange)
    return any(forms_of(thing.stem) & own and thing.stem in content(topic.question) for _, thing in kinds)


def _compared(word: str) -> frozenset[str]:
    """The stem with all that means the same, and as it is in comparisons: "older" of "old"."""
    return forms_of(word) | {f"{word}er", f"{word}r", f"{word}est"}


def nowhere(topic: Topic, findings: Findings) -> list[str]:
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


def unmentioned(topic: Topic, findings: Findings) -> list[str]:
    """The words of ``nowhere`` of which no passage has another word for the same either: "drugmaker" of "pharmaceutical company"."""
    known = _known(findings)
    return [word for word in nowhere(topic, findings) if not any(form <= known for form in related(stem(word)))]


def _worth_naming(topic: Topic, unheard_of: Sequence[str], findings: Findings) -> list[str]:
    """Of the words that no passage has those that name the thing asked for, each once: no verbs, measures, units, figures or clipped
    words, and none of which a passage has another word for the same.
    """
    if "mentioned" in topic.signals:
        return list(dict.fromkeys(unheard_of))
    known, unmeant = _known(findings), unspoken()
    others = frozenset(unmentioned(topic, findings))
    return [
        word
        for word in dict.fromkeys(unheard_of)
        if word in others
        and stem(word) not in unmeant
        and not any(map(str.isdigit, word))
        and canonical_unit(word) is None
        and not any(term.startswith(word) for term in known)
    ]


def _is_exact(topic: Topic, unheard: bool) -> bool:
    """Whether nothing is near to what is missing: to a word that no text has, to what is told by its form, such as a fax number."""
    defined = "definition" in topic.signals and unheard
    return defined or any(kind.sure for kind in wanted_kinds(topic.question, topic.form))


def _named(concepts: frozenset[str]) -> str:
    """The things of this field that a question asks for, in words; empty where one of them has none, for it may be the one meant."""
    words_of: Mapping[str, str] = prompt_table("offline.toml")["concepts"]
    concepts -= {"statistics"} if "p_value" in concepts else set()  # which a p-value is one of
    return joined(words_of[concept] for concept in words_of if concept in concepts) if concepts <= words_of.keys() else ""


def asked(topic: Topic) -> str:
    """What was asked, in words: the question itself where it is short and claims nothing, lest a false premise be repeated."""
    question = " ".join(topic.question.split()).rstrip("?.! ")
    bare = topic.form not in ("yesno", "why") and len(question.split()) <= _FRAGMENT
    plain = (bare or _INTERROGATIVE.match(question)) and len(question.split()) <= _LONGEST_ECHO and not re.search(r"[.?!,;:]\s", question)
    return lacking("question", question=question) if plain else lacking("this_question")


def nearest_said(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """The likeliest sentence that is worth showing: of what was asked about, if there is one, and no word of caution beside it.

    A sum of money or a length of time of another thing is not shown, nor what does not name the other thing that it is said of: it would be
    taken for the one that is missing.
    """
    near = [match for match in matches[:_LOOKED_AT] if match.chance >= _NEAREST and not goes_on_about(topic, match.unit, findings)]
    if any(kind.name in _FIGURES for kind in wanted_kinds(topic.question, topic.form)):
        near = [match for match in near if match.kind < 1 or not content(" ".join(match.lacks)) - light()]
    if not signals(topic.question, "signals_caution"):
        near = [match for match in near if not signals(match.unit.text, "signals_caution")]
    best = next((match for match in near if not match.unit.title and is_about(topic, match, findings)), near[0] if near else None)
    return [quoted(phrase("nearest"), best.unit.quote, f"[{best.unit.source}]")] if best else []
