"""Which survival belongs to which designator of a sentence: by brackets, prepositions, lists and clauses, in that order."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.studies.extraction.endpoints import Lifetime
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.stretches import DIVIDER, LIST_GAP, Designator

_ASIDE = r"(?:\s*(?:\+/-|\u00b1)\s*[\d.]+(?:\s?(?:d|days?|weeks?|months?|wk|mo)\b)?)?(?:\s*[\[(][^()\[\]]*[\])])*"
_PREPOSITION = re.compile(
    _ASIDE + r"\s*\)?\s*,?\s*(?<!,)(?:for|in|with|among|on|at|after|following|under|when|by)\b(?:(?!\b(?:and"
    r"|(?<!that\s)(?<!which\s)(?<!who\s)(?:was|were|had)|to|than|compared|versus|vs|respectively|while|whereas)\b)[^,;:()])*\(?\s*",
    re.IGNORECASE,
)
_OPENS_BRACKET = re.compile(r"\s*[\[(]\s*(?:the\s+|in\s+|for\s+|with\s+)?", re.IGNORECASE)
_INTO_BRACKET = re.compile(
    r"(?:(?!\b(?:and|or|was|were|had|than|compared|versus|vs)\b)[^(),;])*[\[(]\s*(?:[nN]\s*=\s*\d+\s*[,;]\s*)?(?:mean"
    r"|median|OS|mOS|MST|survival|overall|time|of|was|:|=|\s)*",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\s*(?:group|arm|cohort|mice|\([^()]*\))?\s*[:=]\s*(?:mean|median|OS|mOS|MST|survival|overall|time|of|was|:|=|\s)*", re.IGNORECASE
)
_LISTED = re.compile(
    rf"{_ASIDE}\s*(?:,|;|/|(?:,\s*)?(?:and|or|vs\.?|versus|compared\s+(?:to|with)|to|against))\s*(?:(?:only|about|approximately|just)\s+)?",
    re.IGNORECASE,
)
_SUBJECT_GOES_ON = re.compile(
    r",?\s*(?:with|achiev\w+|reach\w+|giving|yielding|resulting|living|surviving|attaining|produc\w+)\b", re.IGNORECASE
)
_COLON = re.compile(r"[\s)*_]*:")
_WITHOUT = re.compile(r"(?:without|untreated)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:which|who|whose|where|that)\b|\($", re.IGNORECASE)

# What compares within one clause; "while" and "whereas" open one of their own.
_THAN = re.compile(r"\b(?:versus|vs|compared\s+(?:to|with)|than|against|relative\s+to|over|in\s+contrast)\b", re.IGNORECASE)
# "Controls were gone by day 22; their median survival was 17 days": of the same arm.
_THEIR = re.compile(r";(?=\s*(?:their|its|they|these|it)\b)", re.IGNORECASE)
# "to 41 days by 10 MBq and to 55 days by 20 MBq": the figure after "and" is the next one's.
_ON_TO_NEXT = re.compile(r"\s*(?:,|and|,\s*and)\s*(?:to|of|in|for)\s*(?:(?:about|only)\s+)?", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)

Match = tuple[Lifetime, Designator]


def match(clause: Clause, lives: tuple[Lifetime, ...], arms: list[Designator]) -> tuple[list[Match], list[Lifetime]]:
    """Pairs of survival and designator, and the survivals that no designator of the sentence claims."""
    arms = [d for d in arms if not all(trait.kind == "n" and trait.each for trait in d.traits)]
    pairs: dict[int, Designator] = {}
    for attach in (_by_opening, _by_bracket, _by_preposition, _by_ends, _by_list, _by_clause):
        free_lives = [s for s in lives if s.start not in pairs]
        free_arms = [d for d in arms if not any(d is taken for taken in pairs.values())]
        pairs |= attach(clause, free_lives, free_arms)
    matched = [(life, pairs[life.start]) for life in lives if life.start in pairs]
    return matched, [life for life in lives if life.start not in pairs]


def _next_arm(life: Lifetime, lives: list[Lifetime], arms: list[Designator]) -> Designator | None:
    following = min((d for d in arms if d.start >= life.end), key=lambda d: d.start, default=None)
    if following and any(life.end <= other.start < following.start for other in lives):
        return None
    return following


def _last_arm(life: Lifetime, lives: list[Lifetime], arms: list[Designator]) -> Designator | None:
    leading = max((d for d in arms if d.end <= life.start), key=lambda d: d.end, default=None)
    if leading and any(leading.end <= other.start < life.start for other in lives):
        return None
    return leading


def _by_opening(clause: Clause, lives: list[Lifetime], arms: list[Designator]) -> dict[int, Designator]:
    """ "Arm F: response rate 46%; median survival 22.1 months", where nobody else is named."""
    if len(lives) != 1 or len(arms) != 1 or not arms[0].strong or arms[0].end > lives[0].start:
        return {}
    opens = not clause.between(clause.start, arms[0].start).strip(" -*\u2022_(")
    return {lives[0].start: arms[0]} if opens and _COLON.match(clause.after(arms[0].end)) else {}


def _by_bracket(clause: Clause, lives: list[Lifetime], arms: list[Designator]) -> dict[int, Designator]:
    """ "controls (21 d)", "34 d (20 MBq)", "20 MBq: 34 d"."""
    pairs: dict[int, Designator] = {}
    for life in lives:
        before, after = _last_arm(life, lives, arms), _next_arm(life, lives, arms)
        if (
            before
            and (gap := clause.between(before.end, life.start)) is not None
            and (_INTO_BRACKET.fullmatch(gap) or _LABELS.fullmatch(gap))
        ):
            bracket = clause.bracket_of(life.start)
            alone = bracket is None or sum(1 for s in lives if bracket[0] < s.start < bracket[1]) == 1
            if alone and not any(before is taken for taken in pairs.values()):
                pairs[life.start] = before
        elif after and _OPENS_BRACKET.fullmatch(clause.between(life.end, after.start)):
            pairs[life.start] = after
    return pairs


def _by_preposition(clause: Clause, lives: list[Lifetime], arms: list[Designator]) -> dict[int, Designator]:
    """ "34 days for mice receiving a single dose"."""
    pairs: dict[int, Designator] = {}
    for life in [s for s in lives if not _in_turn(clause, s) or _stands_alone(clause, s, lives)]:
        after = _next_arm(life, lives, arms)
        if after is None or _opens_next(clause, life, after, lives, arms):
            continue
        gap = clause.between(life.end, after.start)
        apart = _PREPOSITION.fullmatch(gap) or (gap.isspace() and _WITHOUT.match(clause.after(after.start)))
        if apart and not _heads_list(clause, after, arms, lives):
            pairs[life.start] = after
    return pairs


def _opens_next(clause: Clause, life: Lifetime, after: Designator, lives: list[Lifetime], arms: list[Designator]) -> bool:
    """ "With 10 MBq it was 34 days, with 20 MBq 55 days": after the comma, the next figure's designator."""
    if _last_arm(life, lives, arms) is None or not clause.after(life.end).startswith(","):
        return False
    following = min((s for s in lives if s.start >= after.end), key=lambda s: s.start, default=None)
    return (
        following is not None and re.fullmatch(r"\W*(?:it\s+)?(?:was\s+|were\s+)?", clause.between(after.end, following.start)) is not None
    )


