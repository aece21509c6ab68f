"""From a folder of files to validated tables, without a flow."""

from communique import batch, pipeline
from communique.articles.model import Article
from communique.extraction import engine


def test_a_poisoned_article_is_rejected_and_the_others_go_on(raw, monkeypatch):
    def extract(article: Article):
        if article.source_file == "steel.txt":
            raise ZeroDivisionError("poison")
        return real(article)

    real = engine.extract
    monkeypatch.setattr(engine, "extract", extract)
    frames = pipeline.extract_folder(raw).validation.frames
    assert frames["articles"]["source_file"].to_list() == ["harbour.txt"]
    rejected = frames["rejected"].filter(source_file="steel.txt").to_dicts()
    assert rejected[0]["reason"] == "extraction_failed"
    assert rejected[0]["detail"] == "ZeroDivisionError: poison"


def test_an_article_more_leaves_the_other_batches_as_they_were(monkeypatch, raw):
    monkeypatch.setattr(batch, "ARTICLES_PER_BATCH", 2)
    text = (raw / "steel.txt").read_text()
    for number in range(20):
        (raw / f"a{number:02}.txt").write_text(text.replace("25 percent", f"{number + 1} percent"), encoding="utf-8")
    before = {found.digest for found in pipeline.batches(pipeline.read_folder(raw)[0])}
    assert len(before) > 4
    (raw / "a07b.txt").write_text(text.replace("25 percent", "77 percent"), encoding="utf-8")
    after = {found.digest for found in pipeline.batches(pipeline.read_folder(raw)[0])}
    assert 1 <= len(after - before) <= 2
    assert len(before - after) <= 1
