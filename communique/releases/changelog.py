"""CHANGELOG.md (Keep a Changelog): a section per release, its counts from the diff, its words from people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from communique.releases.compare import counted

UNRELEASED = "## [Unreleased]"
HEADINGS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
LISTED = 20
"""File names spelled out in one line of the changelog."""

_SECTION = re.compile(r"^## ", re.MULTILINE)
_RELEASE = re.compile(r"^## \[(\d[^\]]*)\].*$", re.MULTILINE)
_HEADING = re.compile(r"^### (.+?)\s*$", re.MULTILINE)


def with_release(text: str, diff: Mapping[str, Any], released: str) -> str:
    """The changelog with a section for the release that `diff` (the content of `diff.json`) leads to.

    What people wrote under Unreleased moves into the section, above the lines made from the diff.  A changelog that
    has the section already comes back unchanged.
    """
    title = f"## [{diff['to']}]"
    if re.search(rf"^{re.escape(title)}", text, re.MULTILINE):
        return text
    before, words, after = _around_unreleased(text)
    parts = _merged(_by_heading(words), release_lines(diff))
    section = f"{title} - {released}\n\n{parts}"
    return f"{before.rstrip()}\n\n{UNRELEASED}\n\n{section}\n{after.lstrip()}".rstrip() + "\n"


def with_yanked(text: str, version: str, why: str) -> str:
    """The changelog with the section of a release marked as yanked, and the reason in it; once is enough."""
    title = re.compile(rf"^## \[{re.escape(version)}\](?!.*\[YANKED\])[^\n]*$", re.MULTILINE)
    return title.sub(lambda found: f"{found[0].rstrip()} [YANKED]\n\nYanked: {why}", text, count=1)


def sections(text: str) -> dict[str, str]:
    """The words on each release by its version, in their order; those on what is not released are left out."""
    pieces = _RELEASE.split(text)
    return {
        version: _SECTION.split(words, maxsplit=1)[0] for version, words in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def _around_unreleased(text: str) -> tuple[str, str, str]:
    at = text.find(UNRELEASED)
    if at < 0:
        first = _SECTION.search(text)
        end = first.start() if first else len(text)
        return text[:end], "", text[end:]
    start = at + len(UNRELEASED)
    following = _SECTION.search(text, start)
    end = following.start() if following else len(text)
    return text[:at], text[start:end].strip(), text[end:]


def _by_heading(words: str) -> dict[str, str]:
    """Hand-written words by their heading; the words before the first heading stand under the empty name."""
    pieces = _HEADING.split(words)
    found = {"": pieces[0].strip()}
    for heading, body in zip(pieces[1::2], pieces[2::2], strict=True):
        found[heading] = "\n".join(part for part in (found.get(heading), body.strip()) if part)
    return found


def _merged(words: Mapping[str, str], lines: Mapping[str, Sequence[str]]) -> str:
    headings = [*HEADINGS, *(heading for heading in words if heading and heading not in HEADINGS)]
    blocks = [words.get("", "")]
    for heading in headings:
        body = "\n".join(part for part in (words.get(heading, ""), *lines.get(heading, ())) if part)
        if body:
            blocks.append(f"### {heading}\n\n{body}")
    return "\n\n".join(block for block in blocks if block) + "\n"


def release_lines(diff: Mapping[str, Any]) -> dict[str, list[str]]:
    """The lines that the diff (the content of `diff.json`) gives, by heading."""
    lines: dict[str, list[str]] = {"Added": [], "Changed": [], "Removed": []}
    for key, heading, verb in (("added", "Added", ""), ("removed", "Removed", " withdrawn")):
        if names := diff["articles"][key]:
            lines[heading].append(f"- {counted(len(names), 'article')}{verb}: {_names(names)}")
    for change in diff["schema"]:
        heading = {"added": "Added", "removed": "Removed"}.get(change["change"].split()[-1], "Changed")
        where = ".".join(part for part in (change["table"], change["column"]) if part)
        lines[heading].append(f"- `{where}`: {change['change']}")
    for key, heading, verb in (
        ("added", "Added", "added"),
        ("changed", "Changed", "changed"),
        ("rekeyed", "Changed", "with new ids"),
        ("removed", "Removed", "removed"),
    ):
        counts = [f"`{table}` {part['counts'][key]:,}" for table, part in diff["tables"].items() if part["counts"][key]]
        if counts:
            lines[heading].append(f"- Rows {verb}: {', '.join(counts)}")
    return lines


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{_plain(name)}`" for name in names[:LISTED])
    return shown if len(names) <= LISTED else f"{shown} and {len(names) - LISTED} more"


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isprintable() and c != "`")
