"""Offices that stand for their holder, and when they stand for nobody."""

from __future__ import annotations

import pytest

from marked_docs import marked_doc
from report_extract.analyze.seam import mentions_of
from report_extract.extract.affiliations import find_affiliations
from report_extract.extract.organizations import find_organizations
from report_extract.extract.people import find_people
from report_extract.resolve import resolve_holders, resolve_people

QUILL = "[Ada Quill](PERSON), [Minister for Tides](TITLE), came."
ROE = "[Ben Roe](PERSON), [Vice-Chancellor](TITLE) of [Tern University](ORG), came."


def holders(marked: str) -> list[tuple[str, str]]:
    """The words of each office that stands for somebody, and for whom."""
    doc = marked_doc(marked)
    people, bodies = tuple(find_people(doc)), tuple(find_organizations(doc))
    titles = [(span.start_char, span.end_char) for span in mentions_of(doc, "TITLE")]
    found = resolve_holders(doc.text, titles, resolve_people(people), tuple(find_affiliations(doc, people, bodies)))
    places = [(one.mention.evidence, one.person.name) for one in found]
    return [(doc.text[place.start : place.end], name) for place, name in places]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{QUILL} The [Minister](TITLE) opened a pier.", [("Minister", "Ada Quill")]),
        (f"{QUILL} “Well,” said the [minister](TITLE).", [("minister", "Ada Quill")]),
        (f"{QUILL} The Hon’ble [Minister](TITLE) agreed.", [("Minister", "Ada Quill")]),
        (f"{QUILL} The [Minister for Tides](TITLE) left.", [("Minister for Tides", "Ada Quill")]),
        (f"{QUILL} {ROE} The [Minister](TITLE)’s speech pleased the [Vice-Chancellor](TITLE).",
         [("Minister", "Ada Quill"), ("Vice-Chancellor", "Ben Roe")]),
    ],
)  # fmt: skip
def test_the_office_is_its_only_holder(text: str, wanted: list[tuple[str, str]]) -> None:
    assert holders(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        f"{QUILL} The [Prime Minister](TITLE) opened a pier.",  # another office
        f"{QUILL} The [Minister](TITLE) of Reefs opened a pier.",  # words go on to say which
        f"{QUILL} Its [Minister](TITLE) opened a pier.",
        f"{QUILL} The [Minister](TITLE)’s office opened a pier.",
        f"The [Minister](TITLE) opened a pier. {QUILL}",  # nobody was named yet
        f"{QUILL} [Cy Lund](PERSON), [Minister for Reefs](TITLE), came. The [Minister](TITLE) spoke.",  # one of two
        "[Ada Quill](PERSON), former [Minister for Tides](TITLE), came. The [Minister](TITLE) spoke.",
        f"{ROE} The [Chancellor](TITLE) spoke.",
    ],
)
def test_on_doubt_it_is_nobody(text: str) -> None:
    assert holders(text) == []
