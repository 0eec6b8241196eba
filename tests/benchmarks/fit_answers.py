"""Fits assistant/library/answering.safetensors: what makes the packaged encoder bring a question near to the sentences that answer it.

    python -m tests.benchmarks.fit_answers ADAPTER [--epochs 3]

The examples are the pairs of tests/evals/pairs, those of folder ``h`` left out, and the cases of the looked-at files in ``CASES``: each
is a question with the sentences of its documents, as the program reads them, and which of them answer it. Left out, too, are the second
half of ``twelfth/``, ``release_practice.jsonl`` and ``release_third.jsonl``, on which fit_lookup.py fits the weights of the signs: the
encoder is surer of questions that it was fitted on than of others. Prints how often a right sentence is the nearest one for the pairs of
``h``, before and after. Takes a quarter of an hour on two cores, and needs what the program needs and nothing else.

Every matrix W of the attention and of the feed-forward part gets a narrow one beside it, W + up @ down (low-rank adaptation, Hu et al.
2021, arXiv:2106.09685), the rest stays as it is. The loss is the cross-entropy of the right sentences among those of a few documents, and
of none of them, which a near miss wants. In the end a quarter of the change is taken back (weight-space interpolation, Wortsman et al.
2022, arXiv:2109.01903), which costs nothing on questions of this kind and keeps the sense for plain ones that share words with their
answer.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from assistant.agent.desk import Desk
from assistant.agent.offline.sentences.units import units
from assistant.api import Assistant
from assistant.evaluation.cases import read_cases
from assistant.evaluation.engine import hold_only
from assistant.library.encoder import weights
from assistant.settings import PACKAGED_ENCODER

EVALS = Path(__file__).parents[1] / "evals"
PAIRS = EVALS / "pairs"
HELD_OUT = "h"
CASES = (
    *(f"release_{name}.jsonl" for name in ("fitted", "second", "fourth")),
    *(f"documents_{name}.jsonl" for name in ("fitted", "second", "third")),
    *(f"{name}/questions.jsonl" for name in ("fourth", "fifth", "ninth", "eleventh", "twelfth")),
)
# The authors of twelfth/ whose cases are left for fitting the weights of the signs.
LATER = ("tw-e", "tw-f", "tw-g", "tw-h")
RANK, KEPT = 16, 0.75
RATE, BIAS_RATE, TEMPERATURE, WARM_UP = 5e-4, 3e-3, 20.0, 0.1
QUESTIONS, DOCUMENTS, RIVALS, NEAREST, OF_EACH = 6, 2, 20, 14, 6
LONGEST, BATCH = 64, 16
NEAR_MISS = 0.4


@dataclass(frozen=True)
class Example:
    """A question, the sentences that answer it (none where it is a near miss) and the other ones of its documents."""

    place: str
    question: str
    right: frozenset[str]
    others: tuple[str, ...]


def pairs(folder: Path, documents: Path) -> Iterator[Example]:
    """The pairs in ``folder/pairs.jsonl``, or in the file ``folder``, over ``documents``."""
    file = folder if folder.is_file() else folder / "pairs.jsonl"
    rows = sorted(map(json.loads, file.read_text(encoding="utf-8").splitlines()), key=lambda row: str(row["document"]))
    for name, group in groupby(rows, key=lambda row: str(row["document"])):
        texts = sentences([documents / name])
        for row in group:
            quote = " ".join((row["quote"] or "").split())
            right = frozenset(meaning for text, meaning in texts if quote and quote in text)
            if bool(right) == bool(quote):
                yield Example(f"{file}:{name}", row["question"], right, rivals(texts, right))


def cases(file: Path) -> Iterator[Example]:
    """The cases of ``file`` that quote what they expect, or expect a refusal."""
    chosen = (case for case in read_cases(file) if not case.id.startswith(LATER) and len(case.turns) == 1)
    for documents, group in groupby(sorted(chosen, key=lambda case: case.documents), key=lambda case: case.documents):
        texts = sentences([file.parent / name for name in documents])
        for case in group:
            quotes = [" ".join(quote.split()) for quote in case.quote]
            right = frozenset(meaning for text, meaning in texts if any(quote in text for quote in quotes))
            if right or case.status == ("not_in_sources",):
                yield Example(f"{file}:{documents}", case.turns[-1], right, rivals(texts, right))


def sentences(documents: Sequence[Path]) -> list[tuple[str, str]]:
    """Each sentence of the documents, or of the packaged ones where there are none, and what it means where it stands."""
    with tempfile.TemporaryDirectory() as home, Assistant.open(home=Path(home)) as assistant:
        if documents:
            hold_only(assistant, documents)
        sources = Desk(assistant.library).every_passage(10**9)
        titles = {source.document.id: source.document.title for source in sources}
        return [(unit.quote, " ".join(unit.meaning.split())) for unit in units(sources, titles)]


def rivals(texts: Iterable[tuple[str, str]], right: frozenset[str]) -> tuple[str, ...]:
    """The sentences that are not right, each once."""
    return tuple(dict.fromkeys(meaning for _, meaning in texts if meaning not in right))


class Adapted(torch.nn.Module):
    """A linear layer with a narrow one beside it."""

    def __init__(self, layer: torch.nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.down = torch.nn.Parameter(torch.randn(RANK, layer.in_features) / layer.in_features**0.5)
        self.up = torch.nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """What the layer says and what was learnt beside it; twice, as the rate was chosen for that."""
        return self.layer(states) + (states @ self.down.T) @ self.up.T * 2


class Model:
    """The packaged encoder in torch, with an adapter."""

    def __init__(self) -> None:
        folder = weights(PACKAGED_ENCODER).folder
        self.tokens = AutoTokenizer.from_pretrained(folder)
        self.bert = AutoModel.from_pretrained(folder)
        self.bert.requires_grad_(False)
        for layer in self.bert.encoder.layer:
            attention = layer.attention.self
            for part, names in ((attention, ("query", "key", "value")), *((p, ("dense",)) for p in parts(layer))):
                for name in names:
                    setattr(part, name, Adapted(getattr(part, name)))

    def vectors(self, texts: Sequence[str]) -> torch.Tensor:
        """Unit vectors [texts, dimensions], as the program makes them, in bfloat16 within."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        rows: dict[int, torch.Tensor] = {}
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            batch = self.tokens([texts[p] for p in places], padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = self.bert(**batch).last_hidden_state.float()
            mask = batch["attention_mask"][..., None]
            rows.update(zip(places, functional.normalize((states * mask).sum(1), dim=-1), strict=True))
        return torch.stack([rows[place] for place in range(len(texts))])

    def first(self, examples: Sequence[Example]) -> str:
        """How many questions with an answer have a right sentence nearest."""
        asked = [example for example in examples if example.right]
        with torch.no_grad():
            hits = sum(self._nearest(example) in example.right for example in asked)
        return f"{hits} of {len(asked)}"

    def _nearest(self, example: Example) -> str:
        texts = [*sorted(example.right), *example.others]
        vectors = self.vectors([example.question, *texts])
        return texts[int((vectors[1:] @ vectors[0]).argmax())]


def parts(layer: torch.nn.Module) -> tuple[torch.nn.Module, ...]:
    """Where a layer's other matrices are."""
    return layer.attention.output, layer.intermediate, layer.output


def hardest(model: Model, example: Example) -> Example:
    """The example with those of the other sentences that are nearest to its question."""
    if len(example.others) <= NEAREST:
        return example
    with torch.no_grad():
        vectors = model.vectors([example.question, *example.others])
    nearest = (vectors[1:] @ vectors[0]).topk(NEAREST).indices.tolist()
    return Example(example.place, example.question, example.right, tuple(example.others[place] for place in nearest))


def batches(examples: Sequence[Example]) -> list[list[Example]]:
    """All examples, some of one document together with some of another."""
    by_place: dict[str, list[Example]] = defaultdict(list)
    for example in random.sample(examples, len(examples)):
        by_place[example.place].append(example)
    chunks = [group[first : first + QUESTIONS] for group in by_place.values() for first in range(0, len(group), QUESTIONS)]
    random.shuffle(chunks)
    return [[*chain.from_iterable(chunks[first : first + DOCUMENTS])] for first in range(0, len(chunks), DOCUMENTS)]


def loss_of(model: Model, batch: Sequence[Example], bias: torch.Tensor) -> torch.Tensor:
    """The mean cross-entropy of the batch; ``bias`` is the cosine at which a sentence is as likely as none."""
    texts = list(dict.fromkeys(random.choice(sorted(example.right)) for example in batch if example.right))
    others = [text for example in batch for text in random.sample(example.others, min(len(example.others), OF_EACH))]
    random.shuffle(others)
    texts += [text for text in dict.fromkeys(others) if text not in texts][: len(batch) + RIVALS - len(texts)]
    vectors = model.vectors([*(example.question for example in batch), *texts])
    scores = TEMPERATURE * torch.cat([vectors[: len(batch)] @ vectors[len(batch) :].T, bias.expand(len(batch), 1)], 1)
    right = torch.tensor([[text in example.right for text in texts] + [not example.right] for example in batch])
    each = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e9), 1)
    worth = torch.tensor([1.0 if example.right else NEAR_MISS for example in batch])
    return (each * worth).sum() / worth.sum()


