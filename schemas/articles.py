"""The table of articles."""

from __future__ import annotations

from typing import Annotated

import polars as pl

from schemas import columns, patterns
from schemas.row_checks import requires
from schemas.table import Model, Table
from schemas.vocabularies import PublishedFrom


class Articles(Model):
    article_id: pl.String = columns.column(
        "Stable id, a slug of the file's name; every table of facts refers to it.",
        unique=True,
        str_matches=patterns.ARTICLE_ID,
    )
    title: pl.String = columns.text("Title, from the catalogue or the text.")
    publisher: pl.String = columns.text("Who published the article.")
    authors: Annotated[pl.List, pl.String] = columns.column(
        "Names of the authors, in the order given; empty when unknown."
    )
    published: pl.String = columns.iso_date("Date of publication, as precise as it is known.")
    published_from: pl.String = columns.choice("Where the date of publication was found.", PublishedFrom, nullable=True)
    language: pl.String = columns.column("Language of the text.", unit="ISO 639-1", str_matches=patterns.LANGUAGE)
    source_url: pl.String = columns.text("Address of the article.")
    source_file: pl.String = columns.column("The file as received, relative to the folder of raw articles.")
    sha256: pl.String = columns.column(
        "Digest of the bytes of the file.", unit="SHA-256, hexadecimal", str_matches=patterns.SHA256
    )
    characters: pl.Int32 = columns.count("Length of the ingested text.", columns.CODE_POINTS)
    words: pl.Int32 = columns.count("Words of the ingested text.", "words")
    sentences: pl.Int32 = columns.count("Sentences of the body, titles and captions counted.", "sentences")
    ingested_text_sha256: pl.String = columns.column(
        "Digest of the ingested text as UTF-8, to which all offsets refer.",
        unit="SHA-256, hexadecimal",
        str_matches=patterns.SHA256,
    )


ARTICLES = Table(
    name="articles",
    title="Articles",
    description="One row per ingested article. The texts themselves stay with their publishers.",
    usage_warning="Title, publisher, authors and date are as the catalogue or the page gives them, unverified.",
    model=Articles,
    primary_key="article_id",
    sort_by=("article_id",),
    row_checks=(
        requires("published", "published_from"),
        requires("published_from", "published"),
    ),
)
