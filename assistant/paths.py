"""Paths as users write them."""

from __future__ import annotations

import os
from pathlib import Path


def written_out(path: Path | str) -> str:
    """``path`` with ``~`` and ``~name`` for a home; where nobody is called so, as with Word's ``~$a.docx``, the path as it is.

    A text stays as it is written, with the slash at the end of a pattern and the ``./`` at its beginning.
    """
    return os.path.expanduser(path)  # noqa: PTH111 - Path.expanduser raises where nobody is called so


def expanded(path: Path | str) -> Path:
    """The path that ``written_out`` gives."""
    return Path(written_out(path))
