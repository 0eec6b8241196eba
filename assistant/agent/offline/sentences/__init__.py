"""Which sentence of the found passages answers a question, and whether it says enough of what is asked."""
