"""Question → signals: which of the cues in prompts/questions.toml its words show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from assistant.language.names import fold
from assistant.language.stems import stems
from assistant.resources import prompt_table

# Between two words of a cue at most this many others may stand: "how many of the mice" shows "how many mice".
_WORDS_BETWEEN = 1
# So many may stand between "draw" and what is to be drawn.
_WORDS_TO_OBJECT = 4
_LETTER = re.compile(r"(?<![^\W_])[a-z](?![^\W_])")
_LONE_LETTER = re.compile(r"(?<![\w/-])[a-z](?![\w/-])")

_ALTERNATIVES = re.compile(r"[()]")

Phrase = tuple[str, ...]


@lru_cache(maxsize=8192)  # sentences of documents are looked at again with every question
def signals(text: str, table: str = "signals") -> frozenset[str]:
    """The names of the cue lists of ``table`` of which at least one cue occurs in ``text``."""
    found = stems(text)
    own, letters, beginning = frozenset(found), _letters_of_names(text), _beginning(table)
    possible = ((word, shown) for word in own & beginning.keys() for shown in beginning[word])
    return frozenset(
        name
        for word, (name, cue) in possible
        if (word not in letters if len(cue) == 1 else own.issuperset(cue) and _occurs(cue, found))  # most lack a word
    )


def cues(text: str, name: str, table: str) -> frozenset[Phrase]:
    """The cues of the list ``name`` of ``table`` that occur in ``text``, as stems."""
    found = stems(text)
    single = frozenset((word,) for word in found)
    return frozenset(phrase for phrase in _phrases(table)[name] if phrase in single or _occurs(phrase, found))


def _letters_of_names(text: str) -> frozenset[str]:
    """The letters that stand in hyphenated names only, such as the N of SK-N-AS, and are no words."""
    folded = fold(text)
    return frozenset(_LETTER.findall(folded)) - frozenset(_LONE_LETTER.findall(folded))


@cache
def cue_words(table: str = "signals") -> frozenset[str]:
    """The stems of all single words and phrase members of the table's cues."""
    return frozenset(stem for phrases in _phrases(table).values() for phrase in phrases for stem in phrase)


@cache
def words_of(*names: str, table: str = "signals") -> frozenset[str]:
    """The stems of the single words that show one of the signals ``names`` of ``table``, by default of any of them."""
    lists = _phrases(table)
    return frozenset(phrase[0] for name in names or lists for phrase in lists[name] if len(phrase) == 1)


def asks_to_draw(text: str) -> bool:
    """Whether ``text`` wants something drawn: the verb, and behind it what a chart can show."""
    return _drawing().search(text) is not None


@cache
def _drawing() -> re.Pattern[str]:
    verbs, objects, others = ("|".join(prompt_table("questions.toml")["drawing"][name]) for name in ("verbs", "objects", "others"))
    between = rf"(?:\s+(?!(?:{others})\b)[\w.'’-]+){{0,{_WORDS_TO_OBJECT}}}?"
    return re.compile(rf"\b(?:{verbs})\b{between}\s+(?:{objects}|[a-z]+[ -]?\d+)\b", re.IGNORECASE)


@cache
def scaffold() -> frozenset[str]:
    """Stems of words that ask and carry no content of their own."""
    return frozenset(stem for word in prompt_table("questions.toml")["scaffold"]["words"] for stem in stems(word))


def content(text: str) -> frozenset[str]:
    """The stems of ``text`` that carry content of their own."""
    return frozenset(stems(text)) - scaffold()


@cache
def light() -> frozenset[str]:
    """Stems of words that carry so little that a sentence may lack them."""
    return frozenset(stem for word in prompt_table("questions.toml")["scaffold"]["light"] for stem in stems(word))


@cache
def another_time() -> frozenset[str]:
    """Stems of words that set something against what it was at another time and name nothing: "more than last year"."""
    return frozenset(stem for word in prompt_table("questions.toml")["scaffold"]["another_time"] for stem in stems(word))


@cache
def unspoken() -> frozenset[str]:
    """Stems of words of which it says nothing that no text has them: verbs, measures, currencies."""
    return frozenset(stem for word in prompt_table("questions.toml")["scaffold"]["unspoken"] for stem in stems(word))


@cache
def definition_words() -> frozenset[str]:
    """Stems of words that ask what an abbreviation is short for."""
    return frozenset(stem for word in prompt_table("questions.toml")["scaffold"]["definition"] for stem in stems(word))


@cache
def synonyms() -> Mapping[str, frozenset[str]]:
    """From each stem of a synonym group to the stems of the whole group; phrases count with each of their words joined by a space."""
    found: dict[str, set[str]] = {}
    for group in prompt_table("questions.toml")["synonyms"]["groups"]:
        members = {" ".join(stems(word)) for word in group}
        for member in members:
            found.setdefault(member, set()).update(members)
    return {member: frozenset(group) for member, group in found.items()}


@cache
def opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of groups of words and phrases, as stems joined by a space, of which one denies the other, both ways round."""
    return tuple((one, other) for pair in _pairs("opposites") for one, other in (pair, pair[::-1]))


@cache
def unchanged() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Words for a change, as stems joined by a space, with those that deny any."""
    return tuple((one, other) for one, other in _pairs("unchanged"))


@cache
def denied_by(table: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Words, as stems joined by a space, with those that deny them: what is promised by what is ``disclaimed``."""
    return tuple((one, other) for one, other in _pairs(table))


def _pairs(table: str) -> Sequence[Sequence[frozenset[str]]]:
    groups: Sequence[Sequence[Sequence[str]]] = prompt_table("questions.toml")[table]["pairs"]
    return [[frozenset(" ".join(stems(word)) for word in group) for group in pair] for pair in groups]


@cache
def _phrases(table: str) -> Mapping[str, frozenset[Phrase]]:
    lists: Mapping[str, Sequence[str]] = prompt_table("questions.toml")[table]
    return {name: frozenset(filter(None, (stems(phrase) for cue in cues for phrase in spelled(cue)))) for name, cues in lists.items()}


@cache
def _beginning(table: str) -> Mapping[str, Sequence[tuple[str, Phrase]]]:
    """From each stem to the cues that begin with it, each behind the name of its list."""
    found: dict[str, list[tuple[str, Phrase]]] = {}
    for name, phrases in _phrases(table).items():
        for phrase in phrases:
            found.setdefault(phrase[0], []).append((name, phrase))
    return found


def spelled(cue: str) -> tuple[str, ...]:
    """The phrases that a cue is short for: ``("second dose", "extra dose")`` for "(second|extra) dose"."""
    parts = (part.split("|") for part in _ALTERNATIVES.split(cue))
    return tuple("".join(chosen) for chosen in product(*parts))


def _occurs(phrase: Phrase, found: Phrase) -> bool:
    """Whether the words of a phrase of several stand in ``found``, in order and close together."""
    return len(phrase) > 1 and any(found[start] == phrase[0] and _follows(phrase[1:], found[start + 1 :]) for start in range(len(found)))


def _follows(rest: Phrase, found: Phrase) -> bool:
    position = 0
    for word in rest:
        window = found[position : position + _WORDS_BETWEEN + 1]
        if word not in window:
            return False
        position += window.index(word) + 1
    return True
