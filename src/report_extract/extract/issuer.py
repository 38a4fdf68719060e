"""The organisation that speaks in a release.

What the release states outright comes first: a label ("Published By: ..."), "Posted ... by ...", "released jointly by
...", the name of the page's site, the seat of the head of state whose readout it is. Otherwise it is one of the
organisations that the release names: the signs of `issuer_signs` decide by the weights in `rules/issuer.toml`. Where
they point to none with enough weight, there is no issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from report_extract.extract.choice import chances
from report_extract.extract.head_lines import TextLine
from report_extract.extract.issuer_places import Release
from report_extract.extract.issuer_signs import read_signs
from report_extract.extract.mentions import OrganizationEntity
from report_extract.extract.organization_names import fold_name
from report_extract.rules import alternation, load_rules

_SITE = re.compile(r"\s(?:\||[-–—])\s(?P<site>[^|]{4,80})$")
# A word in small letters: the label stands before a headline, no name ("Media Release: Bill gets boost").
_SAYS = re.compile(r"\b(?!(?:of|the|for|and|de|del)\b)[a-z]{3,}")
_REACH, _FULLER = 600, 1500
_LEAST = 0.4


def find_issuer(
    doc: Doc, lines: Sequence[TextLine], title: str | None, bodies: Sequence[OrganizationEntity]
) -> str | None:
    """The name of the body that issues the release; None where nothing tells."""
    release = Release(doc, lines, title)
    if stated := read_statement(release, bodies):
        return stated
    candidates = read_candidates(bodies)
    likely = chances(read_signs(release, candidates), load_rules("issuer").weights)
    best = max(range(len(candidates)), key=likely.__getitem__, default=None)
    return candidates[best].name if best is not None and likely[best] >= _LEAST else None


def read_statement(release: Release, bodies: Sequence[OrganizationEntity]) -> str | None:
    """The issuer whom the release itself names as such, by the fullest form of the name."""
    for stated in (_labelled(release), _posted(release), _released(release, bodies), _site(release), _seat(release)):
        for name in stated:
            return _fullest(" ".join(name.split()), bodies)
    return None


def read_candidates(bodies: Sequence[OrganizationEntity]) -> list[OrganizationEntity]:
    """The bodies that may speak for themselves: no press desks."""
    return [body for body in bodies if body.name not in _desks()]


def _labelled(release: Release) -> Iterator[str]:
    for line in _head_lines(release, {"", "HEADLINE", "CONTACT"}):
        match = _issuer_label().match(line.text)
        if match and not _SAYS.search(match["name"]):
            yield match["name"].strip(" .")


def _posted(release: Release) -> Iterator[str]:
    """Who put the release out, in a line of the head: "Posted May 30, 2022 by Lima College", "STATEMENT BY THE ..."."""
    rule = load_rules("document").rule("document.posted-by").pattern
    for line in _head_lines(release, {"", "HEADLINE"}):
        if match := rule.match(line.text):
            yield match["name"]


def _head_lines(release: Release, sections: set[str]) -> Iterator[TextLine]:
    """The lines of these parts but for the headline: "Statement by Ana Ruiz on Roads" names no body."""
    for line in release.lines:
        if line.section in sections and not line.start <= release.title_at[0] < line.end:
            yield line


def _released(release: Release, bodies: Sequence[OrganizationEntity]) -> Iterator[str]:
    """The first body that a sentence near the beginning names as the one that releases it."""
    rule = load_rules("issuer").rule("issuer.released-by").pattern
    for line in release.lines:
        if line.start > release.body + _REACH or rule.match(line.text) is None:
            continue
        named = [m for body in bodies for m in body.mentions if line.start <= m.evidence.start < line.end]
        if named:
            yield min(named, key=lambda mention: mention.evidence).name


def _site(release: Release) -> Iterator[str]:
    """The page's title often ends with the site's name: "Hall Opened | City of Lima"."""
    if not release.title or not release.lines:
        return
    first, title = release.lines[0].text, release.title
    match = _SITE.search(first)
    if match and first.casefold() != title.casefold() and first.casefold()[:25] == title.casefold()[:25]:
        yield match["site"].strip()


def _seat(release: Release) -> Iterator[str]:
    """The seat of the head of state or government whose doing the headline tells."""
    if load_rules("issuer").rule("issuer.head-of-state").pattern.match(release.title):
        yield from (seat for seat in load_rules("issuer").terms("seats") if seat in release.text)


def _fullest(name: str, bodies: Sequence[OrganizationEntity]) -> str:
    """The name of the body that the release calls so, or whose name goes on after it."""
    folded = fold_name(name)
    for body in bodies:
        forms = [fold_name(form) for form in (body.name, *(alias for alias, _ in body.aliases))]
        if folded in forms or (forms[0].startswith(folded) and body.mentions[0].evidence.start < _FULLER):
            return body.name
    return name


@cache
def _desks() -> frozenset[str]:
    return frozenset(load_rules("contacts").terms("desks"))


@cache
def _issuer_label() -> re.Pattern[str]:
    terms = alternation(load_rules("document").terms("issuer_label"))
    return re.compile(rf"(?i:^{terms})\s*:\s*(?:[Tt]he\s+)?(?P<name>[A-ZÀ-Þ][^\d@:|]{{2,90}})$")
