"""Which words stand for one another in English and in this field, which are of the kind that a word names, which exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from assistant.language.stems import american, stems
from assistant.resources import prompt_table

# Lines are found by so many first letters of what is asked for, and only those that are looked at are stemmed: a question has a dozen
# words, the thesaurus ten thousand.
_LETTERS = 3
# Words in a row that are looked at as one phrase.
_LONGEST_PHRASE = 4

Group = tuple[str, ...]


@lru_cache(maxsize=4096)  # the words of a question are looked for in each sentence
def related(phrase: str) -> frozenset[frozenset[str]]:
    """The stems of each word or phrase that stands for ``phrase``, stems joined by a space, or is of the kind that it names."""
    found = {frozenset(stems(other)) for others in _called(phrase[:_LETTERS]).get(phrase, ()) for other in others}
    return frozenset(found - {frozenset(phrase.split())})


@lru_cache(maxsize=4096)  # more than the thesaurus has beginnings
def _called(beginning: str) -> Mapping[str, Sequence[Group]]:
    """From the stems of each name that begins so to what texts have for it, one group for each line of the thesaurus."""
    found = defaultdict(list)
    for names, others in _lines().get(beginning, ()):
        for phrase in {" ".join(stems(name)) for name in names if name.startswith(beginning)}:
            found[phrase].append(others)
    return dict(found)


@cache
def contraries() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of what cannot both be said of one thing, both ways round; each side words and phrases, as stems joined by a space."""
    pairs = [[frozenset(" ".join(stems(entry)) for entry in _entries(side)) for side in line.split("|")] for line in _read("contraries")]
    return tuple((one, other) for pair in pairs for one, other in (pair, pair[::-1]))


def phrases(found: Sequence[str]) -> frozenset[str]:
    """Each stem, and those in a row joined by spaces: ``{"out", "of", "use", "out of", "of use", "out of use"}``."""
    return frozenset(
        " ".join(found[start : start + length]) for length in range(1, _LONGEST_PHRASE + 1) for start in range(len(found) - length + 1)
    )


@cache
def groups() -> Sequence[Group]:
    """Every group of words that stand for one another, in American spelling."""
    return [group for line in _read("synonyms") if (group := _entries(line))]


@cache
def _lines() -> Mapping[str, Sequence[tuple[Group, Group]]]:
    """From first letters to the lines for what begins with them: what may be asked for, and what a text has for it."""
    lines = defaultdict(list)
    kinds = [line.partition(":") for line in _read("kinds")]
    for names, others in [*((group, group) for group in groups()), *((_entries(kind), _entries(members)) for kind, _, members in kinds)]:
        for beginning in {name[:_LETTERS] for name in names}:
            lines[beginning].append((names, others))
    return lines


def _read(part: str) -> list[str]:
    return american(prompt_table("thesaurus.toml")[part]).splitlines()


def _entries(line: str) -> Group:
    return tuple(entry for each in line.split(",") if (entry := each.strip()))
