"""Who is spoken of: patients where a source speaks of animals, and persons and makers in another's place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.codes import codes
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.reading import NEARLY_ALL, Line, saying_most
from assistant.agent.grounding.vocabulary import content, has, listed, pattern, reason, stems, table, tokens
from assistant.agent.grounding.wording import clauses, is_negative
from assistant.language.conjunctions import NEXT_CLAUSE

_NAME = re.compile(r"(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w'’-]+|[A-Z]\.\s[A-Z][\w'’-]+")
_TITLED = re.compile(r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms)\b\.?\s((?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w'’-]+)")
_CAPITAL = re.compile(r"\b[A-Z][\w'’-]+")
_PRONOUN = re.compile(r"\W*(?:he|she|it|they|we|i|his|her|its|their|this|these|the (?:company|firm|drug|compound|study))\b", re.IGNORECASE)
_AS = re.compile(r"\bas (?:the |its |a )?(?:new )?$", re.IGNORECASE)
# "of Harrow Isotopes"
_OF = re.compile(r"\b(?:of|at|for|from|by|with)(?: the)?\s$", re.IGNORECASE)
_LAST_NAME = r"[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*"
_SAYS = (
    r"(?:says?|said|adds|added|tells|told|asks|asked|notes|noted|wrote|writes|describe[sd]|argue[sd]|believe[sd]|explain(?:s|ed)"
    r"|point(?:s|ed) out|warn(?:s|ed)|recall(?:s|ed)|stress(?:es|ed)|comment(?:s|ed)|call(?:s|ed)|admit(?:s|ted)|claim(?:s|ed)"
    r"|caution(?:s|ed)|remark(?:s|ed))"
)
_SAYING = re.compile(
    rf"(?P<before>{_LAST_NAME})(?:,\s(?P<aside>[^,;.]{{3,90}}),)?\s(?:herself\s|himself\s|also\s|further\s)?{_SAYS}\b|\b{_SAYS}\s(?:[A-Z][\w.]+\s)*(?P<behind>{_LAST_NAME})"
    rf"|\b[Aa]ccording to\s(?:[A-Z][\w.]+\s)*(?P<source>{_LAST_NAME})"
)
_SIBLINGS = re.compile(r"([a-z]+)\d+(?:[a-z]{2,})?")
_ENOUGH = 2
# By so few words a sentence hardly says more than another.
_HARDLY = 1


def of_people(claimed: str, ground: Ground) -> str | None:
    """What a treatment does to people, or that it is tried in them, must be said where the source speaks of people."""
    outcomes, people = stems(table("meaning")["outcomes"]), stems(table("meaning")["people_in_source"])
    for clause in clauses(claimed):
        works, words = content(clause) & outcomes, content(clause)
        tried = not works and not is_negative(clause) and bool(words & stems(table("meaning")["trying"]))
        if not has(tokens(clause), listed("meaning", "people")) or not (works or tried):
            continue
        if any(content(line.reading) & people for line in ground.best):  # in words of its own
            continue
        blocks = {(line.passage, line.block) for line in (*ground.near, *ground.lines) if content(line.reading) & people}
        if not (tried and blocks) and not any((line.passage, line.block) in blocks and line.words & outcomes for line in ground.lines):
            return reason("people")
    return None


def in_anothers_place(claimed: str, ground: Ground) -> str | None:
    """A person, firm or compound of whom the sentence that says the rest does not speak, but of another."""
    for clause in NEXT_CLAUSE.split(claimed):
        for name in _names(clause):
            words = content(clause) - content(name)
            line = _saying(words, ground.lines)
            if line and not _speaks_of(name, line, ground.lines) and any(_speaks_of(name, o, ()) for o in ground.lines):
                others = {other for other in _names(line.text) if not content(other) & content(claimed)}
                if others and not content(name) & ground.subject:
                    return reason("name", name=name)
        if wrong := _sibling(clause, ground):
            return reason("name", name=wrong)
    return None


def _sibling(clause: str, ground: Ground) -> str | None:
    """A code where the sentence that says the rest has another of the same letters: QX-6 for QX-8."""
    own = codes(clause)
    for code in sorted(own):
        if _of_a_sibling(code, content(clause) - own, ground):
            return code
        letters = _SIBLINGS.fullmatch(code)
        line = _saying(content(clause) - content(code) - own, ground.lines) if letters else None
        if not line or code in codes(line.text) or not letters:
            continue
        others = {other for other in codes(line.text) - own if (same := _SIBLINGS.fullmatch(other)) and same[1] == letters[1]}
        words = content(clause) - own
        ahead = len(words & line.words) - max((len(words & o.words) for o in ground.lines if code in codes(o.text)), default=0)
        if others and ahead > _HARDLY and not _PRONOUN.match(line.text):
            return code
    return None


def _of_a_sibling(code: str, words: frozenset[str], ground: Ground) -> bool:
    """Whether the one cited clause that says nearly all of ``words`` has a code of the same letters as ``code`` instead of it."""
    letters = _SIBLINGS.fullmatch(code)
    parts = [part for line in ground.best for whole in line.text.split(";") for part in clauses(whole)]
    shares = [len(words & content(part)) for part in parts]
    most = max(shares, default=0)
    if not letters or most < max(_ENOUGH + 1, NEARLY_ALL * len(words)) or shares.count(most) > 1:
        return False
    there = codes(parts[shares.index(most)])
    return code not in there and any((same := _SIBLINGS.fullmatch(other)) and same[1] == letters[1] for other in there)


def _names(text: str) -> Iterator[str]:
    """Runs of capitalised words: persons, firms, places."""
    for match in _NAME.finditer(text):
        words = match.group().split()
        while words and words[0].lower() in listed("words", "stop"):
            del words[0]
        if len(words) > 1 and not _is_office(match.group()):
            yield " ".join(words)


def _saying(words: frozenset[str], lines: Sequence[Line]) -> Line | None:
    """The sentence that has most of ``words``; None where none has enough, or several have as many."""
    most, found = saying_most(words, lines)
    return found[0] if most >= max(_ENOUGH, len(words) / 2) and len(found) == 1 else None


def _speaks_of(name: str, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a sentence has the last word of ``name``, or goes on about one that has it."""
    last = name.rsplit(maxsplit=1)[-1].casefold()
    if last in line.text.casefold():
        return True
    before = [other for other in lines if other.passage == line.passage and other.end <= line.start]
    return bool(_PRONOUN.match(line.text) and before and last in before[-1].text.casefold())


