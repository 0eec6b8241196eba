"""Paths as users write them."""

from __future__ import annotations

import os
from pathlib import Path


def expanded(path: Path | str) -> Path:
    """``path`` with ``~`` and ``~name`` for a home; where nobody is called so, as with Word's ``~$a.docx``, the path as it is."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises where nobody is called so
