"""Words a second of processor time on one core, the share of each stage, and peak memory.

    python tests/benchmarks/speed.py 'corpus/*/*.txt' [--repeat N]

Any files, folders or globs can be named. Loading is timed apart. Run it alone on a quiet machine, bound to one core
(`taskset -c 0`), when the figures are to be quoted.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from report_extract import pipeline
from report_extract.assemble import assemble_release
from report_extract.clean import clean_text
from report_extract.extractor import load
from report_extract.ingest import read_sources
from report_extract.schema import Failure

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
    options = parser.parse_args()
    begun = time.process_time()
    extractor = load()
    loading = time.process_time() - begun
    for name in [name for name in vars(pipeline) if name.startswith(("find_", "resolve_"))]:
        setattr(pipeline, name, timed(f"extract.{name}", getattr(pipeline, name)))
    sources, words = [], 0
    begun = time.process_time()
    for item in read_sources(options.inputs):
        if isinstance(item, Failure):
            print(f"skipped {item.source}: {item.message}", file=sys.stderr)
        else:
            sources.append(item)
    SECONDS["ingest"] = time.process_time() - begun
    extractor.extract("Ana Ruiz met Piet Lund on 3 May 2010.")  # word lists that load on first use
    for stage in [stage for stage in SECONDS if stage != "ingest"]:
        del SECONDS[stage]
    for _ in range(options.repeat):
        for source in sources:
            words += len(source.text.split())
            with extractor.nlp.memory_zone():
                cleaned = timed("clean", clean_text)(source.text)
                doc = timed("analyze.tokenizer", extractor.nlp.make_doc)(cleaned.text)
                for name, component in extractor.nlp.pipeline:
                    doc = timed(f"analyze.{name}", component)(doc)
                reading = pipeline.read_doc(doc, source)
                timed("assemble", assemble_release)(source, cleaned, doc, reading)
    total = sum(seconds for stage, seconds in SECONDS.items() if stage != "ingest")
    print(f"{len(sources)} releases, {words} words, loaded in {loading:.2f} s")
    print(f"{words / total:,.0f} words a second on one core, without ingest ({SECONDS['ingest']:.2f} s)")
    for stage, seconds in sorted(SECONDS.items(), key=lambda one: -one[1]):
        if stage != "ingest":
            print(f"  {stage:32} {seconds / total:6.1%}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