def fit(model: Model, examples: Sequence[Example], epochs: int) -> None:
    """Fits the adapter; the rate rises, then falls in a straight line."""
    bias = torch.nn.Parameter(torch.tensor(0.35))
    learnt = [parameter for parameter in model.bert.parameters() if parameter.requires_grad]
    steps = epochs * len(batches(examples))
    optimizer = torch.optim.AdamW([{"params": learnt, "lr": RATE}, {"params": [bias], "lr": BIAS_RATE}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    model.bert.train()
    for done, batch in enumerate((batch for _ in range(epochs) for batch in batches(examples)), 1):
        loss = loss_of(model, batch, bias)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        schedule.step()
        if done % 100 == 0:
            print(f"step {done} of {steps}: loss {loss.item():.2f}", flush=True)
    model.bert.eval()


def save(model: Model, file: Path) -> None:
    """Writes the narrow matrices in 16 bits, by the names of the matrices that they belong to."""
    found = {name: module for name, module in model.bert.named_modules() if isinstance(module, Adapted)}
    ups = {f"{name}.up": (2 * KEPT * module.up).to(torch.float16).contiguous() for name, module in found.items()}
    downs = {f"{name}.down": module.down.to(torch.float16).contiguous() for name, module in found.items()}
    save_file({name: tensor.detach() for name, tensor in {**ups, **downs}.items()}, str(file))


def main() -> None:
    """Reads the examples, fits, and prints what was gained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adapter", type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    asked = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    folders = sorted(path for path in PAIRS.iterdir() if path.is_dir() or path.suffix == ".jsonl")
    read = {path.stem: list(pairs(path, path if path.is_dir() else EVALS / "reports")) for path in folders}
    held_out = read.pop(HELD_OUT)
    examples = [example for group in read.values() for example in group] + [each for name in CASES for each in cases(EVALS / name)]
    model = Model()
    print(f"{len(examples)} examples; a right sentence first before: {model.first(held_out)}", flush=True)
    fit(model, [hardest(model, example) for example in examples], asked.epochs)
    save(model, asked.adapter)
    print(f"after, before a quarter is taken back: {model.first(held_out)}")


if __name__ == "__main__":
    main()
