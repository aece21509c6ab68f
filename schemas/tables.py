"""All tables of a release, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from schemas.actors import ACTOR_MENTIONS, ACTORS
from schemas.aid_commitments import AID_COMMITMENTS
from schemas.articles import ARTICLES
from schemas.dates import DATES
from schemas.recommendations import RECOMMENDATIONS
from schemas.set_aside import QUARANTINE, REJECTED
from schemas.table import Table
from schemas.tariffs import TARIFFS

SCHEMA_VERSION = "0.1.0"
"""Version of the declarations of all tables together, by the version rule of the releases."""

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            ARTICLES,
            AID_COMMITMENTS,
            TARIFFS,
            DATES,
            ACTORS,
            ACTOR_MENTIONS,
            RECOMMENDATIONS,
            QUARANTINE,
            REJECTED,
        )
    }
)

FACT_TABLES: tuple[str, ...] = tuple(name for name, table in TABLES.items() if "char_start" in table.dtypes)
"""The tables whose rows point at words of an article."""

DATA_TABLES: tuple[str, ...] = tuple(name for name, table in TABLES.items() if table.primary_key is not None)
"""The tables that describe the articles, as against what was set aside."""
