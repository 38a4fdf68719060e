from __future__ import annotations

from marked_docs import marked_doc
from report_extract.extract.places import find_places


def test_kinds_and_countries() -> None:
    text = (
        "They met in [Suva](GPE), [Fiji](GPE), at [Reef Hall](FAC) by the [Coral Sea](LOC). [Suva](GPE) is in the "
        "[Rewa Province](GPE); [Apia](GPE) is not."
    )
    found = [(place.name, place.kind, place.country) for place in find_places(marked_doc(text))]
    assert found == [
        ("Suva", "city", "Fiji"),
        ("Fiji", "country", "Fiji"),
        ("Reef Hall", "site", None),
        ("Coral Sea", "region", None),
        ("Suva", "city", "Fiji"),
        ("Rewa Province", "region", None),
        ("Apia", "city", None),
    ]


def test_a_chain_of_places_has_the_last_ones_country() -> None:
    text = "She lives in [Mesa](GPE), [Arizona](GPE), [USA](GPE)."
    found = [(place.name, place.kind, place.country) for place in find_places(marked_doc(text))]
    assert found == [
        ("Mesa", "city", "United States"),
        ("Arizona", "region", "United States"),
        ("USA", "country", "United States"),
    ]


def test_a_list_of_countries_says_nothing_of_a_city() -> None:
    found = [(place.name, place.country) for place in find_places(marked_doc("[Suva](GPE) and [Tonga](GPE) agreed."))]
    assert found == [("Suva", None), ("Tonga", "Tonga")]
