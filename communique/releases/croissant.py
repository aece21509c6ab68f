"""`croissant.json`: the release for data-set search and machine-learning tools (MLCommons Croissant 1.0).

The day of the release and the address of the data are no part of it: the first stands in the index alone, so that
equal inputs give equal bytes, and the second is where a copy was put.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from communique.releases.about import CREATOR, DESCRIPTION, KEYWORDS, LICENCE_URL, TITLE, bibtex
from communique.releases.index import DATASET
from schemas.croissant import MEDIA_TYPE, record_set
from schemas.table import Table
from schemas.tables import TABLES

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The names of Croissant 1.0 as its specification gives them; a reader warns about any that is missing."""


def croissant(version: str, files: Mapping[str, bytes], declared: Mapping[str, Table] = TABLES) -> dict[str, Any]:
    """The description of release `version`, whose Parquet files are `files` and whose tables are `declared` by name."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": DATASET,
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "license": LICENCE_URL,
        "creator": {"@type": "sc:Organization", "name": CREATOR},
        "citeAs": bibtex(version),
        "keywords": list(KEYWORDS),
        "inLanguage": "en",
        "isLiveDataset": False,
        "distribution": [_file_object(f"{name}.parquet", files[f"{name}.parquet"]) for name in declared],
        "recordSet": [record_set(table) for table in declared.values()],
    }


def _file_object(name: str, data: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(data)} B",
        "encodingFormat": MEDIA_TYPE,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
