"""Rule files prove themselves: each loads, and a rule that contradicts its own examples is refused."""

from __future__ import annotations

import pytest

from conftest import ROOT
from report_extract.errors import RuleError
from report_extract.rules import load_rules, parse_rules

FILES = sorted(path.stem for path in (ROOT / "src/report_extract/rules").glob("*.toml"))
GOOD = """
[lists]
small = ["few", "a couple of"]
all = ["@small", "many"]
[[rule]]
id = "x.count"
pattern = '\\b{all} (?:people|guests)\\b'
yes = ["a couple  of people came"]
no = ["few came"]
"""


@pytest.mark.parametrize("name", FILES)
def test_rule_file_proves_itself(name: str) -> None:
    rules = load_rules(name)
    assert rules.lists or rules.rules or rules.weights
    for terms in rules.lists.values():
        assert all(term.strip() == term and term for term in terms)


def test_lists_refer_to_lists_and_patterns_to_lists() -> None:
    rules = parse_rules("good", GOOD)
    assert rules.terms("all") == ("few", "a couple of", "many")
    assert rules.rule("x.count").pattern.search("many guests")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("a couple  of people came", "nobody came", "misses its own example"),
        ("few came", "few people came", "hits its own counter-example"),
        ('id = "x.count"', 'id = ""', "needs id"),
        ("{all}", "(", "x.count"),
        ("[lists]", "[lists", "bad"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        parse_rules("bad", GOOD.replace(old, new))


def test_missing_files_lists_and_rules_are_named() -> None:
    with pytest.raises(RuleError, match="no_such"):
        load_rules("no_such")
    with pytest.raises(RuleError, match="no list 'big'"):
        parse_rules("good", GOOD).terms("big")
    with pytest.raises(RuleError, match="no rule 'y'"):
        parse_rules("good", GOOD).rule("y")
