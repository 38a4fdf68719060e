"""Words a second of processor time on one core, the share of each stage, and peak memory.

    python tests/benchmarks/speed.py 'corpus/*/*.txt' [--repeat N]
    python tests/benchmarks/speed.py 'corpus/dev/*.txt' --against OTHER_CHECKOUT [--rounds N]

Any files, folders or globs can be named. Loading is timed apart. Run it alone on a quiet machine, bound to one core
(`taskset -c 0`), when the figures are to be quoted. With --against, this checkout and another one (say, the state
before a change: `git worktree add`) read the same files by turns in processes of their own, and the ratio of their
rates is told round by round: what the machine does meanwhile hits both. Each reads with its own rules and model.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from report_extract import pipeline
from report_extract.assemble import assemble_release
from report_extract.clean import clean_text
from report_extract.confidence import grade, load_calibration
from report_extract.extractor import Extractor, load
from report_extract.ingest import read_sources
from report_extract.schema import Failure, Source

SECONDS: defaultdict[str, float] = defaultdict(float)


def timed(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, with its time added to the stage; an iterator is read to its end."""

    def measured(*args: Any, **named: Any) -> Any:
        begun = time.process_time()
        result = work(*args, **named)
        if hasattr(result, "__next__"):
            result = list(result)
        SECONDS[stage] += time.process_time() - begun
        return result

    return measured


def main() -> int:  # noqa: C901 - a script
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--against", type=Path, metavar="OTHER_CHECKOUT")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.against:
        return show_ratio(options.against, options.inputs, options.rounds)
    begun = time.process_time()
    extractor = load()
    loading = time.process_time() - begun
    for name in [name for name in vars(pipeline) if name.startswith(("find_", "resolve_"))]:
        setattr(pipeline, name, timed(f"extract.{name}", getattr(pipeline, name)))
    sources = []
    begun = time.process_time()
    for item in read_sources(options.inputs):
        if isinstance(item, Failure):
            print(f"skipped {item.source}: {item.message}", file=sys.stderr)
        else:
            sources.append(item)
    SECONDS["ingest"] = time.process_time() - begun
    for source in sources[:3]:
        extractor.extract(source)  # word lists and the reader of languages, which load on first use
    for stage in [stage for stage in SECONDS if stage != "ingest"]:
        del SECONDS[stage]
    words = read_all(extractor, sources, options.repeat)
    total = sum(seconds for stage, seconds in SECONDS.items() if stage != "ingest")
    print(f"{len(sources)} releases, {words} words, loaded in {loading:.2f} s")
    print(f"{words / total:,.0f} words a second on one core, without ingest ({SECONDS['ingest']:.2f} s)")
    for stage, seconds in sorted(SECONDS.items(), key=lambda one: -one[1]):
        if stage != "ingest":
            print(f"  {stage:32} {seconds / total:6.1%}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    return 0


def read_all(extractor: Extractor, sources: list[Source], repeat: int) -> int:
    """Read every release, stage by stage; the number of words read."""
    for source in sources * repeat:
        with extractor.nlp.memory_zone():
            cleaned = timed("clean", clean_text)(source.text)
            doc = timed("analyze.tokenizer", extractor.nlp.make_doc)(cleaned.text)
            for name, component in extractor.nlp.pipeline:
                doc = timed(f"analyze.{name}", component)(doc)
            reading = pipeline.read_doc(doc, source)
            record = timed("assemble", assemble_release)(source, cleaned, doc, reading)
            timed("grade", grade)(record, load_calibration())
    return repeat * sum(len(source.text.split()) for source in sources)


# Run in both checkouts: it may use only what every version of the package has.
RATE = """
import sys, time
from report_extract.extractor import load
from report_extract.ingest import read_sources
from report_extract.schema import Failure
extractor = load()
sources = [item for item in read_sources(sys.argv[1:]) if not isinstance(item, Failure)]
for source in sources[:20]:
    extractor.extract(source)
begun = time.process_time()
for source in sources:
    with extractor.nlp.memory_zone():
        extractor.extract(source)
print(sum(len(source.text.split()) for source in sources) / (time.process_time() - begun))
"""


def show_ratio(other: Path, inputs: list[str], rounds: int) -> int:
    """Print how fast this checkout is beside another one; 1 where the other is no checkout."""
    here = Path(__file__).parents[2]
    if not (other / "src" / "report_extract").is_dir():
        print(f"{other}: no checkout of this project", file=sys.stderr)
        return 1
    ratios = []
    for n in range(rounds):
        pair = (here, other) if n % 2 else (other, here)
        rates = {checkout: rate(checkout, inputs) for checkout in pair}
        ratios.append(rates[here] / rates[other])
        print(
            f"round {n + 1}: {rates[here]:,.0f} words a second here, {rates[other]:,.0f} there, ratio {ratios[-1]:.3f}"
        )
    print(f"median ratio {statistics.median(ratios):.3f}, from {min(ratios):.3f} to {max(ratios):.3f}")
    return 0


def rate(checkout: Path, inputs: list[str]) -> float:
    """Words a second of processor time of a checkout, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str((checkout / "src").resolve()), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", RATE, *inputs]
    return float(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
