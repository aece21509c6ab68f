"""The engine's speed beside that of the libraries people would otherwise reach for, as ratios.

    python -m venv .peers
    .peers/bin/pip install --require-hashes -r requirements/peers.txt
    python -m bench.peers --python .peers/bin/python [--size 0.2] [--rounds 3] [--json]

Both read the same texts in turn, each in its own process on one processor; times are processor seconds once everything
is loaded, the best of the rounds.  The engine makes all tables with roles, status and evidence; the libraries together
find names, dates and quantities only, so that the ratio is the least that can be said.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import write_corpus

_ENGINE = "communique (ingest and all tables)"
_TOGETHER = "the three together"
_HERE = Path(__file__).parent
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

_OURS = """
import json, sys, time
from pathlib import Path
import communique.extraction.loaded
from communique.batch import FileBatch, extract_files
files = tuple((path, None) for path in sorted(Path(sys.argv[1]).glob("*.txt")))
extract_files(FileBatch(files[:1]))
begin = time.process_time()
extract_files(FileBatch(files))
print(json.dumps({sys.argv[2]: time.process_time() - begin}))
"""


def measure(folder: Path, python: str, rounds: int) -> dict[str, float]:
    """Processor seconds over the texts in `folder`, the least of `rounds`, by what did the work."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        ours = _seconds([sys.executable, "-c", _OURS, str(folder), _ENGINE])
        peers = _seconds([python, str(_HERE / "peer_pipeline.py"), str(folder)])
        for name, seconds in {**ours, **peers, _TOGETHER: sum(peers.values())}.items():
            best[name] = min(seconds, best.get(name, seconds))
    return best


def markdown(seconds: Mapping[str, float], words: int) -> str:
    """The table: words per second, and how many times as fast the engine is."""
    lines = ["| on one processor | words/s | the engine is faster by |", "|---|---:|---:|"]
    for name, spent in seconds.items():
        ratio = "–" if name == _ENGINE else f"{spent / seconds[_ENGINE]:.1f}×"
        lines.append(f"| {name} | {round(words / spent):,} | {ratio} |")
    return "\n".join(lines)


def _seconds(command: Sequence[str]) -> dict[str, float]:
    done = subprocess.run(command, env=os.environ | _ONE_THREAD, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "no message").splitlines()[-1]
        raise SystemExit(f"{command[0]}: {last}; install requirements/peers.txt into its environment")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", required=True, metavar="PATH", help="the interpreter that has the peers")
    parser.add_argument("--size", type=float, default=0.2, metavar="MB", help="size of the corpus")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="the best of N counts")
    parser.add_argument("--json", action="store_true", help="JSON instead of Markdown")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        _, words, _ = write_corpus(raw, int(options.size * 1_000_000))
        seconds = measure(raw, options.python, options.rounds)
    print(json.dumps({"words": words, "seconds": seconds}) if options.json else markdown(seconds, words))


if __name__ == "__main__":
    main()
