"""How often Yes and No are rightly said to the yes/no questions of tests/evals/pairs.

    python -m tests.benchmarks.verdicts h e

The arguments are folders there, each the work of one author: a question is asked of all the folder's documents, and what its answer
begins with is held against what the author's quote says. Half of the questions are made to mislead: negated, turned round, about
another actor or time; to a fifth the quote says neither. Prints for Yes, for No and for answers without either what would have been right,
and those that were wrong with ``--errors``.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.fit_lookup import library

PAIRS = Path(__file__).parents[1] / "evals" / "pairs"
_VERDICT = re.compile(r"\W*(yes|no)\b[:.,]", re.IGNORECASE)


def verdicts(author: str, homes: Path) -> Iterator[tuple[str, str, str]]:
    """Question, what was said (yes, no or neither), what the quote says."""
    rows = [json.loads(line) for line in (PAIRS / author / "yesno.jsonl").read_text(encoding="utf-8").splitlines()]
    with library([PAIRS / author / name for name in sorted({row["document"] for row in rows})], homes) as assistant:
        for row in rows:
            said = _VERDICT.match(assistant.ask(row["question"]).text)
            yield row["question"], said[1].lower() if said else "neither", row["yesno"] or "neither"


def main(arguments: Sequence[str]) -> None:
    """Asks, and prints the counts."""
    authors = [argument for argument in arguments if not argument.startswith("--")]
    with tempfile.TemporaryDirectory() as homes:
        found = [each for author in authors for each in verdicts(author, Path(homes))]
    counted = Counter((said, right) for _, said, right in found)
    for said in ("yes", "no", "neither"):
        print(f"said {said}: " + ", ".join(f"{counted[said, right]} where {right} is right" for right in ("yes", "no", "neither")))
    if "--errors" in arguments:
        print("\n".join(f"{said}, not {right}: {question}" for question, said, right in found if said not in ("neither", right)))


if __name__ == "__main__":
    main(sys.argv[1:])