def _heads_list(clause: Clause, arm: Designator, arms: list[Designator], lives: list[Lifetime]) -> bool:
    """Whether a list of designators without figures between starts here: "21 and 34 days in controls and treated mice"."""
    following = min((d for d in arms if d.start >= arm.end), key=lambda d: d.start, default=None)
    if following is None or any(arm.end <= life.start < following.start for life in lives):
        return False
    return bool(
        re.fullmatch(r"[^,;()]*?(?:,|\band\b|\bor\b|\bvs\.?|\bversus\b)[^,;()]*", clause.between(arm.end, following.start))
    ) and any(_LISTED.fullmatch(clause.between(one.end, other.start)) for one, other in pairwise(lives))


def _by_ends(clause: Clause, lives: list[Lifetime], arms: list[Designator]) -> dict[int, Designator]:
    """ "prolonged from 21 to 34 days": the one treated longer is the subject, the one it starts from the control."""
    pairs: dict[int, Designator] = {}
    for life in lives:
        fitting = [d for d in arms if d.strong and (d.first("control") is not None) == (life.side == "from")]
        if life.side and len(fitting) == 1:
            pairs[life.start] = fitting[0]
    return pairs


def _by_list(clause: Clause, lives: list[Lifetime], arms: list[Designator]) -> dict[int, Designator]:
    """As many figures as designators, each in one row: the first goes with the first."""
    pairs: dict[int, Designator] = {}
    strong = [d for d in arms if d.strong]
    unbracketed = [d for d in strong if clause.bracket_of(d.start) is None]
    for run in _rows(clause, lives):
        if len(run) < 2 or any(life.side for life in run):
            continue
        rows = [row for row in _arm_rows(clause, strong) if len(row) > 1] if len(run) < len(lives) else [arms, strong, unbracketed]
        fitting = [row for row in rows if len(row) == len(run) and _one_side(row, run, lives)]
        if fitting:
            pairs |= {life.start: arm for life, arm in zip(run, fitting[0], strict=True)}
    return pairs


