"""Drafts → studies: what holds for all arms is filled in, compounds are set apart, labels are chosen, spans written down."""

from __future__ import annotations

from dataclasses import replace

from assistant.studies.extraction.comparators import UNTREATED
from assistant.studies.extraction.drafts import ArmDraft, StudyDraft
from assistant.studies.extraction.generalities import generalise
from assistant.studies.extraction.labels import labels
from assistant.studies.extraction.mentions import Mention
from assistant.studies.extraction.retold import is_echo, without_echoes
from assistant.studies.extraction.substances import Substances
from assistant.studies.extraction.traits import Attribute, Trait
from assistant.studies.facts import Arm, Nuclide, Study, Survival
from assistant.values import Span

_REPORTED: tuple[Attribute, ...] = ("activity", "n")


def finished(document_id: str, drafts: list[StudyDraft], substances: Substances) -> tuple[Study, ...]:
    """The drafts that amount to a study: with a survival, or with arms of known activity or number in a named model."""
    made = []
    for draft in [draft for draft in drafts if not is_echo(draft, drafts)]:
        draft.arms = without_echoes(draft)
        generalise(draft)
        draft.arms = [arm for arm in draft.arms if arm.life or arm.notes or any(kind in arm.traits for kind in _REPORTED)]
        explicit = (draft.model is not None and len(draft.arms) >= 2) or _is_escalation(draft)
        if explicit or any(arm.life or any(note.kind == "survival" for note in arm.notes) for arm in draft.arms):
            made += [_study(document_id, part, substances) for part in _by_compound(draft)]
    return tuple(made)


def _is_escalation(draft: StudyDraft) -> bool:
    """Whether it is a trial of which at least two cohorts are told by name, with the activity and the number of patients of each."""
    told = [arm for arm in draft.treated if {"group", "activity", "n"} <= arm.traits.keys()]
    return draft.clinical and len(told) >= 2


def _by_compound(draft: StudyDraft) -> list[StudyDraft]:
    """One study per compound; the controls and comparators belong to each."""
    keys = list(dict.fromkeys(arm.compound for arm in draft.treated if arm.compound))
    parts = []
    for key in keys:
        trait = next(arm.traits["compound"] for arm in draft.treated if arm.compound == key)
        named = Mention(trait.start, trait.end, trait.text, trait.name)
        arms = [arm for arm in draft.arms if arm.compound in (None, key)]
        parts.append(replace(draft, compound=named, arms=arms))
    return parts or [draft]


def _study(document_id: str, draft: StudyDraft, substances: Substances) -> Study:
    spans: dict[str, Span] = {}

    def read(name: str, mention: Mention | None) -> str | None:
        if mention is None:
            return None
        spans[name] = Span(document=document_id, start=mention.start, end=mention.end)
        return " ".join(mention.name.split())

    named = draft.compound and (substances.named(draft.compound.key) or draft.compound)
    carried = substances.nuclide(draft.compound.key) if draft.compound else None
    if carried:
        spans["nuclide"] = Span(document=document_id, start=carried.start, end=carried.end)
    if draft.tested:
        spans["p_value"] = Span(document=document_id, start=draft.tested.start, end=draft.tested.end)
    ordered = sorted(draft.arms, key=lambda arm: (arm.life is None, arm.life.start if arm.life else 0))
    return Study(
        document=document_id,
        compound=read("compound", named),
        nuclide=Nuclide(name=carried.name, stated=carried.stated) if carried else None,
        model=read("model", draft.model),
        disease=read("disease", draft.disease),
        species=read("species", draft.species),
        arms=tuple(_arm(document_id, arm, label) for arm, label in zip(ordered, labels(ordered), strict=True)),
        spans=spans,
    )


def _arm(document_id: str, draft: ArmDraft, label: tuple[str, Trait]) -> Arm:
    def span(trait: Trait) -> Span:
        start, end = trait.place
        return Span(document=document_id, start=start, end=end)

    told = draft.traits
    doses, days, activity, n, control = (told.get(kind) for kind in ("doses", "days", "activity", "n", "control"))
    if draft.control:
        doses = None
    if days and not draft.control and (doses is None or doses.number != len(days.days)):
        days = None
    if activity and activity.activity is None:
        activity = None
    named = {"label": label[1], "control": control, "n": n, "activity": activity, "doses": doses, "days": days}
    count = doses.number if doses else None
    if control and control.name == UNTREATED:
        count, named["doses"] = 0, control
    life = draft.life
    survival = None
    if life:
        survival = Survival(
            value=life.value, unit=life.unit, statistic=life.statistic, span=Span(document=document_id, start=life.start, end=life.end)
        )
    return Arm(
        label=label[0],
        control=control is not None,
        n=n.number if n else None,
        activity=activity.activity if activity else None,
        doses=count,
        days=days.days if days else (),
        survival=survival,
        notes=tuple(draft.notes),
        spans={name: span(trait) for name, trait in named.items() if trait},
    )
