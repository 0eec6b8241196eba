"""Which sentences are quoted beside the best one: near ties, other parts of the question, the rest of a list, other documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.cells import calls_row, names_cell
from assistant.agent.offline.sentences.enumerations import listed
from assistant.agent.offline.sentences.fitness import is_about, is_beside
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.organs import tells_other_organ
from assistant.agent.offline.sentences.phases import speaks_of_phases
from assistant.agent.offline.sentences.roles import names_office
from assistant.agent.offline.understanding.cues import content, light, scaffold, words_of
from assistant.agent.offline.understanding.kinds import Kind, wanted_kinds
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import name_key
from assistant.language.sentences import ITEM
from assistant.language.stems import stem, stems

# A further sentence is quoted when it is so likely beside the best one; of another document, or beside one that has the kind of answer
# wanted, only where it is nearer; less is enough where it has words of a question with several parts that the best one lacks.
_FURTHER, _NEAR, _PART = 0.3, 0.6, 0.1
# The likelihood from which a sentence may stand under a heading that answers.
_UNDER_HEADING = 0.04
_HALF = 0.5
# So much of what the answering sentence has of the question the rows of a table have, too, that make its list.
_WHOLLY = 0.9
_SENTENCES_AT_MOST, _UNDER_HEADING_AT_MOST, _ITEMS_AT_MOST = 3, 5, 8
_SINGULAR = r"(?!(?:was|is|does|has|this|its|as|ks|status|dose|basis|analysis)\b)"
_LIST = re.compile(
    r"\b(?:list|all|every|each|names of|give the names|quoted|what are|who are"
    rf"|(?:which|what|name) (?:\w+ ){{0,2}}?{_SINGULAR}[a-z]{{3,}}s)\b",
    re.IGNORECASE,
)
_MORE_WANTED = re.compile(r"\b(?:examples?|explain|describe|how (?:do|does|is|are)|mechanism|tell me about|about)\b", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:and|or|vs\.?|versus|against|both|than|with)\b|[,&+]", re.IGNORECASE)
# What leads up to things that are named one by one, and how many commas stand between them at least; how it points back to what was
# said before, and how many sentences before.
_ENUMERATES = re.compile(r"\b(?:includ(?:e|es|ed|ing)|such as|among others|namely|as follows|the following)\b", re.IGNORECASE)
_FEWEST_COMMAS = 3
_POINTS_BACK = re.compile(r"\b(?:such(?! as)|these|those|this|the following)\b", re.IGNORECASE)
_BEHIND = 3
# What is said of things that are only listed.
_OF_LISTS = frozenset(stems("appear occur code coded pipeline named candidate compound product investigational experimental cited present"))
# A reply that the next sentence gives its reason or its content.
_SAYS_NO_MORE = re.compile(r"(?:[\w .]{1,30}:\s*)?(?:no|yes|none|never|not yet|correct|indeed)[.!]", re.IGNORECASE)


def further(topic: Topic, best: Match, matches: Sequence[Match], findings: Findings) -> list[Match]:
    """The best match with those that are quoted beside it, in the order in which they are said: the newest document first."""
    if best.sure:
        return _in_order(_of_the_form(topic, best, matches)[:_ITEMS_AT_MOST], best, findings)
    if best in listed(topic.question, topic.form, matches):
        return [best]
    # What is less likely is quoted in no case, but behind a reason; whether it is beside the point takes long to tell.
    floor = 0.0 if topic.form == "why" else min(_UNDER_HEADING, _PART * best.chance)
    others = [m for m in matches if m.chance >= floor and not _overlap(m, best) and not is_beside(topic, m, findings)]
    others = [m for m in others if not _is_beside_row(topic, best, m)]
    if speaks_of_phases(topic.question, best.unit.text):
        others = [m for m in others if speaks_of_phases(topic.question, f"{m.unit.meaning} {m.unit.context}")]
    if names_office(topic, best) and not best.unit.spoken:
        others = [m for m in others if names_office(topic, m)]
    listing = topic.form != "why" and _LIST.search(topic.question) is not None
    more = listing or topic.form == "why" or _MORE_WANTED.search(topic.question) is not None
    texts = [source.passage.text for source in findings.evidence.sources]
    meant = [m for m in matches if (m.kind < 1 or is_about(topic, m, findings)) and not tells_other_organ(topic, m, texts)]
    rest = _listed(topic, best, meant, listing=listing, whole=_is_document_title(best, findings))
    good = rest or _further(topic, best, [m for m in others if m.kind >= best.kind])
    if best.unit.title and not rest:
        good = [m for m in others if not m.unit.title and m.chance >= _UNDER_HEADING][:1] + good
    if listing and not rest:
        good = [*_named_behind(best, matches, findings), *good]
    if best.unit.spoken and topic.form == "who":
        good = [m for m in matches if (m.unit.source, m.unit.position) == (best.unit.source, best.unit.position - 1)] + good
    if _SAYS_NO_MORE.fullmatch(best.unit.quote):
        good = [m for m in matches if (m.unit.source, m.unit.position) == (best.unit.source, best.unit.position + 1)] + good
    own = findings.document_of(best.unit.source)
    elsewhere = [m for m in others if findings.document_of(m.unit.source) != own and m.chance >= _NEAR * best.chance][:1]
    most = _ITEMS_AT_MOST if rest else _SENTENCES_AT_MOST if more else 2
    return _in_order([best, *elsewhere, *good][:most], best, findings)


def _named_behind(best: Match, matches: Sequence[Match], findings: Findings) -> list[Match]:
    """The sentence soon behind the best one that names one by one what that only speaks of: "such factors include …, … and …"."""
    document = findings.document_of(best.unit.source)
    own = [m for m in matches if findings.document_of(m.unit.source) == document and not m.unit.title]
    own.sort(key=lambda m: (findings.evidence.sources[m.unit.source - 1].passage.start, m.unit.position))
    behind = own[own.index(best) + 1 :][:_BEHIND] if best in own and not _is_enumeration(best) else []
    said = content(best.unit.text) - light()
    return [m for m in behind if _is_enumeration(m) and _POINTS_BACK.search(m.unit.text) and said & content(m.unit.text)][:1]


def _is_enumeration(match: Match) -> bool:
    return _ENUMERATES.search(match.unit.text) is not None and match.unit.text.count(",") >= _FEWEST_COMMAS


def _of_the_form(topic: Topic, best: Match, matches: Sequence[Match]) -> list[Match]:
    """A thing that is told by its form, such as a phone number, with the lines that lead to it, and others of its kind that are as near."""
    kind = wanted_kinds(topic.question, topic.form)[0]
    if kind.items is None:
        return [best]
    whole = _with_its_lines(kind.items, best, matches, together=kind.name == "contact")
    as_near = [m for m in matches if m.kind > 0 and (m.chance >= _NEAR * best.chance or _LIST.search(topic.question))]
    return [whole, *_with_further_items(kind.items, whole, as_near)]


def _with_its_lines(items: Callable[[str], frozenset[str]], best: Match, matches: Sequence[Match], *, together: bool) -> Match:
    """The lines that lead up to a thing which stands on a line alone; ``together``, those that have most things of the kind."""
    around = [m for m in matches if m.unit.source == best.unit.source and best.unit.text in m.unit.text]
    most = max(len(items(m.unit.text)) for m in around) if together else len(items(best.unit.text))
    fitting = sorted((m for m in around if len(items(m.unit.text)) == most), key=lambda m: len(m.unit.text))
    alone = best.unit.text.strip() in items(best.unit.text)
    return next((m for m in fitting if not alone or m is not best), best)


def _listed(topic: Topic, best: Match, matches: Sequence[Match], *, listing: bool, whole: bool) -> list[Match]:
    """What makes a list whole: its other items, rows that the question names too, sentences with further things of the kind wanted.

    Under the title of the ``whole`` document stands no list. Who asks for lymphomas wants no other diseases.
    """
    named = {"disease"} if topic.named.diseases else set[str]()
    kinds = [k for k in wanted_kinds(topic.question, topic.form) if (listing or k.name == "compound") and k.name not in named]
    if listing and (rows := _fulfilling(best, matches) or _table_under(best, matches)):
        return rows
    if listing and best.unit.columns and (rows := _rest_of_list(best, matches)):
        return rows
    if kinds and kinds[0].items:
        telling = [m for m in matches if m.kind > 0] if _is_of_all(topic, kinds[0]) else _fitting(best, matches)
        if found := _with_further_items(_without_models(kinds[0].items, topic), best, telling):
            return found
    if (listing or best.unit.title) and not whole and (rest := _rest_of_list(best, matches)):
        return rest if listing else rest[:_UNDER_HEADING_AT_MOST]
    return _rows(topic, best, matches)


def _is_of_all(topic: Topic, kind: Kind) -> bool:
    """Whether all compounds are asked for that the sources name, and nothing more of them: "list every candidate by its code"."""
    rest = content(kind.rest(topic.question)) - light() - words_of("mentioned", "whole_text") - _OF_LISTS
    return kind.name == "compound" and not rest


def _without_models(items: Callable[[str], frozenset[str]], topic: Topic) -> Callable[[str], frozenset[str]]:
    """``items`` without the cell lines of the studies, which are spelled as compounds are: HT-29."""
    models = {name_key(study.model) for study in topic.known if study.model}
    return lambda text: frozenset(item for item in items(text) if name_key(item) not in models)


def _fulfilling(best: Match, matches: Sequence[Match]) -> list[Match]:
    """The rows of a table that have all of the question's words themselves, where others of it do not: the lots that passed.

    Of the one table that has such rows, which have no less of the question than the sentence that answers.
    """
    rows = [m for m in matches if m.unit.columns and not m.lacks and m.names >= best.names and m.coverage >= _WHOLLY * best.coverage]
    most = max((m.coverage for m in rows), default=0.0)
    whole = [m for m in rows if m.coverage == most]
    tables = {m.unit.columns for m in whole}
    others = [m for m in matches if m.unit.columns in tables and m not in whole]
    return whole if len(tables) == 1 and others else []


def _table_under(best: Match, matches: Sequence[Match]) -> list[Match]:
    """The rows of the table that the sentence leads up to: "The most common side effects were:"."""
    if not best.unit.text.rstrip().endswith(":"):
        return []
    return sorted((m for m in matches if m.unit.columns and best.unit.text in m.unit.context), key=lambda m: m.unit.position)


def _fitting(best: Match, matches: Sequence[Match]) -> list[Match]:
    """The matches that have the kind wanted, and half of what else the best one has of the question: companies that compete."""
    return [m for m in matches if m.kind > 0 and m.coverage >= _HALF * best.coverage]


def _further(topic: Topic, best: Match, others: Sequence[Match]) -> list[Match]:
    """Near ties, and what has words that the best one lacks."""
    good = [m for m in others if m.chance >= (_NEAR if best.kind > 0 else _FURTHER) * best.chance]
    if topic.form == "why":
        good = [m for m in others if m.unit.source == best.unit.source and m.unit.position == best.unit.position + 1] + good
    if topic.form != "why" and _PARTS.search(topic.question):
        lacks = {word for word in best.lacks if stem(word) not in light()}
        good = [m for m in others if lacks - set(m.lacks) and m.chance >= _PART * best.chance and not m.unit.title][:1] + good
    return good


def _is_document_title(match: Match, findings: Findings) -> bool:
    """Whether a unit is the title of its document, under which all of it stands."""
    title = " ".join(findings.document_of(match.unit.source).title.split())
    return match.unit.quote in title or title in match.unit.quote


def _rest_of_list(best: Match, matches: Sequence[Match]) -> list[Match]:
    """The other items of the list or rows of the table that one of the likeliest matches is part of, or those that it leads or heads."""
    for anchor in [
        best,
        *(m for m in matches[:_SENTENCES_AT_MOST] if m is not best and not m.unit.title and m.chance >= _NEAR * best.chance),
    ]:
        passage = sorted((m for m in matches if m.unit.source == anchor.unit.source), key=lambda m: m.unit.position)
        if anchor.unit.columns:
            return [m for m in passage if m.unit.columns == anchor.unit.columns and m is not best]
        if found := _items_around(anchor, passage):
            return [m for m in [anchor, *found] if not _overlap(m, best)]
    return []


def _items_around(anchor: Match, passage: Sequence[Match]) -> list[Match]:
    """The items of a passage before and behind an item, or behind what leads up to them; what stands under a heading."""
    if ITEM.match(anchor.unit.text) and not anchor.unit.title:
        before = list(takewhile(_is_item, reversed([m for m in passage if m.unit.position < anchor.unit.position])))
    elif anchor.unit.title or anchor.unit.text.rstrip().endswith(":"):
        before = []
    else:
        return []
    behind = [m for m in passage if m.unit.position > anchor.unit.position]
    items = list(takewhile(_is_item, behind))
    return [*before, *(items or takewhile(lambda m: anchor.unit.title and not m.unit.title, behind))]


def _is_item(match: Match) -> bool:
    return ITEM.match(match.unit.text) is not None


def _rows(topic: Topic, best: Match, matches: Sequence[Match]) -> list[Match]:
    """The other rows of the best match's table whose name, the first cell, the question has too, "arm 2 vs arm 4"; all of a short one where
    it names a column and no row: "price per GBq?".
    """
    rows = [m for m in matches if m.unit.columns and m.unit.columns == best.unit.columns and m.unit.text != best.unit.text]
    asked = frozenset(stems(topic.question)) - scaffold() - light()
    named = [m for m in rows if asked & frozenset(stems(_name(m.unit.text))) and calls_row(topic.question, m.unit)]
    if named or best.lacks or asked & frozenset(stems(_name(best.unit.text))):
        return named if _PARTS.search(topic.question) else []
    whole = 0 < len(rows) < _ITEMS_AT_MOST and bool(asked) and asked <= frozenset(stems(best.unit.columns))
    return sorted(rows, key=lambda m: (m.unit.source, m.unit.position)) if whole else []


def _is_beside_row(topic: Topic, best: Match, match: Match) -> bool:
    """Whether the best match is the very row and cell that is asked for and the other lacks a word of it, or is another row."""
    lacking = bool(match.lacks) and names_cell(topic, best)
    return lacking or (match.unit.columns == best.unit.columns and _is_of_other_row(topic, best, match))


def _is_of_other_row(topic: Topic, best: Match, match: Match) -> bool:
    """Whether the question names the best match's row of a table by its words, and none that only the other row has."""
    asked = frozenset(stems(topic.question)) - scaffold() - light()
    name = frozenset(stems(_name(match.unit.text))) - light() - scaffold()
    if name and name <= asked and calls_row(topic.question, match.unit):
        return False
    own, other = ({word for word in asked if _has(word, m.unit.text)} for m in (best, match))
    return bool(best.unit.columns) and bool(own) and other < own


