"""Answers in the documents' own words: the sentence or sentences that answer, quoted, or that nothing answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.evidence import Source
from assistant.agent.offline.cues import light, opposites, signals
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.kinds import wanted_kinds
from assistant.agent.offline.lookup import Encode, Match, rank
from assistant.agent.offline.mentions import administrations_in
from assistant.agent.offline.phrasing import lacking, missing, phrase, quoted, title
from assistant.agent.offline.scope import about, codes, scope
from assistant.agent.offline.terms import forms_of
from assistant.agent.offline.topic import Topic, content
from assistant.agent.offline.units import Unit, units
from assistant.agent.offline.vocabulary import naming_words
from assistant.language.figures import figures
from assistant.language.names import fold
from assistant.language.stems import stem, stems, words
from assistant.language.units import TIME_UNITS, UNIT_PATTERN, matched_unit

PASSAGES = 10
_PASSAGES_OF_KIND = 3

# From which likelihood on a sentence answers: tests/benchmarks/fit_lookup.py prints what is won and lost at each.
_LIKELY = 0.2
# A further sentence is quoted when it is more than half as likely as the best one; less is enough where a question wants more, and
# a near tie is told where the best one has the kind of answer that is wanted.
_FURTHER, _MORE, _TIE = 0.55, 0.4, 0.8
# A "who" may be an agency, in a sentence that has the question's other words; a person counts only beside some of them.
_AGENT_COVERED, _KIND_COVERED, _KIND_CLOSE = 0.8, 0.4, 0.6
_YES_COVERED, _YES_CLOSE, _OPPOSITE_CLOSE = 0.8, 0.3, 0.35
# A sentence denies what is asked where a negation stands so few words before a word of the question, of which it has so many.
_DENIED_COVERED, _DENIED_WITHIN = 0.4, 5
_NAMED = 0.5
# So many sentences are tried before it is said that none answers.
_TRIED = 4
# The likelihood from which a sentence is worth showing as the nearest thing that is said.
_NEAREST = 0.04
_SENTENCES_AT_MOST = 3
_NEGATION = re.compile(r"\b(?:not|no|never|without|none|neither|nor|cannot|nobody|nothing)\b|n[’']t\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"“”]{1,40}[\"”]")
_EXACTLY = re.compile(r"\b(?:exact|exactly|precise|precisely)\b", re.IGNORECASE)
_ROUGHLY = re.compile(r"\b(?:approximately|about|nearly|around|roughly|almost|more than|less than)\b|~", re.IGNORECASE)
_INTERROGATIVE = re.compile(r"(?:who|whom|whose|what|which|when|where|how)\b", re.IGNORECASE)
_LONGEST_ECHO = 16
_NUMBERED = re.compile(r"\b(phase|cohort|group|arm|study|stage|grade|part|level|dose level)\s?(\d+[a-z]?)\b")
_HEDGE = re.compile(r"\b(?:may|might|could|can|possible|possibly|potential|potentially|expected|plans?|believe|also)\b", re.IGNORECASE)
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


def say(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """Quotes of the best sentences; where none answers, what is missing and the nearest thing that is said."""
    matches = matches_of(topic, findings, encode)
    if contrary := _contradicted(topic, matches):
        return [quoted(phrase("no"), contrary.unit.quote, f"[{contrary.unit.source}]")]
    best = _best(topic, matches, findings)
    if best is None:
        return _nothing(topic, matches, findings)
    said: list[str] = []
    shown: set[str] = set()
    for match in _further(topic, best, matches, findings):
        document, columns = _document(match, findings), match.unit.columns
        said.append(_quote(match, findings, topic, lead=document not in shown, columns="" if columns in shown else columns))
        shown |= {document, columns}
    return said


def accepted(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The quote of the best sentence if it answers, else nothing."""
    matches = matches_of(topic, findings, encode)
    best = _best(topic, matches, findings)
    return [_quote(best, findings, topic, lead=True, columns=best.unit.columns)] if best else []


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
    return rank(question, topic.query, form, candidates, encode)


def _orders(unit: Unit) -> bool:
    """Whether the sentence speaks to machines that read it, which is nothing to quote as an answer."""
    return "instruction" in signals(unit.text, "signals_meta")


