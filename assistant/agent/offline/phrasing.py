"""How facts are put into words, by the phrases of prompts/offline.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assistant.agent.offline.findings import Findings
from assistant.language import written
from assistant.language.designations import ARM_NOUN, SIGN
from assistant.resources import prompt_table
from assistant.studies.facts import Activity, Arm, Study, Survival
from assistant.values import Result

_DECIMALS_AT_MOST = 3
# Down to this a value is written without an exponent.
_SMALLEST = 1e-9
# Characters up to which a result is not rounded.
_EXACT_AT_MOST = 7
_MARK = re.compile(r"^(?:#{1,6}|[-*•–])\s+")


def phrase(name: str, /, **values: object) -> str:
    """The phrase ``name`` with ``values`` filled in and superfluous spaces removed."""
    text: str = prompt_table("offline.toml")["phrases"][name]
    return " ".join(text.format(**values).split()).replace(" ,", ",").replace(" .", ".").replace("( ", "(").replace(" )", ")")


def missing(name: str, /, marker: str = "", **values: object) -> str:
    """A sentence that says what the sources lack: the phrase ``name`` after the lead that drafts use for it.

    ``marker`` cites what the sources do have of it, such as the arm whose days they do not give.
    """
    lead: str = prompt_table("conventions.toml")["missing_lead"]
    return f"{f'{lead} {lacking(name, **values)} {marker}'.strip()}."


def lacking(name: str, /, **values: object) -> str:
    """What the sources lack, in words."""
    text: str = prompt_table("offline.toml")["missing"][name]
    return " ".join(text.format(**values).split())


def is_lack(sentence: str) -> bool:
    """Whether a sentence says what the sources lack."""
    lead: str = prompt_table("conventions.toml")["missing_lead"]
    return sentence.startswith(lead)


def reply(name: str) -> str:
    """A fixed reply about the assistant itself."""
    text: str = prompt_table("offline.toml")["replies"][name]
    return text


def quoted(lead: str, quote: str, marker: str) -> str:
    """A quotation with its marker, without the mark of a heading or list item; ``quote`` may hold braces, so it is no value of a phrase."""
    return phrase("quote", lead=lead, quote="\0", marker=marker).replace("\0", _MARK.sub("", quote))


def number(value: float, decimals: int | None = None) -> str:
    """``1,000``, ``52.5``; with ``decimals`` rounded to that many, small values to two significant digits instead."""
    if decimals is None:
        return written.number(value)
    if value and abs(value) < 10**-decimals * 5:
        return f"{value:.2g}"
    return f"{value:,.{decimals}f}"


def significant(value: float, digits: int = 4) -> str:
    """``value`` to so many significant digits, its whole part in full; never in exponent form for everyday sizes.

    Zeros in place of digits of the whole part would be read as exact.
    """
    if abs(value) >= 10**digits:
        return f"{value:,.0f}"
    text = f"{value:.{digits}g}"
    small = _SMALLEST <= abs(value) < 1
    return f"{Decimal(text):f}" if small else f"{float(text):,.10g}"


def decimals(*values: float) -> int:
    """How many decimals the most precise of ``values`` is written with."""
    return min(_DECIMALS_AT_MOST, max(len(f"{value:.10g}".partition(".")[2]) for value in values))


def amount(value: str, unit: str) -> str:
    """``value`` with its unit in words: ``28.5 days``, ``1 day``, ``54.8 %``, ``25 uCi``."""
    words: dict[str, Any] = prompt_table("offline.toml")["units"]
    if unit in words:
        singular, plural = words[unit]
        return f"{value} {singular if value == '1' else plural}"
    return f"{value} {unit}".strip()


def result_words(result: Result) -> str:
    """A result as it is, ``1,000 days``, where it is short, else to four significant digits."""
    exact = number(result.value)
    return amount(exact if len(exact) <= _EXACT_AT_MOST else significant(result.value), result.unit)


def arithmetic(expression: str, result: Result, mark: str) -> str:
    """An expression, as it was calculated, and its result. A slash between two numbers would be read as a share, 3/8 of the animals."""
    return phrase("arithmetic", expression=expression.replace(" / ", " ÷ "), result=result_words(result), mark=mark)


def survival_words(survival: Survival) -> str:
    """``mean survival of 52.5 days``; no statistic where the source names none."""
    statistic = f"{survival.statistic} " if survival.statistic else ""
    return phrase("survival_value", statistic=statistic, amount=amount(number(survival.value), survival.unit))


def activity_words(activity: Activity) -> str:
    """``approximately 300 uCi``, ``20 MBq/kg``."""
    return f"{'approximately ' if activity.approximate else ''}{number(activity.value)} {activity.measure}"


def arm_words(study: Study, arm: Arm, *, capital: bool = False) -> str:
    """``two doses of QX 177 in S-9``; the label, then what of compound and model the label does not say itself."""
    where = study.name if study.compound else study.model or study.disease or phrase("unnamed_study")
    if arm.control:
        words = phrase("control_arm", label=control_label(arm), study=where)
    elif study.compound and study.compound.casefold() in arm.label.casefold():
        model = study.model or study.disease
        words = phrase("arm_in_model", label=arm.label, model=model) if model else arm.label
    else:
        words = phrase("arm" if study.compound else "arm_in_model", label=called(arm), study=where, model=where)
    return words[:1].upper() + words[1:] if capital else words


def control_label(arm: Arm) -> str:
    """``control arm``, ``saline arm``, ``untreated mice arm``: what the document calls the arm."""
    if called(arm) != arm.label:
        return phrase("control_called", label=called(arm))
    label = re.sub(r"\s*\b(?:arm|group|cohort)s?$", "", arm.label, flags=re.IGNORECASE)
    return phrase("control_label", label="control" if label.casefold() in ("control", "controls") else label)


def reference_words(arm: Arm) -> str:
    """What a treatment is compared with: ``the single dose arm``, ``group B``."""
    if arm.control or not re.match(rf"{ARM_NOUN}\b", called(arm), re.IGNORECASE):
        return phrase("reference", label=control_label(arm))
    return called(arm)


def called(arm: Arm) -> str:
    """The arm's label; ``group 2`` where that is no more than a letter or number."""
    return phrase("group", label=arm.label) if re.fullmatch(SIGN, arm.label) else arm.label


def joined_markers(*groups: str) -> str:
    """``[1][2]`` and ``[1][3]`` as ``[1][2][3]``."""
    return "".join(dict.fromkeys(marker for group in groups for marker in re.findall(r"\[c?\d+\]", group)))


def doses_words(count: int) -> str:
    """``a single dose``, ``3 doses``."""
    return phrase("one_dose") if count == 1 else phrase("doses", count=count)


def days_words(days: Sequence[int]) -> str:
    """``day 0 and day 42``."""
    names = [f"day {day}" for day in days]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def title(text: str) -> str:
    """A document's title as it stands within a sentence: without its own full stop."""
    return " ".join(text.split()).rstrip(".")


def title_words(study: Study, findings: Findings) -> str:
    """``“title” (date)`` of the study's document."""
    document = findings.document(study.document)
    if document is None:
        return ""
    return phrase("document", title=title(document.title), date=document.date or phrase("undated"))


def half_lives_words(count: float) -> str:
    """So many half-lives as they are told: ``1 half-life``, ``3 half-lives``."""
    return f"{number(count)} half-{'life' if count == 1 else 'lives'}"


def time_passed(value: float, unit: str) -> str:
    """A time as it is told: ``a week``, ``an hour``, ``2 days``."""
    return f"{'an' if unit == 'hour' else 'a'} {unit}" if value == 1 else amount(number(value), unit)
