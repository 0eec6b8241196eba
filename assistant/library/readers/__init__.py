"""Files → canonical text, title and date: one module for each format, and a child process for those that can go wrong."""

from assistant.library.readers.formats import MAX_BYTES, READERS, VERSION
from assistant.library.readers.reader import Reader, Reading, load, read

__all__ = ["MAX_BYTES", "READERS", "VERSION", "Reader", "Reading", "load", "read"]
