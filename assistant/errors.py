"""Every error that the assistant raises on purpose.

::

    AssistantError                 exit code 1
    ├── UsageError                 exit code 2: the caller asked for something malformed
    │   └── SettingsError          an environment variable or option has an impossible value
    ├── LibraryError
    │   ├── LibraryLocked          another process is writing; carries its pid
    │   ├── LibraryTooNew          made by a newer version of this program
    │   ├── LibraryOutdated        made by an older version of this program, and not brought up to date yet
    │   ├── LibraryFull            there is not enough room on the disk
    │   ├── LibraryDamaged         a file of the library is missing or unreadable
    │   ├── ServerUnreachable      a server of the shared store is away
    │   └── UnknownDocument        no document, or more than one, goes by that name
    ├── ReadingError               a file that cannot be read as a document
    ├── EncoderError               embedding weights missing or not the ones they claim to be
    ├── StudyError                 no study or arm, or more than one, goes by that name
    ├── CalculationError           a unit, expression or comparison that has no sound result
    └── ModelError                 the language model is not available or failed

Messages are written for the person who reads them: what is wrong and what to do, in one line.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(AssistantError):
    """The caller asked for something malformed."""

    exit_code = 2


class SettingsError(UsageError):
    """An environment variable or option has an impossible value."""


class LibraryError(AssistantError):
    """The library cannot do what was asked."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library; ``pid`` is its process id, or None when it is not known."""

    def __init__(self, message: str, pid: int | None) -> None:
        super().__init__(message)
        self.pid = pid


class LibraryTooNew(LibraryError):
    """The library was made by a newer version of this program."""


class LibraryOutdated(LibraryError):
    """The library was made by an older version of this program, and was not brought up to date yet."""


class LibraryFull(LibraryError):
    """There is not enough room on the disk for what was asked."""


class LibraryDamaged(LibraryError):
    """A file of the library is missing or unreadable."""


class ServerUnreachable(LibraryError):
    """A server of the shared store is away, or ended what was asked of it."""


class UnknownDocument(LibraryError):
    """No document, or more than one, goes by the given name."""


class ReadingError(AssistantError):
    """A file cannot be read as a document."""


class EncoderError(AssistantError):
    """Embedding weights are missing or are not the ones they claim to be."""


class StudyError(AssistantError):
    """No study or arm, or more than one, goes by the given name."""


class CalculationError(AssistantError):
    """A unit, an expression or a comparison has no sound result."""


class ModelError(AssistantError):
    """The language model is not available or failed."""
