"""Importing this leaves the engine loaded: lexicons read, patterns compiled, all of it out of the collector's way.

For a process that extracts much.  What is loaded never becomes garbage, so that looking for garbage in it only takes
time, and writing into it would end its being shared with the processes forked from this one.
"""

from __future__ import annotations

import gc

from communique.articles.build import build_article
from communique.extraction.engine import extract

_TEXT = """\
Norway and Japan pledge grants

OSLO, March 3, 2024 - Norway's foreign minister, Jane Doe, said on Monday that Oslo had pledged €25 million in military
aid to Ukraine over the next two years. The United States imposed a 25 percent tariff on steel from Canada last week.
The European Commission should urge Members of the World Trade Organization (WTO) to lower tariffs by 2026.
"""

extract(build_article(_TEXT))
gc.collect()
gc.freeze()
