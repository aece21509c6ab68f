"""Entries of `corrections.toml` about the small articles of the tests."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

DROP_THREAT = """
[[drop]]
table = "tariffs"
article = "steel"
quote = "threatened to retaliate"
expect = { status = "threatened" }
reason = "A turn of phrase."
author = "A. Reader"
"""

SET_STATUS = """
[[set]]
table = "aid_commitments"
article = "harbour"
quote = "40 million euros"
expect = { status = "provided", amount = 40_000_000 }
to = { status = "committed", amount = 80_000_000 }
reason = "An example."
author = "A. Reader"
"""

ADD_AID = """
[[add]]
table = "aid_commitments"
article = "harbour"
quote = "The harbour of Giurgiulesti"
reason = "An example."
author = "A. Reader"
[add.row]
donor_id = "country:NOR"
recipient_id = "country:MDA"
amount = 1_000_000
amount_qualifier = "exact"
currency = "EUR"
category = "reconstruction"
status = "provided"
period_start = 2024-05-01
period_end = 2024-05-01
"""

ADD_BOARD = """
[[add]]
table = "actors"
row = { actor_id = "other_organisation:harbour-board", name = "Harbour Board", type = "other_organisation" }
reason = "An example."
author = "A. Reader"

[[add]]
table = "actor_mentions"
article = "harbour"
quote = "The harbour"
row = { actor_id = "other_organisation:harbour-board", mention_kind = "short_name" }
reason = "An example."
author = "A. Reader"
"""

SET_NAME = """
[[set]]
table = "actors"
id = "country:MDA"
expect = { name = "Moldova" }
to = { name = "Republic of Moldova" }
reason = "Its name in full."
author = "A. Reader"
"""


def correct(folder: Path, *entries: str) -> None:
    """Write the entries as the corrections of the folder."""
    (folder / "corrections.toml").write_text("\n".join(map(dedent, entries)), encoding="utf-8")
