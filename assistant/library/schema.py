"""The tables of the catalogue, and how a catalogue of an older version of this program is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

# Goes up by one whenever an older program could not read what a newer one writes; each step has its place in _STEPS.
VERSION = 4

# Tables of which every row can be made again from the others.
DERIVED = frozenset({"passages", "facts", "vectors"})

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT,
    sha256 TEXT NOT NULL UNIQUE, characters INTEGER NOT NULL, text TEXT NOT NULL, superseded_by TEXT, old_path TEXT, old_url TEXT);
CREATE TABLE sources (number INTEGER PRIMARY KEY AUTOINCREMENT, location TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, url TEXT, file_sha256 TEXT, reader TEXT);
CREATE INDEX sources_by_document ON sources (document);
CREATE TABLE passages (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL, page INTEGER, section TEXT,
    columns TEXT);
CREATE INDEX passages_by_place ON passages (document, start);
CREATE INDEX passages_by_key ON passages (key);
CREATE TABLE facts (document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (document, number)) WITHOUT ROWID;
CREATE TABLE vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL);
"""


def create(connection: sqlite3.Connection) -> None:
    """Makes the tables of this version in an empty database."""
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", (str(VERSION),))
    connection.commit()


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Brings the tables of an older ``version`` up to date, step by step; the caller commits."""
    if version == VERSION:
        return
    for step in range(version, VERSION):
        _STEPS[step](connection)
    connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", (str(VERSION),))


def _to_2(connection: sqlite3.Connection) -> None:
    """A passage knows its page and section; those that are there get theirs when they are made again."""
    for column in ("page INTEGER", "section TEXT"):
        connection.execute(f"ALTER TABLE passages ADD COLUMN {column}")


def _to_3(connection: sqlite3.Connection) -> None:
    """Superseded versions stay; a source knows its URL, and the file and reader that gave its text."""
    for column in ("superseded_by", "old_path", "old_url"):
        connection.execute(f"ALTER TABLE documents ADD COLUMN {column} TEXT")
    for column in ("url", "file_sha256", "reader"):
        connection.execute(f"ALTER TABLE sources ADD COLUMN {column} TEXT")


def _to_4(connection: sqlite3.Connection) -> None:
    """A passage within a table knows the names of its columns; those that are there learn them when they are made again."""
    connection.execute("ALTER TABLE passages ADD COLUMN columns TEXT")


# By the version that each begins with.
_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _to_2, 2: _to_3, 3: _to_4}
