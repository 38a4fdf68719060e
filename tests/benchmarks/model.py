"""How fast and how steady the default model is, in one run on one core.

    python tests/benchmarks/model.py GOLD_FOLDER [--whole WHOLE_MODEL_FOLDER] [--repeat N]

GOLD_FOLDER holds annotated releases (ID.txt, ID.json). Printed are

- words a second of the whole program beside those of a spaCy pipeline of en_core_web_sm's shape (tok2vec, tagger,
  parser, ner with random weights, which changes nothing in its speed);
- the F1 of mentions as the releases are, with one space in fifty lost, and with headlines in small letters;
- with --whole, the same for a network that keeps four bytes a weight (`export_network(..., small=False)`).

Times are those of the processor, so a busy machine changes them little. Bind it to one core all the same:
`taskset -c 0 python tests/benchmarks/model.py corpus/dev`.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example

from report_extract.analyze import load_pipeline, mentions_of, sections_of
from report_extract.analyze.onnx_network import read_network
from report_extract.clean import clean_text
from report_extract.evaluate.gold import read_gold
from report_extract.evidence import Edit, TextMap
from report_extract.extractor import Extractor

Spans = list[tuple[int, int, str]]
Release = tuple[str, Spans]
LABELS = ("PERSON", "HONORIFIC", "TITLE", "ORG", "GPE", "EVENT", "DATE")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--whole", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    options = parser.parse_args()
    releases: list[Release] = [(gold.text, gold.mention_spans()) for gold in read_gold(options.gold)]
    begun = time.process_time()
    nlp = load_pipeline()
    print(f"loaded in {time.process_time() - begun:.2f} s")
    texts = [text for text, _ in releases]
    words = sum(len(text.split()) for text in texts)
    extractor, other = Extractor(nlp), small_spacy(texts[:20])
    ours = rate(words, options.repeat, lambda: [extractor.extract(text) for text in texts])
    analyzed = rate(words, options.repeat, lambda: [nlp(clean_text(text).text) for text in texts])
    theirs = rate(words, options.repeat, lambda: list(other.pipe(texts)))
    print(f"{len(texts)} releases, {words} words; words a second: whole program {ours:,.0f}, up to mentions")
    print(f"{analyzed:,.0f}, spaCy of en_core_web_sm's shape {theirs:,.0f}; ratio {ours / theirs:.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (both pipelines)")
    print("F1".ljust(34), *(label.rjust(9) for label in (*LABELS, "all")))
    show(nlp, releases)
    if options.whole:
        nlp.get_pipe("report_names").network = read_network(options.whole)  # type: ignore[attr-defined]
        show(nlp, releases, " (four bytes a weight)")


def show(nlp: Language, releases: Sequence[Release], note: str = "") -> None:
    """Print the scores on the releases as they are and on damaged ones."""
    variants = {
        "as received": releases,
        "one space in fifty lost": [glued(*release) for release in releases],
        "headlines in small letters": [lowered(*release) for release in releases],
    }
    for name, variant in variants.items():
        scores = f1(nlp, variant)
        print((name + note).ljust(34), *(f"{scores[label]:9.3f}" for label in (*LABELS, "all")))


def f1(nlp: Language, releases: Iterable[Release]) -> dict[str, float]:
    """F1 of exact spans, by label and over all."""
    tally: Counter[tuple[str, str]] = Counter()
    for text, spans in releases:
        cleaned = clean_text(text)
        doc = nlp(cleaned.text)
        chrome = [(s.start_char, s.end_char) for s in sections_of(doc, "CHROME")]
        found = {
            (*cleaned.map.to_raw(span.start_char, span.end_char), span.label_)
            for span in mentions_of(doc, *LABELS)
            if not any(start <= span.start_char < end for start, end in chrome)
        }
        right = {span for span in spans if span[2] in LABELS}
        for outcome, some in (("hit", found & right), ("miss", right - found), ("wrong", found - right)):
            for _, _, label in some:
                tally[label, outcome] += 1
                tally["all", outcome] += 1
    hits = {label: 2 * tally[label, "hit"] for label in (*LABELS, "all")}
    return {n: h / max(1, h + tally[n, "miss"] + tally[n, "wrong"]) for n, h in hits.items()}


def glued(text: str, spans: Spans) -> Release:
    """The release with one space in fifty lost, drawn by chance but always the same."""
    rng = random.Random(len(text))
    gaps = [m for m in re.finditer(r"(?<=\S) (?=\S)", text) if rng.random() < 0.02]
    return changed(text, spans, [Edit(gap.start(), gap.end(), "") for gap in gaps])


def lowered(text: str, spans: Spans) -> Release:
    """The release with its first line in small letters."""
    line = re.search(r"\S[^\n]*", text)
    if line is None or len(line.group().lower()) != len(line.group()):
        return text, spans
    return changed(text, spans, [Edit(line.start(), line.end(), line.group().lower())])


def changed(text: str, spans: Spans, edits: list[Edit]) -> Release:
    """The release after the edits, with its spans."""
    new, text_map = TextMap.identity(len(text)).apply(text, edits)
    return new, [(*text_map.to_clean(start, end), label) for start, end, label in spans]


def rate(words: int, repeat: int, work: object) -> float:
    """Words a second; the first run warms up and is not counted."""
    assert callable(work)
    work()
    begun = time.process_time()
    for _ in range(repeat):
        work()
    return words * repeat / (time.process_time() - begun)


def small_spacy(texts: Sequence[str]) -> Language:
    """A spaCy pipeline of en_core_web_sm's shape, with random weights."""
    nlp = spacy.blank("en")
    tok2vec = {
        "model": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 96,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
                "rows": [5000, 1000, 2500, 2500, 50, 50],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 96,
                "depth": 4,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        }
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }
    nlp.add_pipe("tok2vec", config=tok2vec)
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    for number in range(50):
        tagger.add_label(f"T{number}")  # type: ignore[attr-defined]
    one = {**parser, "state_type": "parser", "extra_state_tokens": False, "tok2vec": listener}
    parse = nlp.add_pipe("parser", config={"model": one})
    for label in range(45):
        parse.add_label(f"d{label}")  # type: ignore[attr-defined]
    own = {**parser, "state_type": "ner", "extra_state_tokens": False, "tok2vec": {**tok2vec["model"]}}
    ner = nlp.add_pipe("ner", config={"model": own})
    for number in range(18):
        ner.add_label(f"E{number}")  # type: ignore[attr-defined]
    annotation = {"tags": ["T0", "T1"], "heads": [0, 0], "deps": ["ROOT", "d1"], "entities": ["U-E0", "O"]}
    example = Example.from_dict(nlp.make_doc("One example"), annotation)
    nlp.initialize(lambda: [example])
    list(nlp.pipe(texts))
    return nlp


if __name__ == "__main__":
    main()
