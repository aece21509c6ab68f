"""HTML pages: the main text and the metadata that the page itself states."""

from __future__ import annotations

from typing import Any

from communique.articles.metadata import Metadata, is_date
from communique.articles.rejection import RefusedError, RejectionReason

# Fixed bounds, for the extractor would otherwise take today as the latest date.
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2100-01-01"}


def read_html(page: str) -> tuple[str, Metadata]:
    """The main text of the page, one paragraph per line, and its metadata.

    Raises `RefusedError` where no text is found.
    """
    import trafilatura  # slow to import, and most folders hold plain text

    tree = trafilatura.load_html(page)
    if tree is None:
        raise RefusedError(RejectionReason.TOO_LITTLE_TEXT, "the page holds no HTML that could be parsed")
    _keep_captions(tree)
    document: Any = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params=_DATES,
    )
    text = (document.text or "").strip() if document else ""
    if not text:
        raise RefusedError(RejectionReason.TOO_LITTLE_TEXT, "no main text was found in the page")
    published = document.date if document.date and is_date(document.date) else None
    authors = tuple(name.strip() for name in (document.author or "").split(";") if name.strip())
    title = (document.title or "").strip() or None
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return text + "\n", Metadata(title, document.sitename or None, authors, published, document.url or None)


def _keep_captions(tree: Any) -> None:
    """Turns captions into paragraphs in the place of their figures, for the extractor leaves figures out."""
    for caption in list(tree.iter("figcaption")):
        figure = next(caption.iterancestors("figure"), caption)
        parent = figure.getparent()
        if parent is None:
            continue
        caption.tag = "p"
        caption.tail = None
        parent.insert(parent.index(figure) + 1, caption)
