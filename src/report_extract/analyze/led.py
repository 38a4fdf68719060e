"""What the names beside a reading say for it: bodies that an office leads to, parts of a person's full name.

The network reads each word by the words around it, and rules know where the names of bodies begin and end. Where an
office leads to a body ("Director of the Tides and Harbours Division"), the two together are surer than either alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from report_extract.analyze.barred import donors
from report_extract.analyze.candidates import Board, Candidate

if TYPE_CHECKING:
    from report_extract.analyze.settle import Place, Proposals
    from report_extract.analyze.words import Words

_HEADED = "organizations.headed"
# A part of a person's name, and a body behind "Curator of", need less than what stands alone.
_SEEN, _HELD = 0.3, 0.2
_MINISTERS, _MINISTRIES = frozenset({"Minister", "Secretary"}), frozenset({"Ministry", "Department"})
# What the network alone must see; what stands as likely as not; no sum of chances is surer than the last.
_HALF, _LIKELY, _SURE = 0.45, 0.5, 0.95


def free_bodies(proposals: Proposals, chances: Mapping[Place, float]) -> dict[Place, float]:
    """The chances where offices end before the body that they lead to: "Director of the | Tides and Harbours Division".

    What reads the office a word or two too long speaks for it, too; what would cut the body in two does not stand.
    """
    tags, freed = proposals.words.tags, dict(chances)
    ending: dict[int, list[Place]] = defaultdict(list)
    for place in chances:
        if place[2] == "TITLE":
            ending[place[1]].append(place)
    _employ_sites(proposals, freed, ending)
    _endow(proposals, freed)
    _reach_names(proposals, freed)
    _match_ministries(proposals, freed)
    headed = {place for place, rule in proposals.rules.items() if rule == _HEADED}
    for body in [place for place, c in chances.items() if place in headed or (place[2] == "ORG" and c >= _LIKELY)]:
        at = _link_before(tags, body[0])
        if at < 1 or tags[at] != "f":
            continue
        near = [office for stop in range(at, body[1]) for office in ending[stop] if office[0] < at]
        # "Minister of Foreign Affairs | for Ruland" has the head of the phrase, and so its own matter.
        head = tags.find("O", body[0], body[1])
        cutting = [office for office in near if body[0] < office[1] <= head and freed[office] >= _HELD]
        if not cutting and freed[body] < _LIKELY:
            continue
        for first in {office[0] for office in near}:
            same = [office for office in near if office[0] == first]
            freed[first, at, "TITLE"] = min(_SURE, sum(freed[office] for office in same))
            freed.update((office, 0.0) for office in same if office[1] > body[0])
        if cutting:
            unit = _without_owner(tags, body, freed)
            freed[unit] = max(freed.get(unit, 0.0), _LIKELY)
            proposals.rules.setdefault(unit, _HEADED)
    return freed


def _employ_sites(proposals: Proposals, chances: dict[Place, float], offices: Mapping[int, Sequence[Place]]) -> None:
    """What speaks for a building speaks for a body where an office is held at it: "curator at the Reef Gallery"."""
    words, tags = proposals.words, proposals.words.tags
    for place in [place for place in chances if place[2] == "FAC" and tags[place[1] - 1] == "O"]:
        at = _link_before(tags, place[0])
        if at < 1 or words.words[at] not in ("at", "of", ","):
            continue
        if any(chances[office] >= _SEEN or office in proposals.rules for office in offices[at]):
            body = (*place[:2], "ORG")
            chances[body] = min(_SURE, chances.get(body, 0.0) + chances[place])
            chances[place] = 0.0


def _endow(proposals: Proposals, chances: dict[Place, float]) -> None:
    """A post begins with the name of its donor: "the | Ada M. Quill Professor of Law", not "Professor of Law"."""
    posts = {head: first for first, head in donors(proposals.words)}
    for place in [place for place in chances if place[2] == "TITLE" and place[0] in posts]:
        whole = (posts[place[0]], place[1], "TITLE")
        chances[whole] = min(_SURE, chances.get(whole, 0.0) + chances[place])
        chances[place] = 0.0


def _reach_names(proposals: Proposals, chances: dict[Place, float]) -> None:
    """An office goes on up to the name behind it: "Minister for Reefs and Fair Trade | Senator Ana Ruiz"."""
    tags = proposals.words.tags
    names = {place[0] for place, c in chances.items() if place[2] in ("PERSON", "HONORIFIC") and c >= _LIKELY}
    offices: dict[int, list[Place]] = defaultdict(list)
    for place in chances:
        if place[2] == "TITLE":
            offices[place[0]].append(place)
    for whole in [place for same in offices.values() for place in same if place[1] in names]:
        for cut in offices[whole[0]] if chances[whole] >= _SEEN else ():
            if cut[1] < whole[1] and tags[cut[1]] == "&" and _matter(tags, cut):
                chances[whole] = min(_SURE, chances[whole] + chances[cut])
                chances[cut] = 0.0


def _match_ministries(proposals: Proposals, chances: dict[Place, float]) -> None:
    """A ministry has the matters of its minister: "the Ministry of Reefs and Fair Trade", who is read in full."""
    forms, tags = proposals.words.forms, proposals.words.tags
    matters = {
        forms[at : place[1]]
        for place, chance in chances.items()
        if place[2] == "TITLE" and chance >= _LIKELY and (at := _matter(tags, place)) > 1
        if "&" in tags[at : place[1]] and forms[at - 2] in _MINISTERS
    }
    for whole in [place for place in chances if place[2] == "ORG" and forms[place[0]] in _MINISTRIES]:
        if forms[whole[0] + 2 : whole[1]] in matters:
            for cut in [p for p in chances if p[0] == whole[0] and p[1] < whole[1]]:
                chances[cut] = 0.0
            chances[whole] = _SURE


def _matter(tags: str, office: Place) -> int:
    """Where the matter of an office begins, behind its "of" or "for"; 0 where it has none."""
    return next((i + 1 for i in range(office[0] + 1, office[1] - 1) if tags[i] in "fr"), 0)


def _link_before(tags: str, first: int) -> int:
    """Where the word stands that leads to a name, its article passed over: the "of" of "of the Reef Centre"."""
    return first - 1 - (tags[first - 1] == "h")


def _without_owner(tags: str, body: Place, chances: Mapping[Place, float]) -> Place:
    """The body up to another that stands at its end: "Harbours Division of the | Reef Centre"."""
    first, stop, label = body
    for start in range(first + 1, stop):
        cut = _link_before(tags, start)
        if cut > first and tags[cut] == "f" and chances.get((start, stop, label), 0.0) >= _LIKELY:
            return first, cut, label
    return body


def held_bodies(proposals: Proposals, board: Board, chances: Mapping[Place, float]) -> Iterator[Candidate]:
    """Bodies that an office leads to, where the network sees some body: "Curator of the Reef Museum"."""
    tags, seen = proposals.words.tags, proposals.chances
    for place in proposals:
        first, stop, label = place
        at = _link_before(tags, first)
        if label != "ORG" or at < 1 or tags[at] not in "f,":
            continue
        office = board.owner[at - 1]
        if office is None or office.label != "TITLE":
            continue
        rule, chance = proposals.rules.get(place), chances.get(place, 0.0)
        inside = (seen.get((a, b, label), 0.0) for a, b in combinations(range(first, stop + 1), 2))
        is_seen = tags[at] == "f" and seen.get(place, 0.0) >= _HALF and not _goes_on(proposals.words, stop)
        if is_seen or (rule == _HEADED and (chance >= _HELD or sum(inside) >= _HELD)):
            yield Candidate(*place, rule or "model.ORG", max(chance, _HELD))


def second_offices(proposals: Proposals, board: Board) -> Iterator[Candidate]:
    """Offices that "and" joins to one that stands, where the network half sees one: "Dean and Director of Tides"."""
    for place, chance in proposals.chances.items():
        first, stop, label = place
        if label == "TITLE" and chance >= _SEEN and first > 1 and proposals.words.tags[first - 1] == "&":
            office = board.owner[first - 2]
            if office is not None and office.label == "TITLE":
                yield Candidate(first, stop, label, proposals.rules.get(place, "model.TITLE"), chance)


def parts_of_names(proposals: Proposals, board: Board) -> Iterator[Candidate]:
    """The first or last word of a person's name that stands, where the network half sees a person in it, too."""
    words = proposals.words
    full = [c for c in board.of("PERSON") if c.stop - c.first > 1]
    parts = {words.forms[i] for c in full for i in (c.first, c.stop - 1)}
    for place, chance in proposals.chances.items():
        first, stop, label = place
        if label != "PERSON" or stop - first > 1 or chance < _SEEN or words.forms[first] not in parts:
            continue
        if not _goes_on(words, stop):
            yield Candidate(*place, proposals.rules.get(place, "model.PERSON"), chance)


def _goes_on(words: Words, stop: int) -> bool:
    """Whether a word with a capital follows, with which the name may go on."""
    return "".join(words.words[stop : stop + 1])[:1].isupper()
