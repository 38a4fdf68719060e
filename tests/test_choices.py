"""Choosing among candidates by weighed signs, and fitting the weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_extract.extract.choice import chances
from report_extract.extract.web_names import find_handles, find_hosts, likeness
from report_extract.rules import load_rules, parse_rules
from report_extract.train.choices import Example, fit_weights, write_weights

EXAMPLES = [
    Example([{"menu": 1.0, "bias": 1.0}, {"first": 1.0, "bias": 1.0}], [False, True]),
    Example([{"menu": 1.0, "bias": 1.0}], [False]),
    Example([{"first": 1.0, "bias": 1.0}, {"bias": 1.0}], [True, False], times=2.0),
]


def test_the_annotated_candidate_becomes_the_likeliest() -> None:
    weights = fit_weights(EXAMPLES)
    assert weights["first"] > 0 > weights["menu"]
    menu, headline = chances(EXAMPLES[0].candidates, weights)
    assert headline > 0.5 > menu


def test_the_same_releases_give_the_same_weights() -> None:
    assert fit_weights(EXAMPLES) == fit_weights(EXAMPLES)


def test_no_candidate_no_chance() -> None:
    assert chances([], {"first": 1.0}) == []


def test_weights_are_written_in_place_of_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "rule.toml"
    path.write_text('# Why.\n\n[lists]\na = ["b"]\n\n[weights]\nold = 3.0\n\n[[rule]]\nid = "x"\n', encoding="utf-8")
    write_weights(path, {"small": -0.5, "large": 2.0})
    text = path.read_text(encoding="utf-8")
    assert "large = 2.0\nsmall = -0.5\n\n[[rule]]" in text
    assert "old" not in text
    assert parse_rules("rule", text.split("[[rule]]")[0]).weights == {"large": 2.0, "small": -0.5}


@pytest.mark.parametrize("name", ["headline", "issuer"])
def test_shipped_weights_weigh(name: str) -> None:
    assert any(load_rules(name).weights.values())


@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("Harbour Council on Trade", "press@hct.example.org", "name"),
        ("Hilltown", "https://www.hill-town.zz/news", "name"),
        ("Quill Partners Ltd.", "ada@quill.com", "part"),
        ("Harbour Council on Trade", "ada@gmail.com", None),
        ("Salt Guild", "press@hct.example.org", None),
    ],
)
def test_an_address_bears_a_name(name: str, address: str, expected: str | None) -> None:
    assert likeness([name], [host for _, host in find_hosts(address)]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Follow @hct_roads today", {"hct_roads", "hct", "roads"}),
        ("https://github.com/quill/bells", {"quill", "bells"}),
        ("Write to ada@quill.com", set()),
    ],
)
def test_accounts_and_pages_bear_names(text: str, expected: set[str]) -> None:
    assert set(find_handles(text)) == expected
