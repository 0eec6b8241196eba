"""A library that several machines share: vectors on a Chroma server, everything else on PostgreSQL."""