def misattributed(claimed: str, ground: Ground) -> str | None:
    """A person who is said to say what the cited paragraph has from another's mouth."""
    for names in _speakers(claimed):
        for line in ground.best:
            around = [other for other in ground.lines if (other.passage, other.block) == (line.passage, line.block)]
            known = [*_speakers(line.text)] or [each for other in around for each in _speakers(other.text)]
            if known and not names & frozenset().union(*known) and not any(name in line.text.casefold() for name in names):
                return reason("speaker", name=" or ".join(sorted(name.title() for name in names)))
    return None


def speaks(name: str, text: str) -> bool:
    """Whether ``name`` is of one who says something in ``text``."""
    last = re.sub(r"['’]s$", "", name.rsplit(maxsplit=1)[-1]).casefold()
    return any(last in names for names in _speakers(text))


def _speakers(text: str) -> Iterator[frozenset[str]]:
    """The last names, in small letters, of each who says something: Birch of "the officer, Ada Birch, said", too."""
    for match in _SAYING.finditer(" ".join(text.split())):
        named = match["before"] or match["behind"] or match["source"]
        found = [named, *_CAPITAL.findall(match["aside"] or "")[-1:]]
        names = frozenset(re.sub(r"['’]s$", "", name).casefold() for name in found if not _is_office(name)) - listed("words", "stop")
        if names:
            yield names


def in_office(claimed: str, ground: Ground) -> str | None:
    """An office that the cited sentences give to another person than the claim does, or of which they do not speak while they give one."""
    held = [pair for line in ground.lines for pair in _held(line.text)]
    persons = {name for _, name in held} | {match[1].split()[-1] for line in ground.lines for match in _TITLED.finditer(line.text)}
    for office, name in _offices(claimed, persons):
        holders = {other for known, other in held if known == office}
        if holders and name in persons and name not in holders:
            return reason("role", name=name, other=office)
        if not holders and name in {known for _, known in held} and not any(content(office) <= line.words for line in ground.lines):
            return reason("word", name=office)
    return None


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _held(text: str) -> tuple[tuple[str, str], ...]:
    """The offices that a cited sentence gives, with the last names of whom it gives them to."""
    return tuple(_offices(" ".join(text.split())))


def _offices(text: str, known: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Each office with the last name of whom it is said: the nearest, or the first where it stands behind "as"."""
    spoken = set(known)
    found = [match for match in (_CAPITAL if spoken else _NAME).finditer(text) if not _OF.search(text[: match.start()])]
    found = [match for match in found if match.group().split()[-1].lower() not in listed("meaning", "months")]  # "In June"
    names = [(m.start(), m.end(), m.group().split()[-1]) for m in found if (m.group() in spoken if spoken else not _is_office(m.group()))]
    for match in pattern("meaning", "offices", anchored=False).finditer(text):
        if not names:
            return
        office = table("meaning")["offices_short"].get(match.group().lower(), match.group().lower())
        if _AS.search(text[: match.start()]):
            yield office, names[0][2]
        else:
            yield office, min(names, key=lambda name: max(match.start() - name[1], name[0] - match.end()))[2]


def _is_office(name: str) -> bool:
    return pattern("meaning", "offices", anchored=False).search(name) is not None or bool(amounts(name))
