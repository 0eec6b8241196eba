"""A command of its own process, ``python -m safety.command library remove X``, that tells how long it took from its first line on."""

from time import monotonic

BEGUN = monotonic()

import json  # noqa: E402 - what is imported is measured
import sys  # noqa: E402


def main() -> int:
    from assistant.interfaces.cli.main import run

    code = run()
    sys.stdout.write(json.dumps({"seconds": monotonic() - BEGUN}) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