def _has(word: str, text: str) -> bool:
    """Whether a text has the word, alone or with the number that follows it: "DTPA 10 mM" is read as one name."""
    return any(found == word or (found.startswith(word) and found[len(word) :].isdigit()) for found in stems(text))


def _name(row: str) -> str:
    return next((cell for cell in re.split(r"\||\t| {3,}", row) if cell.strip()), "")


def _with_further_items(items: Callable[[str], frozenset[str]], best: Match, others: Sequence[Match]) -> list[Match]:
    """The sentences that name things which those before do not."""
    named, found = items(best.unit.text), []
    for match in others:
        if items(match.unit.text) - named:
            named |= items(match.unit.text)
            found.append(match)
    return found


def _in_order(chosen: Sequence[Match], best: Match, findings: Findings) -> list[Match]:
    unique = [m for position, m in enumerate(chosen) if m not in chosen[:position]]
    newest = max(_date(m, findings) for m in unique)
    return sorted(unique, key=lambda m: (_date(m, findings) != newest, m.unit.source != best.unit.source, m.unit.source, m.unit.position))


def _overlap(one: Match, other: Match) -> bool:
    return one.unit.text in other.unit.text or other.unit.text in one.unit.text


def _date(match: Match, findings: Findings) -> str:
    return findings.document_of(match.unit.source).date or ""
