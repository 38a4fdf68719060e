"""Places named in the text, each with its kind and, where the release or the name itself says so, its country.

Countries are known by name; a state or a "County" is a region; a sea or a mountain is a region too; a building, hall or
street is a site; any other town-like place is a city. The country comes from the release ("Sapporo, Japan") and counts
for every mention of that place; nothing is looked up in the world. Menus and footers have no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from spacy.tokens import Doc, Span

from report_extract.analyze.seam import mentions_of, sections_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.mentions import PlaceMention
from report_extract.extract.place_names import country_named, country_of_state, is_region_name

# Towns whose names begin like a building's.
_PORT = re.compile(r"(?:Port|Puerto|Porto|Pointe|San|Santa|Saint|Sainte|New) [A-Z][\w’'-]+")
_INSIDE = re.compile(r"^\s*,\s*(?:the\s+)?$|^\s*\(\s*$|^\s+in\s+(?:the\s+)?$")


def find_places(doc: Doc) -> Iterator[PlaceMention]:
    """Every mention of a place, in text order.

    >>> import spacy
    >>> from report_extract.analyze.seam import MENTIONS, write_spans
    >>> doc = spacy.blank("en")("They met in Sapporo, Japan.")
    >>> write_spans(doc, MENTIONS, [(12, 19, "GPE", ""), (21, 26, "GPE", "")])
    >>> [(place.name, place.kind, place.country) for place in find_places(doc)]
    [('Sapporo', 'city', 'Japan'), ('Japan', 'country', 'Japan')]
    """
    chrome = [(section.start_char, section.end_char) for section in sections_of(doc, "CHROME")]
    spans = [
        span
        for span in mentions_of(doc, "GPE", "LOC", "FAC")
        if not any(start <= span.start_char < end for start, end in chrome)
    ]
    countries = _countries_said(text_of(doc), spans)
    for span in spans:
        name = " ".join(span.text.split())
        country = country_named(name) or countries.get(name) or country_of_state(name)
        yield PlaceMention(name, _kind(span.label_, name), country, Evidence.of(span, confidence=0.8))


def _kind(label: str, name: str) -> Literal["country", "region", "city", "site"]:
    if label == "FAC":
        return "city" if _PORT.fullmatch(name) else "site"
    if label == "LOC":
        return "region"
    if country_named(name):
        return "country"
    return "region" if is_region_name(name) else "city"


def _countries_said(text: str, spans: Sequence[Span]) -> dict[str, str]:
    """The country that the release names right after a place: "Sapporo, Japan", "Suva (Fiji)", "Mesa, Arizona"."""
    said: dict[str, str] = {}
    followed: str | None = None
    for one, other in reversed(list(pairwise(spans))):
        after = " ".join(other.text.split())
        country = country_named(after) or country_of_state(after) or followed
        followed = None
        name = " ".join(one.text.split())
        if country and not country_named(name) and _INSIDE.match(text[one.end_char : other.start_char]):
            said[name] = followed = country
    return said
