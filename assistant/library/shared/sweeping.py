"""Clears away what no reader of a shared store can see any more, and what ingests left that never were published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

    from assistant.library.shared.vectors import SharedVectors

# A question reads what was published when it was asked, for as long as its answer takes: what was replaced by this ingest is read no more.
_BEFORE = "(SELECT max(number) FROM ingests WHERE published < now() - interval '1 hour')"
_GONE = f"CREATE TEMPORARY TABLE gone ON COMMIT PRESERVE ROWS AS SELECT key FROM documents WHERE since IS NULL OR until <= {_BEFORE}"
_UNUSED = """
SELECT DISTINCT p.key FROM passages p JOIN gone ON gone.key = p.document WHERE NOT EXISTS (
    SELECT FROM passages other WHERE other.key = p.key AND NOT EXISTS (SELECT FROM gone WHERE gone.key = other.document)
)
"""
_FORGOTTEN = b"""
DELETE FROM vocabulary v WHERE passages <= 0 AND NOT EXISTS (SELECT FROM passages p WHERE p.terms @@ quote_literal(v.term)::tsquery)
"""


def sweep(connection: psycopg.Connection[Any], vectors: SharedVectors) -> None:
    """To be called where no ingest is under way.

    Vectors go from PostgreSQL first, then from Chroma, and the passages that name them last: whenever this is cut short, what
    PostgreSQL has of vectors Chroma has too, and the next sweep finds the rest.
    """
    connection.execute(b"DROP TABLE IF EXISTS gone")
    connection.execute(_GONE.encode())
    keys = [row[0] for row in connection.execute(_UNUSED.encode())]
    if keys:
        connection.execute(b"DELETE FROM vectors WHERE key = ANY(%s)", (keys,))
        vectors.remove(keys)
    with connection.transaction():
        connection.execute(b"DELETE FROM documents WHERE key IN (SELECT key FROM gone)")
        connection.execute(f"DELETE FROM sources WHERE until <= {_BEFORE}".encode())
        connection.execute(_FORGOTTEN)
        connection.execute(b"DELETE FROM ingests i WHERE number IS NULL AND NOT EXISTS (SELECT FROM documents d WHERE d.ingest = i.id)")
        connection.execute(
            b"DELETE FROM texts t WHERE NOT EXISTS (SELECT FROM documents d WHERE d.id = t.id)"
            b" AND NOT EXISTS (SELECT FROM sources s WHERE s.document = t.id)"
        )
