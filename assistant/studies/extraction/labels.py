"""What people call an arm: short, in the words of the text, and unlike the other arms of its study."""

from __future__ import annotations

import re
from collections import Counter

from assistant.language.designations import SIGN
from assistant.studies.extraction.comparators import COMBINATION
from assistant.studies.extraction.drafts import ArmDraft
from assistant.studies.extraction.groups import REFERRING
from assistant.studies.extraction.traits import Attribute, Trait
from assistant.studies.vocabulary import read

_SINGULAR = re.compile(r"(?<=[a-z])s$")
_GROUP_WORD = re.compile(r"(?<=dose|vity)\s+(?:group|arm|level|cohort)$", re.IGNORECASE)
_QUALIFIER = re.compile(r"^[^\d.]+(?=[\d.])")
# Words that open a schedule; a number of doses opens with its count.
_NOT_COUNTED = re.compile(
    r"days?|d\d+|on|q\d*\w*|weekly|every|given|administered|dosed|injected|treated|received|x|\u00d7|dose|injection", re.IGNORECASE
)
# What groups are called by that have signs: "arm a", "group 2".
_SIGNED = re.compile(rf"(?:group|arm|cohort)\s{SIGN}", re.IGNORECASE)
_MANNER = re.compile(r"\b(?:dosing|treatment|administration)\W*$", re.IGNORECASE)
_TIMES = {"once": "one dose", "twice": "two doses", "thrice": "three doses"}
_KINDS: tuple[Attribute, ...] = ("group", "activity", "doses", "drug", "compound")
Label = tuple[str, Trait]


def labels(arms: list[ArmDraft]) -> list[Label]:
    """A label for each arm with the trait it was read from."""
    distinct = {kind: len({_value(arm.traits.get(kind)) for arm in arms if not arm.control}) for kind in _KINDS}
    combined = [arm for arm in arms if (drug := arm.traits.get("drug")) and drug.name == COMBINATION and not arm.label]
    found = [_drug(arm) if combined == [arm] else _label(arm, distinct) for arm in arms]
    counts = Counter(text for text, _ in found)
    return [(text if counts[text] == 1 else f"{text} ({place})", trait) for place, (text, trait) in enumerate(found, 1)]


def _value(trait: Trait | None) -> object:
    if trait is None:
        return None
    return trait.number if trait.kind == "doses" else trait.activity if trait.kind == "activity" else trait.name


def _label(arm: ArmDraft, distinct: dict[Attribute, int]) -> Label:
    if arm.label:
        return _one_line(arm.label), arm.label
    if arm.control:
        return _control(arm)
    known = arm.traits | arm.naming
    base = _base(known, distinct)
    drug = known.get("drug")
    if drug and (base is None or not drug.each):
        return _one_line(drug), drug
    if drug and base:
        return f"{base[0]} + {_one_line(drug)}", base[1]
    return base or _fallback(known)


def _drug(arm: ArmDraft) -> Label:
    """ "The combination" needs no amount where it is the only one."""
    drug = arm.traits["drug"]
    return re.sub(r"^the\s+", "", _one_line(drug), flags=re.IGNORECASE), drug


def _base(known: dict[Attribute, Trait], distinct: dict[Attribute, int]) -> Label | None:
    doses, activity, group = known.get("doses"), known.get("activity"), known.get("group")
    if group and group.name not in REFERRING and not (doses and doses.number == 1 and _tells_several(group)):
        return _GROUP_WORD.sub("", _group(group)), group
    if activity and doses and doses.number > 1 and distinct["activity"] > 1:
        return f"{doses.number} \N{MULTIPLICATION SIGN} {_amount(activity)}", activity
    if activity and (distinct["activity"] > 1 or not doses or distinct["doses"] < 2):
        return _amount(activity), activity
    return (_spoken(doses), doses) if doses else None


def _tells_several(group: Trait) -> bool:
    """Whether what seems to name a group is how several doses are given: "fractionated dosing", which is no name of an arm that got one."""
    return _MANNER.search(group.text) is not None and any(term.values("several") for term in read(group.text))


def _group(trait: Trait) -> str:
    """ "cohort 2", also where the text lists it as one of "cohorts 1, 2 and 3"."""
    text = _one_line(trait).strip("()")
    noun = trait.name.partition(" ")[0]
    return f"{noun} {text}" if trait.name == f"{noun} {text}".casefold() else text


def _fallback(known: dict[Attribute, Trait]) -> Label:
    trait = known.get("compound") or known.get("n") or next(iter(known.values()))
    return _one_line(trait), trait


def _control(arm: ArmDraft) -> Label:
    trait, group = arm.traits["control"], arm.traits.get("group")
    text = _one_line(trait)
    label = "control" if text.casefold() in ("control", "controls") else text[0].lower() + text[1:] if text[1:].islower() else text
    signed = group is not None and _SIGNED.fullmatch(group.name) is not None
    return (f"{label} ({group.name.partition(' ')[0]} {group.name.rpartition(' ')[2].upper()})" if group and signed else label), trait


def _amount(trait: Trait) -> str:
    """ "20 MBq" as written, without "approximately"; a member of a list ("10, 20 and 40 MBq") gets the unit of the list."""
    text = _QUALIFIER.sub("", _one_line(trait))
    if not trait.activity or any(map(str.isalpha, text)):
        return text
    return f"{text} {trait.activity.measure}"


def _one_line(trait: Trait) -> str:
    return " ".join(trait.text.split())


def _spoken(doses: Trait) -> str:
    """ "two doses" for "two-dose", "single dose" for "single-dose"; adjectives between count and noun are left out."""
    words = re.split(r"[\s-]+", doses.text.strip())
    if words[0].casefold() in _TIMES:
        return _TIMES[words[0].casefold()] if len(words) == 1 else _one_line(doses)
    if doses.kind != "doses" or _NOT_COUNTED.fullmatch(words[0]):
        return _one_line(doses)
    noun = _SINGULAR.sub("", words[-1].casefold()) if len(words) > 1 else "dose"
    return f"{words[0].casefold()} {noun}" if doses.number == 1 else f"{words[0].casefold()} {noun}s"
