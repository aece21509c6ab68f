"""From a folder of files to validated tables, without a flow."""

from collections.abc import Sequence

from communique import pipeline
from communique.articles.model import Article
from communique.extraction import engine


def test_a_poisoned_article_is_rejected_and_the_others_go_on(raw, tmp_path, monkeypatch):
    def extract_all(articles: Sequence[Article]):
        if any(article.source_file == "steel.txt" for article in articles):
            raise ZeroDivisionError("poison")
        return real(articles)

    real = engine.extract_all
    monkeypatch.setattr(engine, "extract_all", extract_all)
    tables = pipeline.extract_folder(raw, tmp_path / "out").tables
    assert tables["articles"].scan().collect()["source_file"].to_list() == ["harbour.txt"]
    rejected = tables["rejected"].scan().filter(source_file="steel.txt").collect().to_dicts()
    assert rejected[0]["reason"] == "extraction_failed"
    assert rejected[0]["detail"] == "ZeroDivisionError: poison"
