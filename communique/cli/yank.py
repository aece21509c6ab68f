"""`communique yank`: withdraw a release that should not be used."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from communique.cli import console
from communique.cli.options import RELEASES, Json, require_version


def yank(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The release to withdraw.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What is wrong with it, for its users.")],
    to: Annotated[
        str | None, typer.Option("--to", metavar="PLACE", help="A folder or s3://bucket/folder. [processed]")
    ] = None,
    as_json: Json = False,
) -> None:
    """Withdraw a release: its files stay, the index says why it is not to be used, an older one becomes the latest.

    The next release is compared with the newest that still stands, and gets a version above all that were published.

    Examples:

        communique yank 0.2.0 --why "The rates of two tariffs were swapped."

        communique yank 0.2.0 --why "Withdrawn by its publisher." --to s3://bucket/releases
    """
    from communique.releases.documents import update_documents
    from communique.releases.places import open_store
    from communique.releases.yank import yank as withdraw

    require_version(version, "VERSION")
    reason = console.printable(" ".join(why.split()))
    if not reason:
        raise typer.BadParameter("say in a few words what is wrong with the release", param_hint="--why")
    store = open_store(to or RELEASES)
    index = withdraw(store, version, reason)
    if to is None:
        update_documents(Path(), store)
    if as_json:
        console.say_json({"location": store.location, "latest": index.latest, "yanked": asdict(index[version])})
        return
    latest = f"the latest is {index.latest}" if index.latest else "no release stands"
    console.say(f"Yanked release {version} in {store.location}; {latest}")
