"""What speaks against a statement whose markers, quotations and figures are sound: the findings of each rule, and measures of likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose

from assistant.agent.grounding.agreement import based, calculated
from assistant.agent.grounding.alignment import Fit, fits, known_places
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.belonging import misplaced
from assistant.agent.grounding.claims import foreign, unsupported
from assistant.agent.grounding.codes import codes
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.names import capitalised
from assistant.agent.grounding.quotes import only_quotes, unquoted
from assistant.agent.grounding.reading import Support, quoted_title
from assistant.agent.grounding.rows import misrowed
from assistant.agent.grounding.statement import Statement
from assistant.agent.grounding.supported import overprecise, uncounted
from assistant.agent.grounding.turn import Turn
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.agent.grounding.wording import asserted
from assistant.values import Working

# How unlike a statement is taken to be where no encoder tells, or a calculation has no sentence to compare it with: as a faithful one is.
_UNREAD = 0.4
# A statement may have this share of its words from elsewhere, and with figures or quotations two, with names one, to frame them.
_FREE = 0.34
_FREE_COMPUTED = 0.5
_FRAMING = 2
# Cosine of a statement and the nearest cited sentence from which it counts as a paraphrase.
_PARAPHRASE = 0.5
# The share of its words that one sentence has of a statement which it says nearly as a whole.
_NEARLY_ALL = 0.75
# So many words beside those that frame an answer are enough to tell that one sentence says them all.
_FEWEST_TELLING = 3
# From here on it makes no difference by how much a rival fits better.
_OUTDONE = 0.25
# From here on words alone tell that a rival fits better; up to here its sentence must be nearer by this cosine.
_FAR_BEHIND = 0.6
_NEARER = 0.02
_BEHIND_IN_SENTENCE = 0.45


@dataclass(frozen=True, slots=True)
class Signal:
    """``strength`` is 0 or 1 for a rule's finding, a share for a measure; ``reason`` says what is wrong where it is what decides."""

    strength: float
    reason: str


def signals(statement: Statement, support: Support, turn: Turn) -> Mapping[str, Signal]:
    """Everything that may speak against ``statement``, by name; what finds nothing is left out."""
    return {name: signal for name, signal in _all(statement, support, turn) if signal.strength}


def _all(statement: Statement, support: Support, turn: Turn) -> Iterator[tuple[str, Signal]]:
    ground = turn.ground(statement.said, support)
    claimed = asserted(statement.said)
    undated = _undated(statement.said, support)
    if not only_quotes(statement.said):
        plain = asserted(support.untitled(undated))
        yield from _found(misplaced(plain, turn.registry, turn.read_from(support), support.lines, row=bool(statement.cells)))
        yield from _figures(asserted(undated), support, turn)
    yield from _found(unsupported(statement, ground))
    yield from _words(statement, claimed, ground, turn)


def _undated(said: str, support: Support) -> str:
    """``said`` without the dates of the documents that it cites where they stand behind the titles: they are no figures of the text."""
    for heading in support.headings:
        title, _, date = heading.partition("\n")
        if date:
            said = re.sub(rf"({re.escape(quoted_title(title))})\s*[,(]\s*{re.escape(date)}\)?", r"\1", said)
    return said


def _found(rules: Iterator[tuple[str, str | None]]) -> Iterator[tuple[str, Signal]]:
    return ((name, Signal(1.0, why)) for name, why in rules if why)


def _figures(claimed: str, support: Support, turn: Turn) -> Iterator[tuple[str, Signal]]:
    """How figures stand where the cited text has them."""
    if overprecise(claimed, support):
        yield "exact", Signal(1.0, reason("hedge"))
    if wrong := uncounted(claimed, support, turn):
        yield "noun", Signal(1.0, reason("figure", name=wrong))
    if wrong := misrowed(claimed, support.lines):
        yield "row", Signal(1.0, wrong)
    known = known_places(support.lines, turn.registry)
    found = [fit for fit in fits(claimed, known, turn.registry) if fit.behind and _is_nearer(fit, claimed, turn)]
    found = [fit for fit in found if not _only_calculated(fit.figure, claimed, support)]
    if found:
        worst = max(found, key=lambda fit: fit.behind)
        if worst.behind >= _FAR_BEHIND:  # more than a share that is capped can tell
            yield "far", Signal(1.0, reason("place", name=worst.figure.text, source=_short(worst)))
        yield "outdone", Signal(min(1.0, worst.behind / _OUTDONE), reason("place", name=worst.figure.text, source=_short(worst)))


