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


def words(text: str = TEXT, tags: str = "HNSfAwA") -> Words:
    parts = text.split()
    starts = [text.index(parts[0])]
    for part in parts[1:]:
        starts.append(text.index(part, starts[-1] + 1))
    ends = [start + len(part) for start, part in zip(starts, parts, strict=True)]
    nothing = (False,) * len(parts)
    forms = tuple(parts)
    return Words(text, forms, forms, tuple(starts), tuple(ends), nothing, nothing, tags)


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


def test_a_name_of_several_words_that_is_clear_once_stands_wherever_it_is_half_believed() -> None:
    twice = words("Reef Friends met and Reef Friends won", "CCw&CCw")
    found = [Reading(0, 2, "ORG", 0.8), Reading(4, 6, "ORG", 0.3)]
    doubtful = Trust({"chance": 1.0}, {"ORG": 0.5})
    settled = settle(Proposals(twice, found, board(), {}), doubtful)
    assert {(c.first, c.stop) for c in settled.chosen} == {(0, 2), (4, 6)}
    settled = settle(Proposals(twice, found[1:], board(), {}), doubtful)
    assert not settled.chosen


def test_what_is_barred_is_not_proposed_alone() -> None:
    barred = {"ORG": frozenset({4})}
    assert list(Proposals(words(), [Reading(4, 5, "ORG", 0.9)], board(), barred)) == []
    assert list(Proposals(words(), [Reading(4, 6, "ORG", 0.9)], board(), barred)) == [(4, 6, "ORG")]
    assert list(Proposals(words(), [Reading(4, 5, "EVENT", 0.9)], board(), barred)) == [(4, 5, "EVENT")]


def test_honorifics_and_articles_are_no_part_of_a_name() -> None:
    assert chosen([Reading(0, 3, "PERSON", 0.9)]) == {(1, 3, "PERSON")}


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_trust(TRUST, tmp_path / "model" / "trust.json")
    assert read_trust(tmp_path / "model" / "trust.json") == TRUST
    assert read_trust(tmp_path / "nothing.json") is None
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="weights"):
        read_trust(tmp_path / "broken.json")


def test_an_event_holds_no_half_of_a_bracket() -> None:
    text = words("Tide Trust (TT) Reef Forum".replace("(", "( ").replace(")", " )"), "CO(A)CE")
    found = [Reading(3, 7, "EVENT", 0.4), Reading(5, 7, "EVENT", 0.2)]
    proposals = Proposals(text, found, board(), {})
    assert proposals.chances == {(5, 7, "EVENT"): pytest.approx(0.6)}
