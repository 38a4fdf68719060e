"""What a release's dates tell of each other: its full dates, the order of its numeric ones, its year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from report_extract.analyze.date_grammar import Expression
from report_extract.extract.date_reading import read_when
from report_extract.extract.date_values import Known, Order, parse_day
from report_extract.extract.place_names import country_named, country_of_state, day_month_order

_HEAD = 700


# "since 1998", "founded in 1998": years of another time.
_LONG_AGO = re.compile(
    r"(?i)\b(?:since|(?:founded|established|created|formed|born|dating back|opened first)\s+(?:in|to))\s+$"
)


def read_known(text: str, found: list[Expression], published: str | None, places: Iterable[str]) -> Known:
    """What the release's unambiguous dates tell: its full dates, the order of numeric ones, its one year.

    Where no date tells the order, the countries named among `places` do.
    """
    plain = Known(published=parse_day(published))
    full: list[date] = []
    for expression in found:
        when = read_when(expression, plain) if expression.first.rule != "dates.numeric" else None
        if when is not None and not when.anchored and when.precision in {"day", "minute", "interval"}:
            full += [value for value in {when.first, when.last} if "-" in when.edtf]
    year = published[:4] if published and published[:4].isdigit() else None
    order = _order(found) or _order_of_countries(places)
    return Known(plain.published, order, tuple(full), int(year) if year else _head_year(text))


def _order(found: list[Expression]) -> Order | None:
    """The order of day and month in numeric dates: by one that reads only one way, else by the written dates' order."""
    seen: set[Order] = set()
    for expression in found:
        groups = expression.first.groups
        if expression.first.rule == "dates.numeric" and max(int(groups["a"]), int(groups["b"])) > 12:
            seen.add("DMY" if int(groups["a"]) > 12 else "MDY")
    if not seen:
        written = {e.first.rule for e in found if {"y1", "y2"} & e.first.groups.keys()}
        pairs: tuple[tuple[str, Order], ...] = (("dates.days-month", "DMY"), ("dates.month-days", "MDY"))
        seen = {order for rule, order in pairs if rule in written}
    return seen.pop() if len(seen) == 1 else None


def _order_of_countries(places: Iterable[str]) -> Order | None:
    """The order of day and month in which all countries that a release names write dates, if it is one."""
    countries = {country for name in places if (country := country_named(name) or country_of_state(name))}
    orders = {day_month_order(country) for country in countries}
    return orders.pop() if len(orders) == 1 else None


def _head_year(text: str) -> int | None:
    """The one year that the beginning of the release names ("the 2016 Anglo-Chilean Summit"), if it is one."""
    head = text[:_HEAD]
    found = re.finditer(r"(?<![\w$€£.,/-])(?:19|20)\d\d(?![\w/-]|[.,]\d)", head)
    years = {match.group() for match in found if not _LONG_AGO.search(head, max(0, match.start() - 30), match.start())}
    return int(years.pop()) if len(years) == 1 else None