def _numbered(sources: Sequence[Source], findings: Findings) -> frozenset[int]:
    ids = {source.passage.id for source in sources}
    return frozenset(number for number, source in enumerate(findings.evidence.sources, 1) if source.passage.id in ids)


def _best(topic: Topic, matches: Sequence[Match], findings: Findings) -> Match | None:
    """The likeliest of the first sentences that says enough of what is asked."""
    return next((match for match in matches[:_TRIED] if _answers(topic, match, findings)), None)


def _answers(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence says enough of what is asked."""
    return not _is_beside(topic, match, findings) and _is_enough(topic, match)


def _is_beside(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence speaks of something else: another name or number, no such unit, kind or concept."""
    around = fold(f"{findings.evidence.sources[match.unit.source - 1].passage.text} {match.unit.context}")
    return (
        (match.kind < 0 and match.coverage < _AGENT_COVERED)
        or (match.kind > 0 and not match.sure and match.coverage < _KIND_COVERED and match.cosine < _KIND_CLOSE)
        or bool(match.unsaid)
        or any(re.search(r"\d", term) and term not in around for term in match.lacks)
        or _other_number(topic.query, match.unit.text)
        or _other_count(topic, match.unit.text)
        or _other_code(topic, match.unit)
        or _lacks_unit(topic, match.unit.text)
    )


def _is_enough(topic: Topic, match: Match) -> bool:
    if match.sure or match.defines:
        return match.names >= _NAMED
    return match.chance >= _LIKELY or (match.repeats and match.names >= 1.0)


def _lacks_unit(topic: Topic, text: str) -> bool:
    """Whether the question asks for an amount in a unit, such as mm3 or Gy, that no figure of the text has."""
    named = [UNIT_PATTERN.fullmatch(word) for word in re.findall(r"[^\s,;?()]{2,}", topic.question)]
    wanted = (
        {unit for match in named if match and (unit := matched_unit(match))}
        - {figure.unit for figure in topic.figures}
        - TIME_UNITS
        - {"percent", "ratio"}
    )
    return bool(wanted) and not wanted & {figure.unit for figure in figures(text)}


def _other_number(question: str, text: str) -> bool:
    """Whether the text numbers a thing otherwise than the question does: "Phase I" where "Phase II" is asked for."""
    asked, said = dict(_NUMBERED.findall(fold(question))), _NUMBERED.findall(fold(text))
    return any(any(name == thing for thing, _ in said) and (name, number) not in said for name, number in asked.items())


def _other_count(topic: Topic, text: str) -> bool:
    """Whether the text speaks of other numbers of administrations only: of three cycles where one is asked about."""
    said = administrations_in(text)
    return bool(topic.named.counts and said) and not topic.named.counts & said


def _other_code(topic: Topic, unit: Unit) -> bool:
    """Whether the text names another of a series and not the one asked about: QX 7 where QX 9 is meant."""
    said = codes(f"{unit.text} {unit.meaning}")
    return any(
        code not in said and any(other.startswith(letters) and other[len(letters) :][:1].isdigit() for other in said)
        for code in codes(topic.question)
        if (letters := code.rstrip("0123456789")) and letters != code
    )


def _further(topic: Topic, best: Match, matches: Sequence[Match], findings: Findings) -> list[Match]:
    """The best match, and the next good ones: near ties from anywhere, for questions that want more others of its passage.

    Of several documents that answer, each has its say, the newest first.
    """
    wants_more = topic.form == "why" or (topic.form == "what" and _LIST_FORM.search(topic.question))
    others = [m for m in matches if m is not best and m.unit.text not in best.unit.text and m.kind >= best.kind and not m.unsaid]
    good = [m for m in others if m.chance >= _FURTHER * best.chance]
    if wants_more:
        good += [m for m in others if m.unit.source == best.unit.source and m.chance >= _MORE * best.chance]
    if topic.form == "why":
        good = [m for m in others if m.unit.source == best.unit.source and m.unit.position == best.unit.position + 1] + good
    if best.kind > 0 and topic.form != "why":
        good = [m for m in good if m.chance >= _TIE * best.chance]
    elsewhere = [m for m in others if _document(m, findings) != _document(best, findings) and m.chance >= _MORE * best.chance][:1]
    chosen = [best, *elsewhere, *good][: _SENTENCES_AT_MOST if wants_more else 2]
    unique = [m for position, m in enumerate(chosen) if m not in chosen[:position]]
    newest = max(_date(m, findings) for m in unique)
    return sorted(unique, key=lambda m: (_date(m, findings) != newest, m.unit.source != best.unit.source, m.unit.source, m.unit.position))


def _document(match: Match, findings: Findings) -> str:
    return findings.evidence.sources[match.unit.source - 1].document.id


def _date(match: Match, findings: Findings) -> str:
    return findings.evidence.sources[match.unit.source - 1].document.date or ""


def _quote(match: Match, findings: Findings, topic: Topic, *, lead: bool, columns: str = "") -> str:
    """The sentence in quotation marks: behind a yes or no and its document where it is to ``lead``, behind ``columns`` in a table."""
    several = len({source.document.id for source in findings.evidence.sources}) > 1
    leads = []
    if lead and topic.form == "yesno":
        leads.append(_yes_or_no(topic, match))
    if lead and several:
        document = findings.evidence.sources[match.unit.source - 1].document
        date = document.date or phrase("undated")
        leads.append(phrase("says", document=phrase("document", title=title(document.title), date=date)))
    marker = f"[{match.unit.source}]"
    if columns:
        leads.append(quoted("", columns, marker))
    return quoted(" ".join(leads), match.unit.quote, marker)


def _yes_or_no(topic: Topic, match: Match) -> str:
    """Yes, or no where just one of question and sentence is negated; nothing unless the sentence has all that is asked about.

    A sentence that hedges ("may provide") is quoted without a yes, and so is one that names nothing of what the question names.
    """
    if _denies(topic, match):
        return phrase("no")
    lacks = [word for word in match.lacks if stem(word) not in naming_words()]
    if lacks or match.coverage < _YES_COVERED or match.cosine < _YES_CLOSE or _HEDGE.search(_QUOTED.sub(" ", match.unit.text)):
        return ""
    if _EXACTLY.search(topic.question) and _ROUGHLY.search(match.unit.text):
        return phrase("no")
    agree = bool(_NEGATION.search(topic.question)) == bool(_NEGATION.search(match.unit.text))
    return phrase("yes" if agree else "no")


def _denies(topic: Topic, match: Match) -> bool:
    """Whether the sentence negates the very words of the question: "the observers were not blinded", "no control group"."""
    if _NEGATION.search(topic.question) or match.names < 1.0 or match.coverage < _DENIED_COVERED or _HEDGE.search(match.unit.text):
        return False
    asked_words = frozenset(form for word in content(topic.question) - light() - naming_words() for form in forms_of(word))
    for negation in _NEGATION.finditer(match.unit.text):
        clause = re.split(r"[,;.]", match.unit.text[negation.end() :])[0]
        if asked_words.intersection(stems(clause)[:_DENIED_WITHIN]):
            return True
    return False


def _contradicted(topic: Topic, matches: Sequence[Match]) -> Match | None:
    """The sentence that says the opposite of what a yes/no question asks: "investigational" of a drug asked to be approved."""
    asked_words = frozenset(stems(topic.question))
    if topic.form != "yesno" or _NEGATION.search(topic.question):
        return None
    for these, those in opposites():
        if these & asked_words and not those & asked_words:
            for match in matches:
                said = frozenset(stems(match.unit.meaning))
                rest = [word for word in match.lacks if not frozenset(stems(word)) & these]
                if those & said and not these & said and match.names >= 1.0 and len(rest) <= 1 and match.cosine >= _OPPOSITE_CLOSE:
                    return match
    return None


def _nothing(topic: Topic, matches: Sequence[Match], findings: Findings) -> list[str]:
    """What is missing, with those words of the question that no document has, and the nearest thing that is said."""
    known = {stem for source in findings.evidence.sources for stem in stems(source.passage.text)}
    question = asked(topic)
    if not content(topic.question) & known and (not matches or matches[0].chance < _NEAREST):
        return [missing("out_of_scope", question=question)]
    nowhere = [w.text for w in words(topic.question) if w.stem in content(topic.question) - known and w.text in topic.question.casefold()]
    terms = " or ".join(f"“{term}”" for term in nowhere[:3])
    return [missing("terms" if terms else "statement", question=question, terms=terms), *_near(matches)]


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
