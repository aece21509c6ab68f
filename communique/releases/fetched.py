"""Files of a release that is elsewhere, on disk for as long as somebody reads them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from weakref import finalize

from communique.releases.errors import ReleaseError


class FetchedFiles:
    """Copies of files in a folder of their own, which goes with this object."""

    def __init__(self) -> None:
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="communique-"))
        except OSError as error:
            raise _no_room(tempfile.gettempdir(), error) from None
        finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name: str, pieces: Callable[[str], Iterable[bytes]]) -> Path:
        """The copy of a file, made of its `pieces` where there is none.

        Raises:
            ReleaseError: the file cannot be had, or there is no room for it.
        """
        path, draft = self.folder / name, self.folder / f".{name}"
        if not path.exists():
            found = pieces(name)
            try:
                with draft.open("wb") as file:
                    file.writelines(found)
            except OSError as error:
                raise _no_room(str(draft), error) from None
            draft.rename(path)
        return path


def _no_room(where: str, error: OSError) -> ReleaseError:
    return ReleaseError(f"{where}: {error.strerror or error}; make room for copies there, or name another with TMPDIR")
