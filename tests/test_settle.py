"""How the network and the rules are weighed against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.decoding import Reading
from report_extract.analyze.settle import Place, Proposals, Trust, read_trust, settle, write_trust
from report_extract.analyze.words import Words
from report_extract.errors import EnvironmentFault

TEXT = "Prof. Ana Ruiz of SIMC met SIMC"
TRUST = Trust({"chance": 1.0, "rule people.given-name": 3.0, "mean": 0.5, "taken ORG": -2.0}, {"ORG": 0.4})


def words() -> Words:
    parts = TEXT.split()
    starts = [TEXT.index(parts[0])]
    for part in parts[1:]:
        starts.append(TEXT.index(part, starts[-1] + 1))
    ends = [start + len(part) for start, part in zip(starts, parts, strict=True)]
    nothing = (False,) * len(parts)
    forms = tuple(parts)
    return Words(TEXT, forms, forms, tuple(starts), tuple(ends), nothing, nothing, "HNSfAwA")


def board(*candidates: Candidate) -> Board:
    made = Board(7)
    made.place(candidates)
    return made


def chosen(readings: list[Reading], *by_rules: Candidate, trust: Trust = TRUST) -> set[Place]:
    settled = settle(Proposals(words(), readings, board(*by_rules), {}), trust)
    return {(c.first, c.stop, c.label) for c in settled.chosen}


def test_what_the_network_is_sure_of_stands() -> None:
    assert chosen([Reading(1, 3, "PERSON", 0.9), Reading(1, 2, "PERSON", 0.08)]) == {(1, 3, "PERSON")}


def test_a_trusted_rule_stands_where_the_network_is_silent() -> None:
    trusted = Trust({"rule people.given-name": 8.0, "chance": 1.0}, {})
    assert chosen([], Candidate(1, 3, "PERSON", "people.given-name", 5), trust=trusted) == {(1, 3, "PERSON")}
    assert chosen([], Candidate(1, 3, "PERSON", "people.unknown", 5), trust=trusted) == set()


def test_what_a_name_is_elsewhere_counts() -> None:
    alone = [Reading(4, 5, "ORG", 0.45)]
    assert chosen(alone) == set()
    assert chosen([*alone, Reading(6, 7, "ORG", 0.97)]) == {(4, 5, "ORG"), (6, 7, "ORG")}


def test_honorifics_and_articles_are_no_part_of_a_name() -> None:
    assert chosen([Reading(0, 3, "PERSON", 0.9)]) == {(1, 3, "PERSON")}


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_trust(TRUST, tmp_path / "model" / "trust.json")
    assert read_trust(tmp_path / "model" / "trust.json") == TRUST
    assert read_trust(tmp_path / "nothing.json") is None
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="weights"):
        read_trust(tmp_path / "broken.json")
