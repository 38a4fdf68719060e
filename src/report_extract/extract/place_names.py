"""What the name of a place tells of itself: whether it is a country, and which country it lies in."""

from __future__ import annotations

from functools import cache
from typing import Literal

from report_extract.rules import load_rules


def country_named(name: str) -> str | None:
    """The usual English short form of a country's name; null where the name is no country's.

    >>> country_named("the Republic of Korea"), country_named("Sapporo")
    ('South Korea', None)
    """
    bare = name.removeprefix("the ").removeprefix("The ").removeprefix("THE ")
    # "GERMANY" of a headline; "US" and "UAE" stand in the list as they are.
    return _countries().get(bare) or (_countries().get(bare.title()) if bare.isupper() and len(bare) > 3 else None)


def country_of_state(name: str) -> str | None:
    """The country of a state or province that is known to lie in one only.

    >>> country_of_state("Queensland"), country_of_state("Atlantis")
    ('Australia', None)
    """
    return _states().get(name)


def day_month_order(country: str) -> Literal["DMY", "MDY"] | None:
    """How a country writes dates in digits; None where it writes them in more than one way.

    >>> day_month_order("Fiji"), day_month_order("United States"), day_month_order("Canada")
    ('DMY', 'MDY', None)
    """
    rules = load_rules("countries")
    if country in rules.terms("either_first"):
        return None
    return "MDY" if country in rules.terms("month_first") else "DMY"


def is_region_name(name: str) -> bool:
    """Whether a name says itself that it is a division of a country: "Cook County"."""
    return name in _states() or name.rsplit(maxsplit=1)[-1] in load_rules("countries").terms("region_heads")


def is_site(place: str) -> bool:
    """Whether a place is one inside a town: "Lima Seminar Room"."""
    heads = load_rules("place_names").terms("site_heads")
    return any(part.split()[-1] in heads for part in place.split(",") if part.split())


@cache
def _countries() -> dict[str, str]:
    rules = load_rules("countries")
    return {name: name for name in rules.terms("countries")} | _pairs(rules.terms("other_forms"))


@cache
def _states() -> dict[str, str]:
    return _pairs(load_rules("countries").terms("states"))


def _pairs(terms: tuple[str, ...]) -> dict[str, str]:
    return {left: right for left, _, right in (term.partition("=") for term in terms)}
