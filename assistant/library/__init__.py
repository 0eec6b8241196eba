"""Documents in, evidence out: reading, splitting, indexing and searching."""
