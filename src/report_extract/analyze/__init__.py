"""From cleaned text to a `Doc` with sentences and three groups of spans: sections, mentions, quotations."""

from report_extract.analyze.components import make_mentions, make_quotes, make_sections, make_sentences
from report_extract.analyze.names import make_names
from report_extract.analyze.pipeline import load_pipeline
from report_extract.analyze.seam import (
    MENTIONS,
    QUOTES,
    SECTIONS,
    mentions_of,
    quotes_of,
    section_at,
    sections_of,
    write_spans,
)

__all__ = [
    "MENTIONS",
    "QUOTES",
    "SECTIONS",
    "load_pipeline",
    "make_mentions",
    "make_names",
    "make_quotes",
    "make_sections",
    "make_sentences",
    "mentions_of",
    "quotes_of",
    "section_at",
    "sections_of",
    "write_spans",
]
