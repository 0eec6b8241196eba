"""Immutable generations of the library: who writes, what is published, what may be removed."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library import lock, space
from assistant.library.cloning import clone

_CURRENT = "CURRENT"
_LOCK = "writer.lock"
_READERS = "readers.lock"
# Names the generation that one was made from.
_BEFORE = "before"
_BUILDING = ".building"
# Chroma's database, to which a reader that opens it writes a row. The catalogue's file never changes once it is published.
_WRITTEN_BY_READERS = ".sqlite3"
_NAME = re.compile(r"gen-(\d{6,})")
# A reader that meets a generation on its way out looks at CURRENT again; more rounds than writers could make meanwhile.
_ROUNDS = 50


def root(home: Path) -> Path:
    """The library's folder in an assistant's home."""
    return home / "library"


def current(home: Path) -> str | None:
    """The name of the published generation, such as ``gen-000007``, or None where there is no library.

    Where CURRENT is missing it is the newest: a folder has that name only when it is whole and on the disk.
    """
    try:
        name = (root(home) / _CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return newest.name if (newest := next(reversed(folders(home)), None)) else None
    except NotADirectoryError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryDamaged(f"{root(home) / _CURRENT} cannot be read ({error}); run: assistant library rebuild") from error
    if not _NAME.fullmatch(name):
        raise LibraryDamaged(f"{root(home) / _CURRENT} names no generation; run: assistant library rebuild")
    return name


def names_current(home: Path) -> bool:
    """Whether there is a file that names the published generation."""
    return (root(home) / _CURRENT).exists()


def folders(home: Path) -> tuple[Path, ...]:
    """All whole generations that are still there, oldest first."""
    try:
        return tuple(sorted((path for path in root(home).iterdir() if _NAME.fullmatch(path.name)), key=_number))
    except (FileNotFoundError, NotADirectoryError):
        return ()


class Pin:
    """A generation that is in use: while it is held, no writer removes it."""

    def __init__(self, name: str, folder: Path, descriptor: int) -> None:
        self.name = name
        self.folder = folder
        self._descriptor = descriptor

    def release(self) -> None:
        """Lets the generation go; the descriptor's lock goes with it."""
        os.close(self._descriptor)


