"""How the documents are written: sentences, figures, units, names. Pure functions over text, used by every room above."""
