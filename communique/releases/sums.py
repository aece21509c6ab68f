"""`SHA256SUMS`: the digests of the other files of a release, as `sha256sum --check` reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communique.releases.content import Content, digest_of
from communique.releases.errors import ReleaseError

_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\\x00]+)")


def sums_of(files: Mapping[str, Content]) -> dict[str, str]:
    """The sha256 of files by name."""
    return {name: digest_of(content) for name, content in files.items()}


def encode_sums(digests: Mapping[str, str]) -> bytes:
    """A line for each file, in the order of the names."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def parse_sums(data: bytes, where: str) -> dict[str, str]:
    """The digests by name; `where` names the file in the error.

    Raises:
        ReleaseError: a line is not a digest and a name.
    """
    try:
        matches = [_LINE.fullmatch(line) for line in data.decode().split("\n")[:-1]]
    except UnicodeDecodeError:
        matches = [None]
    found = {match[2]: match[1] for match in matches if match is not None}
    if not data.endswith(b"\n") or len(found) < len(matches):
        raise ReleaseError(f"{where}: not a list of sha256 digests and names; fetch it again")
    return found
