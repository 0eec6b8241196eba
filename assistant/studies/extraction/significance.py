"""Where a document states a p-value for the survival of a study's arms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.language.p_values import P_VALUE
from assistant.studies.extraction.drafts import StudyDraft
from assistant.studies.extraction.mentions import Mention, Page

_OF_SURVIVAL = re.compile(r"\b(?:surviv\w*|lived|lifespans?|OS|log-?\s?rank|mantel|kaplan|hazard)\b", re.IGNORECASE)


def note_tests(page: Page, studies: Sequence[StudyDraft]) -> None:
    """Gives each study the first p-value that is told of its survival: beside a figure, right behind one, or on survival further on."""
    for before, clause in pairwise((page.clauses[0], *page.clauses)):
        lives = [(arm.life.start, study) for study in studies for arm in study.arms if arm.life and arm.life.start < clause.end]
        match = next(clause.find(P_VALUE), None)
        if match is None or not lives:
            continue
        figure, study = max(lives, key=lambda told: told[0])
        if study.tested is None and (before.start <= figure or _OF_SURVIVAL.search(clause.text)):
            study.tested = Mention(match.start(), match.end(), match.group(), "p_value")
