"""The PostgreSQL server of a shared store: connections, errors in one line, and its tables."""
