"""Adding on the machines of a Ray cluster: files are read, split and encoded by its workers, and stored by the process that asked."""
