"""A good release of a dozen articles with gold for all of them, and what a change of its tables makes of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest

from communique.releases.build import release_files
from communique.releases.compare import compare
from communique.releases.reading import current_snapshot, find_release
from communique.releases.rows import rows_of
from tests.conftest import make_release, write_articles

Frames = dict[str, pl.DataFrame]

PAIRS = (
    *(("Norway", "NOR", "Moldova", "MDA"), ("Sweden", "SWE", "Kenya", "KEN"), ("Japan", "JPN", "Nepal", "NPL")),
    *(("Canada", "CAN", "Ghana", "GHA"), ("Denmark", "DNK", "Malawi", "MWI"), ("Finland", "FIN", "Zambia", "ZMB")),
    *(("Austria", "AUT", "Kosovo", "XKX"), ("Italy", "ITA", "Tunisia", "TUN"), ("Spain", "ESP", "Bolivia", "BOL")),
    *(("Belgium", "BEL", "Rwanda", "RWA"), ("Germany", "DEU", "Albania", "ALB"), ("Poland", "POL", "Ukraine", "UKR")),
)

ARTICLE = """{giver} builds a clinic in {taker}

Published on March {day}, 2025

{giver} has provided {amount} million euros in humanitarian aid to {taker} since May 2024. The clinic was closed for a
year. {giver} should send more doctors to {taker}. The next visit of the minister is planned for June {day}, 2025.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with `raw/`, `gold/` and `processed/`, in which release 0.1.0 is a good one."""

    folder: Path

    @property
    def options(self) -> list[str]:
        return ["--texts", str(self.folder / "raw"), "--gold", str(self.folder / "gold")]

    @property
    def good(self) -> Path:
        return self.folder / "processed/0.1.0"

    def frames(self) -> Frames:
        return find_release(str(self.good), self.folder).frames()

    def release(self, frames: Frames, version: str = "0.1.1") -> Path:
        """A release of these tables as extracted, after the good one; nobody has judged it."""
        before, after = find_release(str(self.good), self.folder), current_snapshot(version, rows_of(frames))
        diff = compare(before.snapshot(), after)
        content = before.json("quality.json")
        counts = [row | {"extracted": row["extracted"] and frames[row["table"]].height} for row in content["tables"]]
        quality = content | {"version": version, "previous": "0.1.0", "tables": counts}
        folder = self.good.with_name(version)
        folder.mkdir()
        for name, data in release_files(version, rows_of(frames), quality, replace(diff, new_version=version)).items():
            (folder / name).write_bytes(data)
        return folder


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dozen")
    texts = {
        f"clinic-{number:02}": ARTICLE.format(giver=giver, taker=taker, day=number + 1, amount=10 + number)
        for number, (giver, _, taker, _) in enumerate(PAIRS)
    }
    write_articles(folder / "raw", **texts)
    (folder / "gold").mkdir()
    for number, (_, giver, _, taker) in enumerate(PAIRS):
        aid = {"donor_id": f"country:{giver}", "recipient_id": f"country:{taker}", "status": "provided"}
        sums = {"quote": f"{10 + number} million euros", "amount": (10 + number) * 1e6, "currency": "EUR"}
        gold = {"article": {"file": f"clinic-{number:02}.txt"}, "aid_commitments": [aid | sums]}
        (folder / f"gold/clinic-{number:02}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    make_release(folder)
    return folder


@pytest.fixture
def place(_made: Path, tmp_path: Path) -> Place:
    """A copy that may be changed."""
    return Place(shutil.copytree(_made, tmp_path / "place"))
