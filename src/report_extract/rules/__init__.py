"""Linguistic knowledge as data, proved when it is loaded.

Each `*.toml` in this folder holds word lists (`[lists]`, a name and its terms), regex rules (`[[rule]]` with `id`,
`pattern`, `yes`, `no`), or the weights of signs that speak for a candidate (`[weights]`). A regex rule that misses one
of its own `yes` examples or hits one of its `no` examples is refused, so a rule file cannot contradict itself.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from report_extract.errors import RuleError


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern with the id by which everything it produced can be found."""

    id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule file: its lists by name, its rules in file order, its weights by sign."""

    name: str
    lists: dict[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    weights: dict[str, float] = field(default_factory=dict)

    def terms(self, name: str) -> tuple[str, ...]:
        """The terms of a list, in file order.

        Raises:
            RuleError: when the file has no such list.
        """
        try:
            return self.lists[name]
        except KeyError:
            raise RuleError(f"{self.name}.toml has no list {name!r}; it has {sorted(self.lists)}") from None

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id.

        Raises:
            RuleError: when the file has no such rule.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise RuleError(f"{self.name}.toml has no rule {rule_id!r}; it has {[r.id for r in self.rules]}")


@cache
def load_rules(name: str) -> RuleFile:
    """The rules of `rules/<name>.toml`, proved on their own examples; read once a process.

    Raises:
        RuleError: when the file is missing, not well formed, or a rule fails its own examples.
    """
    try:
        raw = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(f"no rule file {name}.toml in the package: {error}") from error
    return parse_rules(name, raw)


def parse_rules(name: str, raw: str) -> RuleFile:
    """The rules written in `raw` (TOML). A list may refer to another by "@other"; patterns may use "{list}".

    `{list}` in a pattern stands for an alternation of the list's terms, longest first, as literal text in which a
    space matches any white space.

    Raises:
        RuleError: see `load_rules`.
    """
    try:
        data = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}.toml: {error}") from error
    lists: dict[str, tuple[str, ...]] = {}
    for key, terms in data.get("lists", {}).items():
        # Lists that take others in may name a term twice; once is enough.
        named = (t for term in terms for t in (lists[term[1:]] if term.startswith("@") else (term,)))
        lists[key] = tuple(dict.fromkeys(named))
    rules = tuple(_compile(name, entry, lists) for entry in data.get("rule", []))
    ids = [rule.id for rule in rules]
    if len(set(ids)) != len(ids):
        raise RuleError(f"{name}.toml: a rule id stands twice: {sorted(i for i in set(ids) if ids.count(i) > 1)}")
    weights = {sign: float(weight) for sign, weight in data.get("weights", {}).items()}
    return RuleFile(name, lists, rules, weights)


def alternation(terms: tuple[str, ...]) -> str:
    """A regex alternation of literal terms, longest first; a space in a term matches any run of white space.

    >>> alternation(("Vice", "Vice President"))
    '(?:Vice\\\\s+President|Vice)'
    """
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    return "(?:" + "|".join(r"\s+".join(re.escape(word) for word in term.split()) for term in ordered) + ")"


def _compile(name: str, entry: dict[str, object], lists: dict[str, tuple[str, ...]]) -> Rule:
    rule_id, pattern = str(entry.get("id", "")), str(entry.get("pattern", ""))
    if not rule_id or not pattern or "yes" not in entry or "no" not in entry:
        raise RuleError(f"{name}.toml: rule {rule_id!r} needs id, pattern, yes and no")
    for key, terms in lists.items():
        pattern = pattern.replace("{" + key + "}", alternation(terms))
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise RuleError(f"{name}.toml: {rule_id}: {error}") from error
    yes, no = entry["yes"], entry["no"]
    assert isinstance(yes, list)
    assert isinstance(no, list)
    for example in yes:
        if not compiled.search(example):
            raise RuleError(f"{name}.toml: {rule_id} misses its own example {example!r}")
    for example in no:
        if compiled.search(example):
            raise RuleError(f"{name}.toml: {rule_id} hits its own counter-example {example!r}")
    return Rule(rule_id, compiled)
