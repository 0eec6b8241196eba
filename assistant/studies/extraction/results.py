"""Drafts → studies: what holds for all arms is filled in, labels are chosen, spans are written down."""

from __future__ import annotations

import re
from collections import Counter

from assistant.studies.extraction.drafts import ArmDraft, StudyDraft
from assistant.studies.extraction.mentions import Mention, Page
from assistant.studies.extraction.regimens import Attribute, Trait
from assistant.studies.extraction.substances import Substances
from assistant.studies.facts import Arm, Nuclide, Study, Survival
from assistant.values import Span

_SINGULAR = {
    "doses": "dose",
    "injections": "injection",
    "fractions": "fraction",
    "cycles": "cycle",
    "administrations": "administration",
    "infusions": "infusion",
}


def finished(document_id: str, page: Page, drafts: list[StudyDraft], substances: Substances) -> tuple[Study, ...]:
    """The drafts that amount to a study: with a survival, or with arms of known activity or number in a named model."""
    made = []
    for draft in drafts:
        _generalise(draft)
        alive = [arm for arm in draft.arms if arm.life or arm.notes]
        explicit = draft.model and sum(1 for arm in draft.arms if "activity" in arm.traits or "n" in arm.traits) >= 2
        if alive or explicit:
            made.append(_study(document_id, page, draft, substances))
    return tuple(made)


def _generalise(draft: StudyDraft) -> None:
    """What is said once holds for all arms that do not say otherwise; an arm that only says such a thing is none."""
    reported = [arm for arm in draft.arms if arm.life or arm.notes]
    for arm in [a for a in draft.arms if a not in reported and not a.control and "drug" not in a.traits and "group" not in a.traits]:
        defining: set[Attribute] = {"activity", "doses"} & arm.traits.keys()
        hosts = [a for a in reported if not a.control and not defining & a.traits.keys()]
        if hosts and len(defining) >= 1 and not (defining == {"activity"} and any("activity" in a.traits for a in reported)):
            draft.design.take(t for t in arm.traits.values() if t.kind in ("activity", "doses", "n") and (t.kind != "n" or t.each))
            draft.arms.remove(arm)
    kinds: tuple[Attribute, ...] = ("activity", "doses")
    for kind in kinds:
        stated = [a.traits[kind] for a in draft.treated if kind in a.traits]
        values = {t.number if kind == "doses" else t.activity for t in stated}
        shared = draft.design.traits.get(kind) or (stated[0] if len(values) == 1 and kind == "activity" else None)
        if shared and (len(values) == 0 or len(values) == 1 and kind == "activity"):
            for arm in draft.treated:
                if "drug" not in arm.traits or arm.traits["drug"].each:
                    arm.traits.setdefault(kind, shared)
    if each := draft.design.traits.get("n"):
        for arm in draft.arms:
            arm.traits.setdefault("n", each)


def _study(document_id: str, page: Page, draft: StudyDraft, substances: Substances) -> Study:
    spans: dict[str, Span] = {}

    def read(name: str, mention: Mention | None) -> str | None:
        if mention is None:
            return None
        spans[name] = Span(document=document_id, start=mention.start, end=mention.end)
        return " ".join(mention.name.split())

    carried = substances.nuclide(draft.compound.key) if draft.compound else None
    compound = read("compound", draft.compound)
    if carried:
        spans["nuclide"] = Span(document=document_id, start=carried.start, end=carried.end)
    return Study(
        document=document_id,
        compound=compound,
        nuclide=Nuclide(name=carried.name, stated=carried.stated) if carried else None,
        model=read("model", draft.model),
        disease=read("disease", draft.disease),
        species=read("species", draft.species),
        arms=_arms(document_id, page, draft),
        spans=spans,
    )


def _arms(document_id: str, page: Page, draft: StudyDraft) -> tuple[Arm, ...]:
    ordered = sorted(draft.arms, key=lambda arm: (arm.life is None, arm.life.start if arm.life else 0))
    labels = _labels(ordered)
    return tuple(_arm(document_id, arm, label) for arm, label in zip(ordered, labels, strict=True))


