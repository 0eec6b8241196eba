"""Whether a sentence leaves a yes/no question open though it has its words: what it supposes, excepts, does not know or tells apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.sentences.endpoints import endpoints
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.bounds import meets_bound
from assistant.agent.offline.understanding.cues import another_time, content, light, words_of
from assistant.agent.offline.understanding.terms import all_forms
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.conjunctions import CONTRASTING
from assistant.language.figures import figures
from assistant.language.negations import NEGATION
from assistant.language.stems import stem, stems, words
from assistant.studies.quantities import scale

# "We cannot yet say whether", "will not say how they are faring": what is denied is that it is known.
_NOT_KNOWN = re.compile(
    r"(?:\b(?:not|cannot|never|nobody|no one|neither)\b|n[’']t\b)(?: \w+){0,2}? (?:say|says|said|tell|know|knows|known|clear|decided"
    r"|determined|established|shown|disclosed?|specif(?:y|ied)|predict|sure|certain)\b"
    r"(?: \w+){0,2}? (?:whether|if|how|what|when|who|why|which|where)\b",
    re.IGNORECASE,
)
# What happened is asked by these; what would happen in a case tells nothing of it.
HAPPENED = re.compile(r"^\W*(?:(?:so|and|but)\W+)?(?:did|was|were|has|have|had)\b", re.IGNORECASE)
_IN_CASE = re.compile(r"\b(?:if|in (?:the )?(?:case|event) of|whenever|should (?:there|it|they|an?|the|any)\b)", re.IGNORECASE)
EXCEPT = re.compile(r"\b(?:except|unless|other than|save (?:for|that)|apart from)\b", re.IGNORECASE)
# Of a list of those who are spoken of each item; what tells some of them from the others; what narrows nobody: how, and why.
_ITEMS = re.compile(r"[,;]|\b(?:and|or|nor)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:with|without|who|whose|under|over|aged|having)\b", re.IGNORECASE)
# Whom a subject singles out, before what is denied of them and, behind "no", with them.
_SINGLED = re.compile(
    r"^(?:\W*(?:the|all|any|most|some))?\W*[\w-]+ (?P<which>(?:with|without|who|whose|over|under|above|below|aged|having)\b.*?)"
    r"(?:\b(?:do|does|did|is|are|was|were|can|could|may|might|must|should|will|would|has|have|had)\b\W*)?$",
    re.IGNORECASE | re.DOTALL,
)
_SINGLED_BEHIND = re.compile(
    r"^\W*[\w-]+ (?P<which>(?:with|without|who|whose|over|under|aged|having)\b.*?)"
    r"(?=\b(?:is|are|was|were|has|have|had|did|do|does|can|may)\b)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_HOW = re.compile(r"\b\w{3,}ly\b", re.IGNORECASE)
_FOR_REASONS = re.compile(r"^\W*for (?:\w+ ){1,3}reasons,?\s", re.IGNORECASE)
# "Untreated" denies what "treated" says, and "unit" nothing.
_WITH, _WITHOUT = (re.compile(rf"\b{word}\s+(?:an?\s+|the\s+|any\s+)?([a-z]+)", re.IGNORECASE) for word in ("with", "without"))
_PREFIXES = ("un", "non")
_PROPERTY = re.compile(r"..(?:ed|able|ible|al|ive|ent|ant|en|ful)$")
CLAUSE = re.compile(rf"[,;.:](?!\d)|\bbecause\b(?! of\b)|\bsince\b|\bwhich\b|{CONTRASTING}", re.IGNORECASE)
"""What stands between two clauses, of which one may be denied and not the other."""
# Two things are told in the two halves: "KB is a cervical line; an ovarian one is being set up".
HALVES = re.compile(rf";|\bas well as\b|,\s+and\b|{CONTRASTING}", re.IGNORECASE)
"""What stands between two halves of a sentence."""


def leaves_open(topic: Topic, match: Match) -> bool:
    """Whether the sentence says what would be, not what was, that something is not known, tells of the untreated where the treated are
    meant, or makes the question's case an exception.
    """
    text = match.unit.text
    supposed = HAPPENED.match(topic.question) and _IN_CASE.search(text) and not _IN_CASE.search(topic.question)
    told_otherwise = _is_prefixed(topic.question, text) or _is_with_or_without(topic.question, text)
    return bool(supposed or _NOT_KNOWN.search(text) or told_otherwise) or _stand_apart(topic.question, text, EXCEPT)


def _is_with_or_without(question: str, text: str) -> bool:
    """Whether both tell of with or without the same thing, and one of them denies something else, too: what nobody may do without a permit
    says nothing of who has one, and not that it may be done without.
    """
    asked, lacked = _things(_WITH, question), _things(_WITHOUT, question)
    said, lacking = _things(_WITH, text), _things(_WITHOUT, text)
    denied = any(NEGATION.search(_WITHOUT.sub(" ", each)) for each in (question, text))
    return denied and bool(asked & lacking or said & lacked or lacked & lacking)


def _things(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(stem(found.casefold()) for found in pattern.findall(text))


def _is_prefixed(question: str, text: str) -> bool:
    """Whether one of the two denies by a prefix what the other has: "treated" where the text speaks of the untreated only."""
    asked, said = ({word.text for word in words(each)} for each in (question, text))
    return any(
        long.startswith(prefix) and (short := long.removeprefix(prefix)) in one and short not in other and _PROPERTY.search(short)
        for one, other in ((asked, said), (said, asked))
        for long in other
        for prefix in _PREFIXES
    )


def is_told_apart(topic: Topic, match: Match) -> bool:
    """Whether the words of the question stand in two halves of the sentence, each of which tells of something of its own."""
    return _stand_apart(topic.question, match.unit.text, HALVES)


def _stand_apart(question: str, text: str, between: re.Pattern[str]) -> bool:
    """Whether no part of the text has all words of the question that the whole has, and the endpoints that it names."""
    parts = between.split(text)
    known = [forms for forms in _worded(question) if _has(forms, text)] if len(parts) > 1 else []
    named = endpoints(question) & endpoints(text)
    return bool(known) and not any(all(_has(forms, part) for forms in known) and named <= endpoints(part) for part in parts)


def is_of_a_part(question: str, subject: str) -> bool:
    """Whether a sentence is about some only of those whom the question names: about "untreated" ones of those "with metastases".

    ``subject`` is what stands before its verb; of a list the last item, or the one that has words of the question, counts.
    """
    asked = frozenset(form for word in words(question) for form in all_forms(word)) | light() | words_of("whom", table="reference_figures")
    asked |= another_time()  # "earlier treatment" is treatment
    subject = _HOW.sub("", CLAUSE.split(_FOR_REASONS.sub("", subject))[-1])
    fitting = [item for item in map(content, _ITEMS.split(subject)) if item & asked - light()]
    return not any(item <= asked for item in fitting) if fitting else _SOME.search(subject) is not None


def is_of_some(question: str, before: str, behind: str) -> bool:
    """Whether a denial is of some only whom its subject singles out and the question does not: of "visitors over 65", of "no student with a
    helmet". ``before`` and ``behind`` are what stands on either side of it in its clause. An amount that is asked about may be among them.
    """
    amounts = ((figure.value, *scale(figure.unit)) for figure in figures(question) if figure.unit)
    if any(meets_bound(value * factor, base, f"{before} {behind}") for value, base, factor in amounts):
        return False
    asked = light() | frozenset(form for word in words(question) for form in all_forms(word))
    singled = (found["which"] for part, pattern in ((before, _SINGLED), (behind, _SINGLED_BEHIND)) if (found := pattern.match(part)))
    return any(content(which) - asked or set(_DIGITS.findall(which)) - set(_DIGITS.findall(question)) for which in singled)


def share_denied(topic: Topic, match: Match, denial: re.Pattern[str] = NEGATION) -> float:
    """How much of the question's words that the sentence has stand in one clause with a ``denial``, 0..1."""
    text = match.unit.text
    known = [forms for forms in _worded(topic.question) if _has(forms, text)]
    clauses = [clause for clause in CLAUSE.split(text) if denial.search(clause)]
    return max((sum(_has(forms, clause) for forms in known) / len(known) for clause in clauses), default=0.0) if known else 0.0


def _worded(question: str) -> Sequence[frozenset[str]]:
    """The words of the question with content, each by its forms; not those for whom, "patients", of whom any half may tell."""
    asked = content(question) - light() - words_of("whom", table="reference_figures")
    return [all_forms(word) for word in words(question) if word.stem in asked]


def _has(forms: frozenset[str], text: str) -> bool:
    return not forms.isdisjoint(stems(text))