def _only_calculated(figure: Amount, claimed: str, support: Support) -> bool:
    """Whether a cited calculation gives ``figure``, and the cited text has but another that rounds to it, 52 days beside 52.5, or the
    statement tells another result of that calculation too: "a gain of 43 days, a ratio of 3.3".
    """
    value = based(figure.value, figure.unit)
    exact = (based(known.value, known.unit) for line in support.lines for known in line.figures)
    stated = any(unit == value[0] and isclose(known, value[1]) for unit, known in exact)
    others = [other for other in amounts(claimed) if (other.value, other.unit) != (figure.value, figure.unit)] if stated else []
    return any(
        _gives(working, figure) and (not stated or any(_gives(working, other) for other in others)) for _, working in support.workings
    )


def _gives(working: Working, figure: Amount) -> bool:
    return any(calculated(figure, result.value, result.unit, result.name) for result in working.results)


def _is_nearer(fit: Fit, claimed: str, turn: Turn) -> bool:
    """Whether the sentence of the best rival is nearer in meaning than that of the figure itself, or no encoder tells.

    Where both stand in one sentence, words alone can tell; "24 of 52" are no rivals.
    """
    if fit.together:
        return fit.behind >= _BEHIND_IN_SENTENCE and not fit.source.endswith(" of")
    own, rival = (turn.background.likeness(claimed.replace(fit.figure.text, " ", 1), [sentence]) for sentence in fit.sentences)
    return own is None or rival is None or fit.behind >= _FAR_BEHIND or rival > own + _NEARER


def _short(fit: Fit) -> str:
    return fit.source if len(fit.source) <= 80 else f"{fit.source[:79]}…"


def _says_nearly_all(claimed: str, ground: Ground) -> bool:
    """Whether one cited sentence has nearly all words of ``claimed``, or that claims nothing but what is lacking."""
    words = content(claimed)
    telling = words - stems(table("words")["frame"])
    return any(
        len(words & line.words) >= _NEARLY_ALL * len(words) or (len(telling) >= _FEWEST_TELLING and telling <= line.words)
        for line in ground.lines
    )


def _framing(claimed: str) -> int:
    """How many words of its own a statement may frame its figures, quotations or names with."""
    return _FRAMING if amounts(claimed) or unquoted(claimed) != claimed else bool(codes(claimed) or any(capitalised(claimed)))


def _words(statement: Statement, claimed: str, ground: Ground, turn: Turn) -> Iterator[tuple[str, Signal]]:
    """How far the meaning of the statement is from the cited text, and whether most of its words are its own."""
    own, count = foreign(statement, ground)
    why = reason("content", name=", ".join(own) or claimed.strip()[:60])
    near = turn.background.likeness(claimed, [line.reading for line in ground.best])
    if near is not None and near < _PARAPHRASE:  # most words in common is not always nearest in meaning
        near = turn.background.likeness(claimed, [line.reading for line in ground.lines])
    free = (_FREE_COMPUTED if ground.computed else _FREE) * count
    if len(own) > free and len(own) > _framing(claimed) and (near or 0.0) < _PARAPHRASE:
        yield "thin", Signal(1.0, why)
    if near is not None and _says_nearly_all(claimed, ground):  # the encoder is lost where one word of a long sentence is a claim's
        near = max(near, 1.0 - _UNREAD)
    read = near is not None and not ground.computed
    yield "unlike", Signal(max(0.0, 1.0 - near) if read and near is not None else _UNREAD, why)
    if not amounts(claimed):
        yield "wordy", Signal(1.0, why)
