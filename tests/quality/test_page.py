"""`docs/quality.md` has the bounds and the parts of the report as they are."""

import tomllib

from communique.quality.accepted import FILE, read_accepted
from docs.quality import PAGE, with_parts

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_generated_parts_are_current():
    assert with_parts(TEXT) == TEXT, "run `python -m docs.quality --write`"


def test_the_example_can_be_used(tmp_path):
    example = TEXT.partition("```toml\n")[2].partition("```")[0]
    assert tomllib.loads(example)
    (tmp_path / FILE).write_text(example, encoding="utf-8")
    assert [entry.check for entry in read_accepted(tmp_path)] == ["recommendations.rows_kept"]
