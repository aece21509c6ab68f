"""`croissant.json`: the release for data-set search and machine-learning tools (MLCommons Croissant 1.0).

The day of the release and the address of the data are no part of it: the first stands in the index alone, so that
equal inputs give equal bytes, and the second is where a copy was put.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from communique.releases.about import CREATOR, DESCRIPTION, KEYWORDS, LICENCE_URL, TITLE, bibtex
from communique.releases.index import DATASET
from communique.releases.parquet import Part
from schemas.croissant import MEDIA_TYPE, parts_id, record_set
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


def croissant(
    version: str, parts: Mapping[str, Sequence[Part]], declared: Mapping[str, Table] = TABLES
) -> dict[str, Any]:
    """The description of release `version`: `parts` are the Parquet files and `declared` the declarations by table."""
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
        "distribution": [file for name in declared for file in _files(name, parts[name])],
        "recordSet": [record_set(table, is_one_file=len(parts[name]) == 1) for name, table in declared.items()],
    }


def _files(table: str, parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
    """The files of a table, and where there are several the set of them, which its records come from."""
    for part in parts:
        yield {
            "@type": "cr:FileObject",
            "@id": part.name,
            "name": part.name,
            "contentUrl": part.name,
            "contentSize": f"{part.size} B",
            "encodingFormat": MEDIA_TYPE,
            "sha256": part.sha256,
        }
    if len(parts) > 1:
        yield {
            "@type": "cr:FileSet",
            "@id": parts_id(table),
            "name": parts_id(table),
            "encodingFormat": MEDIA_TYPE,
            "includes": [part.name for part in parts],
        }