def _arm(document_id: str, draft: ArmDraft, label: tuple[str, Trait]) -> Arm:
    def span(trait: Trait) -> Span:
        return Span(document=document_id, start=trait.start, end=trait.end)

    spans = {"label": span(label[1])}
    doses, days = draft.traits.get("doses"), draft.traits.get("days")
    if days and (draft.control or (doses and doses.number != len(days.days)) or (doses is None and len(days.days) < 2)):
        days = None
    if days and doses is None:
        doses = Trait("doses", days.start, days.end, days.text, number=len(days.days))
    activity, n = draft.traits.get("activity"), draft.traits.get("n")
    control = draft.traits.get("control")
    for name, trait in (("control", control), ("n", n), ("activity", activity), ("doses", doses), ("days", days)):
        if trait:
            spans[name] = span(trait)
    count = doses.number if doses else None
    if control and control.name in ("untreated", "no treatment"):
        count, spans["doses"] = 0, span(control)
    life = draft.life
    return Arm(
        label=label[0],
        control=control is not None,
        n=n.number if n else None,
        activity=activity.activity if activity else None,
        doses=count,
        days=days.days if days else (),
        survival=Survival(
            value=life.value, unit=life.unit, statistic=life.statistic, span=Span(document=document_id, start=life.start, end=life.end)
        )
        if life
        else None,
        notes=tuple(draft.notes),
        spans=spans,
    )


def _labels(arms: list[ArmDraft]) -> list[tuple[str, Trait]]:
    """A short label per arm from the text: what sets it apart from the others."""
    treated = [arm for arm in arms if not arm.control]
    distinct: dict[Attribute, int] = {}
    kinds: tuple[Attribute, ...] = ("group", "activity", "doses", "drug")
    for kind in kinds:
        distinct[kind] = len({_value(arm.traits.get(kind)) for arm in treated})
    labels = [_label(arm, distinct) for arm in arms]
    counts = Counter(text for text, _ in labels)
    return [(text if counts[text] == 1 else f"{text} {place}", trait) for place, (text, trait) in enumerate(labels, 1)]


def _value(trait: Trait | None) -> object:
    if trait is None:
        return None
    return trait.number if trait.kind == "doses" else trait.activity if trait.kind == "activity" else trait.name


def _label(arm: ArmDraft, distinct: dict[Attribute, int]) -> tuple[str, Trait]:
    known = arm.traits | arm.naming
    if arm.control:
        trait = known["control"] if known["control"].name else arm.traits["control"]
        return re.sub(
            r"^controls$",
            "control",
            " ".join(trait.text.split()).lower() if trait.text.lower() in ("controls", "control", "untreated") else trait.text,
        ), trait
    drug, doses, activity, group = known.get("drug"), known.get("doses"), known.get("activity"), known.get("group")
    parts: list[tuple[str, Trait]] = []
    if group:
        parts = [(" ".join(group.text.split()), group)]
    elif activity and doses and doses.number > 1 and (distinct["activity"] > 1):
        parts = [(f"{doses.number} × {' '.join(activity.text.split())}", activity)]  # noqa: RUF001
    elif activity and (distinct["activity"] > 1 or not doses):
        parts = [(" ".join(activity.text.split()), activity)]
    elif doses:
        parts = [(_spoken(doses), doses)]
    if drug and (distinct["drug"] > 1 or not parts):
        parts = [(f"{parts[0][0]} + {drug.text}", parts[0][1])] if parts and drug.each else [*parts, (drug.text, drug)][-1:]
    if not parts:
        other = known.get("compound") or known.get("n") or next(iter(known.values()))
        parts = [(" ".join(other.text.split()), other)]
    return parts[0]


def _spoken(doses: Trait) -> str:
    """ "two doses" for "two-dose", "single dose" for "single-dose"; adjectives between are left out."""
    words = re.split(r"[\s-]+", doses.text.strip())
    if len(words) == 1:
        return f"{words[0]} dose" if doses.number == 1 else f"{words[0]} doses"
    thing = words[-1]
    stem = _SINGULAR.get(thing.lower(), thing.lower())
    return f"{words[0]} {stem}" if doses.number == 1 else f"{words[0]} {stem}s"