def _one_side(row: list[Designator], run: list[Lifetime], lives: list[Lifetime]) -> bool:
    """Whether all designators stand before the figures, or all after, and no other figure stands between."""
    first, last = run[0].start, run[-1].end
    if all(d.end <= first for d in row):
        return not any(row[-1].end <= life.start < first for life in lives)
    return all(d.start >= last for d in row) and not any(last <= life.start < row[0].start for life in lives)


def _rows(clause: Clause, lives: list[Lifetime]) -> list[list[Lifetime]]:
    """Figures that a comma, "and" or "versus" sets in one row."""
    rows: list[list[Lifetime]] = []
    for life in lives:
        if rows and _LISTED.fullmatch(clause.between(rows[-1][-1].end, life.start)):
            rows[-1].append(life)
        else:
            rows.append([life])
    return rows


def _arm_rows(clause: Clause, arms: list[Designator]) -> list[list[Designator]]:
    rows: list[list[Designator]] = []
    for arm in arms:
        if rows and LIST_GAP.fullmatch(clause.between(rows[-1][-1].end, arm.start)):
            rows[-1].append(arm)
        else:
            rows.append([arm])
    return rows


def _by_clause(clause: Clause, lives: list[Lifetime], arms: list[Designator]) -> dict[int, Designator]:
    """ "controls lived 21 days": the nearest designator before the figure, in its own part of a comparison."""
    pairs: dict[int, Designator] = {}
    for life in [s for s in lives if not _in_turn(clause, s) or len(lives) == 1]:
        before = [d for d in arms if d.end <= life.start and not any(d is taken for taken in pairs.values())]
        strong = [d for d in before if d.strong] or before
        if not strong:
            continue
        nearest = strong[-1]
        gap = clause.between(nearest.end, life.start)
        if _two_lists(clause, life, nearest, lives, arms) or _ON_TO_NEXT.fullmatch(gap):
            continue
        if any(nearest.end <= other.start < life.start for other in lives) or DIVIDER.search(_THEIR.sub(" ", gap)):
            continue
        subject = _subject_instead(clause, nearest, strong, gap)
        if subject:
            pairs[life.start] = subject
    return pairs


def _two_lists(clause: Clause, life: Lifetime, arm: Designator, lives: list[Lifetime], arms: list[Designator]) -> bool:
    """Whether both stand in rows of several that do not match: then nothing tells which goes with which."""
    in_row = any(life in row and len(row) > 1 for row in _rows(clause, lives))
    return in_row and any(arm in row and len(row) > 1 for row in _arm_rows(clause, arms))


def _subject_instead(clause: Clause, nearest: Designator, before: list[Designator], gap: str) -> Designator | None:
    """ "X lived longer than controls, with a survival of 34 days" is about X; "than controls, which lived 21 days" is not."""
    lead = clause.before(nearest.start, 60)
    compared = _THAN.search(lead) is not None and (len(before) < 2 or before[-2].end <= nearest.start)
    if not compared or len(before) < 2:
        return nearest
    between = clause.between(before[-2].end, nearest.start)
    if not DIVIDER.search(between) or _RELATIVE.search(gap):
        return nearest
    return before[-2] if len(before) == 2 and _SUBJECT_GOES_ON.search(gap) else None


def _stands_alone(clause: Clause, life: Lifetime, lives: list[Lifetime]) -> bool:
    """Whether a figure is no member of a row beside one: "23 days in controls, compared with 38 and 44 days after …, respectively"."""
    rows = _rows(clause, lives)
    return any(len(row) > 1 for row in rows) and [life] in rows


def _in_turn(clause: Clause, life: Lifetime) -> bool:
    """Whether a figure belongs to a list that "respectively" closes."""
    word = next((m for m in clause.find(_RESPECTIVELY) if m.start() >= life.end), None)
    between = clause.between(life.end, word.start()) if word else ""
    return word is not None and not re.search(r";|\b(?:while|whereas)\b", between)
