"""Data that is no prose (tables, dumps, endless tokens) costs time in proportion to its length and yields a record."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from report_extract.extractor import Extractor

pytestmark = [pytest.mark.model, pytest.mark.slow]

ODD: dict[str, Callable[[int], str]] = {
    "one endless token": lambda n: "a" * (20 * n),
    "encoded bytes": lambda n: "QUJD" * (5 * n) + " The hall opened on 3 May 2010.",
    "short quotations": lambda n: 'He said "a b". ' * n,
    "digits": lambda n: "1" * (20 * n),
    "a list of companies": lambda n: "Foo Bar Inc " * n,
    "empty lines": lambda n: "x\n" * (8 * n),
    "names and commas": lambda n: "Ana Ruiz, " * n,
    "heads without names": lambda n: "University of " * (2 * n),
}


@pytest.mark.parametrize("name", ODD)
def test_time_grows_with_length_and_no_faster(name: str, extractor: Extractor) -> None:
    short, long = ODD[name](400), ODD[name](1600)
    extractor.extract(short)
    ratio = min(_seconds(extractor, long) / _seconds(extractor, short) for _ in range(2))
    # Four times the text; in quadratic time it would be sixteen.
    assert ratio < 11, f"{ratio:.1f} times the time for four times the text"


def _seconds(extractor: Extractor, text: str) -> float:
    begun = time.process_time()
    extractor.extract(text)
    return time.process_time() - begun + 0.005