def pin(home: Path) -> Pin:
    """Holds the published generation. Raises LibraryError where there is none, LibraryDamaged where its folder is gone."""
    for _ in range(_ROUNDS):
        name = current(home)
        if name is None:
            raise LibraryError(f"there is no library in {home}; add documents first: assistant library add FILE")
        folder = root(home) / name
        try:
            descriptor = os.open(folder / _READERS, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            if current(home) == name:
                raise LibraryDamaged(f"the library's folder {folder} is missing or incomplete; run: assistant library rebuild") from None
            continue
        except OSError as error:
            raise LibraryError(f"the library in {home} cannot be read: {error.strerror}") from error
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        # A writer may have removed the folder between its opening and the lock.
        if (folder / _READERS).exists():
            return Pin(name, folder, descriptor)
        os.close(descriptor)
    raise LibraryError(f"the library in {home} is changing too fast to be read; try again")


class Writer:
    """The one process that changes a library; it may publish several generations, one after the other.

    ``name`` is the generation that readers see, or None for a new library, ``base`` its folder. With ``repair`` it is, where
    CURRENT is wrong, the newest one that is there.
    """

    base: Path | None

    def __init__(self, home: Path, *, repair: bool = False) -> None:
        self._home = home
        self._root = root(home)
        self._stand_at(_repaired(home) if repair else current(home))

    def begin(self, *, without: Sequence[str] = (), growth: int = 0) -> Path:
        """A folder with a copy of the published generation (``without`` some of its entries), to be changed and published.

        Raises LibraryFull where the disk has no room for the copy and ``growth`` more bytes.
        """
        space.require(self._root, growth + space.SLACK + (space.size(self.base, without) if self.base else 0))
        if self.base:
            try:
                shutil.copytree(self.base, self.folder, ignore=shutil.ignore_patterns("*-journal", _BEFORE, *without), copy_function=_copy)
            except shutil.Error as error:  # of many files; the first reason says enough
                raise LibraryError(f"nothing was changed: {self.base} cannot be copied: {error.args[0][0][2]}") from error
        else:
            self.folder.mkdir()
        (self.folder / _READERS).touch()
        return self.folder

    def publish(self, *, keep_old: bool = False) -> str:
        """Makes the folder durable, then the generation that readers see; removes those that nobody needs, or none."""
        published = self._next
        (self.folder / _BEFORE).write_text(f"{self.name or ''}\n", encoding="ascii")
        _sync(self.folder)
        self.folder.rename(self._root / published)
        _sync_folder(self._root)
        _point(self._root, published)
        if not keep_old:
            self._remove_old()
        self._stand_at(published)
        return published

    def take_base(self, folder: Path) -> None:
        """Begins from another generation than the published one, which is damaged."""
        self.base = folder

    def abandon(self) -> None:
        """Removes what was begun and never published, by this writer or by one that was killed."""
        for path in (*self._root.iterdir(), *self._root.glob(f"*/*{_BUILDING}")):
            if path.name.endswith(_BUILDING):
                shutil.rmtree(path, ignore_errors=True)

    def _stand_at(self, name: str | None) -> None:
        """Begins at the generation that readers see."""
        self.name = name
        self.base = self._root / name if name else None
        self._next = f"gen-{max(map(_number, folders(self._home)), default=0) + 1:06d}"
        self.folder = self._root / (self._next + _BUILDING)

    def _remove_old(self) -> None:
        """All but the generation just published and the one before it, as far as no reader holds them."""
        for folder in folders(self._home):
            if folder.name not in (self._next, self.name):
                _remove_unused(folder)


@contextmanager
def writing(home: Path, *, repair: bool = False) -> Iterator[Writer]:
    """The writer's lock, from here to the end of the block; for ``repair`` see Writer.

    Raises LibraryLocked at once where another process holds it, LibraryError where the home cannot be written.
    """
    try:
        descriptor = lock.file(root(home) / _LOCK, home)
    except OSError as error:
        raise LibraryError(f"cannot write to {home}: {error.strerror}; name a folder that you may write to with ASSISTANT_HOME") from error
    try:
        lock.take(descriptor, home)
        writer = Writer(home, repair=repair)
        writer.abandon()
        try:
            yield writer
        except OSError as error:
            raise LibraryError(f"the library in {home} cannot be written: {error.strerror or error}; it is as it was before") from error
        finally:
            writer.abandon()
            lock.let_go(descriptor)
    finally:
        os.close(descriptor)


def require_no_writer(home: Path) -> None:
    """Raises LibraryLocked where a writer can be seen at work; that none is seen is no promise. See ``lock.look``."""
    lock.look(root(home) / _LOCK, home)


def rollback(home: Path) -> str:
    """Publishes the generation that the current one was made from again and returns its name.

    Raises LibraryError where there is none. The newer one stays until the next change.
    """
    with writing(home) as writer:
        if writer.name is None or writer.base is None:
            raise LibraryError(f"there is no library in {home}; nothing to go back to")
        # One that is being removed has lost the file that readers hold; one that was gone back from, or never published, may be newer.
        whole = [folder.name for folder in folders(home) if _number(folder) < _number(writer.base) and (folder / _READERS).exists()]
        if not whole:
            raise LibraryError(f"{writer.name} is the oldest generation kept; there is nothing to go back to")
        before = _made_from(writer.base)
        back = before if before in whole else whole[-1]
        _point(root(home), back)
        return back


def _copy(source: str, target: str) -> str:
    """Copies a file; one that a reader may be writing to as SQLite does."""
    if not source.endswith(_WRITTEN_BY_READERS):
        clone(source, target)
        return target
    try:
        with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(target)) as copy:
            database.backup(copy)
    except sqlite3.Error as error:
        space.require(Path(target).parent, space.SLACK)
        raise LibraryDamaged(f"{source} cannot be copied ({error}); run: assistant library rebuild") from error
    return target


def _repaired(home: Path) -> str | None:
    try:
        name = current(home)
    except LibraryDamaged:
        name = None
    there = [folder.name for folder in folders(home)]
    return name if name in there else next(reversed(there), None)


def _made_from(folder: Path) -> str:
    """The name of the generation that one was made from; empty where it does not say."""
    try:
        return (folder / _BEFORE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _number(folder: Path) -> int:
    return int(folder.name.removeprefix("gen-"))


def _point(folder: Path, name: str) -> None:
    """Swaps CURRENT in one step that survives a power cut."""
    fresh = folder / (_CURRENT + ".new")
    with fresh.open("w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / _CURRENT)
    _sync_folder(folder)


def _remove_unused(folder: Path) -> None:
    try:
        descriptor = os.open(folder / _READERS, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # a reader is still in it; a later writer removes it
    else:
        # First the file that readers look for, so that none takes a half-removed folder for a whole one.
        (folder / _READERS).unlink()
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    for path, _, files in os.walk(folder):
        for name in files:
            with (Path(path) / name).open("rb") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(path))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
