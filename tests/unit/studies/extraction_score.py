"""Scores extracted studies against the expected ones, field by field."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.language.names import name_key
from assistant.library.readers.laid_out import with_tables
from assistant.studies.extract import extract_studies
from assistant.studies.facts import Arm, Study

TEXTS = Path(__file__).parent / "texts"
Fields = dict[str, object]


@dataclass
class Score:
    """Counts per field: right, wrong (or not in the text), missed; ``errors`` names each that is not right."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def precision(self) -> float:
        return sum(self.right.values()) / max(1, sum(self.right.values()) + sum(self.wrong.values()))

    def recall(self) -> float:
        return sum(self.right.values()) / max(1, sum(self.right.values()) + sum(self.missed.values()))

    def compare(self, where: str, expected: Fields, found: Fields) -> None:
        for name in expected.keys() | found.keys():
            wanted, got = expected.get(name), found.get(name)
            if wanted == got:
                self.right[name] += 1
                continue
            if got is not None:
                self.wrong[name] += 1
            if wanted is not None:
                self.missed[name] += 1
            self.errors.append(f"{where}: {name} is {got!r}, expected {wanted!r}")


def cases(part: str) -> list[Path]:
    return sorted((TEXTS / part).glob("*.toml"))


def score(paths: list[Path]) -> Score:
    total = Score()
    for path in paths:
        case = tomllib.loads(path.read_text(encoding="utf-8"))
        _score_text(total, path.stem, case["studies"], list(extract_studies(path.stem, with_tables(case["text"]))))
    return total


def _score_text(total: Score, name: str, expected: list[dict[str, Any]], found: list[Study]) -> None:
    left = list(found)
    for wanted in expected:
        best = max(left, key=lambda study: _likeness(wanted, study), default=None)
        if best is not None and _likeness(wanted, best) > 0:
            left.remove(best)
        else:
            best = None
        total.compare(name, _wanted_study(wanted), _found_study(best) if best else {})
        _score_arms(total, name, wanted["arms"], list(best.arms) if best else [])
    for study in left:
        total.compare(name, {}, _found_study(study))
        _score_arms(total, name, [], list(study.arms))


def _score_arms(total: Score, name: str, expected: list[dict[str, Any]], found: list[Arm]) -> None:
    wanted = [(_wanted_arm(arm), str(arm["label"])) for arm in expected]
    rated = sorted(((_arm_likeness(w, arm), i, k) for i, (w, _) in enumerate(wanted) for k, arm in enumerate(found)), reverse=True)
    partner: dict[int, int] = {}
    for likeness, i, k in rated:
        if likeness > 0 and i not in partner and k not in partner.values():
            partner[i] = k
    for i, (fields, label) in enumerate(wanted):
        total.compare(f"{name}/{label}", fields, _found_arm(found[partner[i]]) if i in partner else {})
    for k, arm in enumerate(found):
        if k not in partner.values():
            total.compare(f"{name}/{arm.label} (extra)", {}, _found_arm(arm))


def _likeness(wanted: dict[str, Any], study: Study) -> float:
    lives = {(a["survival"][0], a["survival"][1]) for a in wanted["arms"] if "survival" in a}
    got = {(a.survival.value, a.survival.unit) for a in study.arms if a.survival}
    same = (name_key(wanted.get("compound", "")) == name_key(study.compound or "")) + (wanted.get("model", "") == (study.model or ""))
    return len(lives & got) + 0.4 * same


def _arm_likeness(fields: Fields, arm: Arm) -> float:
    got = _found_arm(arm)
    weights = {"survival": 5.0, "control": 2.0, "activity": 1.0, "doses": 1.0, "n": 0.5}
    return sum(weight for name, weight in weights.items() if fields.get(name) is not None and fields.get(name) == got.get(name))


def _wanted_study(study: dict[str, Any]) -> Fields:
    fields: Fields = {"compound": name_key(study.get("compound", ""))} | {
        k: study.get(k) for k in ("nuclide", "model", "disease", "species")
    }
    fields["disease"] = str(fields["disease"] or "").casefold()
    return {name: value for name, value in fields.items() if value}


def _found_study(study: Study) -> Fields:
    fields: Fields = {
        "compound": name_key(study.compound or ""), "nuclide": study.nuclide.name if study.nuclide else None,
        "model": study.model, "disease": (study.disease or "").casefold(), "species": study.species,
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value}


def _wanted_arm(arm: dict[str, Any]) -> Fields:
    fields: Fields = {name: arm[name] for name in ("control", "n", "doses") if name in arm}
    if "activity" in arm:
        fields["activity"] = tuple(arm["activity"])
    if "days" in arm:
        fields["days"] = tuple(arm["days"])
    if "survival" in arm:
        value, unit, statistic = arm["survival"]
        fields |= {"survival": (value, unit), "statistic": statistic or None}
    return {name: value for name, value in fields.items() if value is not None}


def _found_arm(arm: Arm) -> Fields:
    fields: Fields = {"control": arm.control or None, "n": arm.n, "doses": arm.doses, "days": arm.days or None}
    if arm.activity:
        fields["activity"] = (arm.activity.value, arm.activity.unit, arm.activity.per or "")
    if arm.survival:
        fields |= {"survival": (arm.survival.value, arm.survival.unit), "statistic": arm.survival.statistic}
    return {name: value for name, value in fields.items() if value is not None}
