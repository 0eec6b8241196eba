"""Questions to begin with, made from what the documents report; only such as the extracted studies can answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from assistant.interfaces.render.clean import one_line
from assistant.interfaces.render.wording import animals
from assistant.resources import prompt_table
from assistant.studies.facts import Arm, Study
from assistant.values import Document

# Labels such as "two doses" read well in a question; "group B", "A2" and "2 × 5 MBq" do not.
_PLAIN_LABEL = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
# A title longer than this makes no question that one likes to read.
_LONGEST_TITLE = 60


def suggestions(studies: Sequence[Study], documents: Sequence[Document], most: int = 3) -> tuple[str, ...]:
    """At most ``most`` questions: of each study one first, those of the newest documents before others, then more of each."""
    words = prompt_table("chat.toml")["suggestions"]
    if not documents:
        return ()
    dates = {document.id: document.date or "" for document in documents}
    newest = sorted(studies, key=lambda study: dates.get(study.document, ""), reverse=True)
    compounds, names, models = Counter(s.compound for s in studies), Counter(s.name for s in studies), Counter(s.model for s in studies)
    by_study = [
        dict(_of_study(s, own_compound=compounds[s.compound] == 1, own_model=models[s.model] == 1))
        for s in newest
        if s.compound and names[s.name] == 1
    ]
    silent = [document for document in documents if document.id not in {study.document for study in studies}]
    titles = [words["document"].format(title=one_line(d.title)) for d in silent if len(d.title) <= _LONGEST_TITLE]
    by_turn = list(_varied(by_study))
    general = words["studies"] if studies else words["documents"]
    return tuple(islice(dict.fromkeys([*by_turn[: most - 1], *titles[:1], general, *by_turn[most - 1 :]]), most))


def _varied(by_study: Sequence[dict[str, str]]) -> Iterator[str]:
    """Of each study a question of a kind that was not asked before, where it has one, then what is left."""
    asked: list[str] = []
    for questions in by_study:
        if kind := next((kind for kind in questions if kind not in asked), next(iter(questions), None)):
            asked.append(kind)
            yield questions.pop(kind)
    for turn in zip_longest(*(questions.values() for questions in by_study)):
        yield from filter(None, turn)


def _of_study(study: Study, *, own_compound: bool, own_model: bool) -> Iterator[tuple[str, str]]:
    """Questions about one study under their kinds, the most telling first; where a name is ambiguous, only such as name the model too."""
    words = prompt_table("chat.toml")["suggestions"]
    beasts = study.species != "human"
    names = {
        "compound": one_line(study.compound or ""),
        "model": one_line(study.model or study.disease or ""),
        "animals": (animals(study.species) if study.species else words["animals"]) if beasts else words["patients"],
    }
    measured = [arm for arm in study.arms if arm.survival]
    treated = sorted((arm for arm in measured if not arm.control), key=_days, reverse=True)
    if own_compound and beasts and len(treated) > 1 and _reads_well(treated[0]) and _reads_well(treated[-1]):
        yield "benefit", words["benefit"].format(treatment=_called(treated[0]), reference=_called(treated[-1]), **names)
    elif own_compound and measured:
        yield "survival", words["survival"].format(**names)
    elif own_model and study.model and measured:
        yield "model", words["model"].format(**names)
    if own_model and beasts and study.model and any(arm.control for arm in measured):
        yield "control", words["control"].format(**names)


def _reads_well(arm: Arm) -> bool:
    courses = prompt_table("chat.toml")["suggestions"]["courses"]
    return _PLAIN_LABEL.fullmatch(arm.label) is not None and re.split("[ -]", arm.label)[-1] in courses


def _called(arm: Arm) -> str:
    single: str = prompt_table("chat.toml")["suggestions"]["single"]
    return single.format(label=arm.label) if arm.label.startswith("single") else arm.label


def _days(arm: Arm) -> float:
    return arm.survival.value if arm.survival else 0.0
