"""Who speaks for the issuer: somebody whom the release quotes, and who holds an office in the body that issues it.

An office belongs to the issuer where its body is the issuer under one of its names, or where the title and the
issuer's name share their subject ("Minister for Reefs", "Ministry of Reefs"). The only person whom a release quotes
speaks for the issuer too, unless he or she holds an office elsewhere. Without an issuer nobody does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from report_extract.evidence import Evidence
from report_extract.extract.mentions import (
    AffiliationMention,
    OrganizationEntity,
    PersonEntity,
    PersonMention,
    RoleMention,
    StatementMention,
)
from report_extract.rules import load_rules


def find_spokespeople(
    issuer: str | None,
    statements: Sequence[StatementMention],
    affiliations: Sequence[AffiliationMention],
    people: Sequence[PersonEntity],
    organizations: Sequence[OrganizationEntity],
) -> Iterator[RoleMention]:
    """The role of spokesperson, at the place where each is quoted first."""
    if issuer is None:
        return
    owners = {mention.evidence: person.name for person in people for mention in person.mentions}
    first: dict[str, PersonMention] = {}
    for statement in sorted(statements, key=lambda one: one.evidence):
        speaker = statement.speaker
        if statement.kind == "direct" and isinstance(speaker, PersonMention) and speaker.evidence in owners:
            first.setdefault(owners[speaker.evidence], speaker)
    offices: dict[str, list[AffiliationMention]] = {}
    for office in affiliations:
        offices.setdefault(owners.get(office.person.evidence, office.person.name), []).append(office)
    names = _names(issuer, organizations)
    for name, mention in first.items():
        held = offices.get(name, [])
        if any(_is_issuers(office, names) for office in held) or (len(first) == 1 and not _is_elsewhere(held)):
            place = mention.evidence
            yield RoleMention(mention, "spokesperson", Evidence(place.start, place.end, "roles.spokesperson", 0.7))


def _names(issuer: str, organizations: Sequence[OrganizationEntity]) -> tuple[frozenset[str], ...]:
    """The subject words of every name of the issuer."""
    forms = {issuer}
    for body in organizations:
        known = {body.name, *(alias for alias, _ in body.aliases)}
        if issuer in known:
            forms |= known
    return tuple(words for form in forms if (words := _subject(form)))


def _is_issuers(office: AffiliationMention, names: Sequence[frozenset[str]]) -> bool:
    body = _subject(office.organization.name) if office.organization else frozenset()
    title = _subject(office.title.title) if office.title else frozenset()
    if body:
        return any(body <= name or name <= body for name in names)
    return any(title & name for name in names)


def _is_elsewhere(offices: Sequence[AffiliationMention]) -> bool:
    return any(office.organization is not None for office in offices)


def _subject(name: str) -> frozenset[str]:
    """The words that tell one body from another.

    >>> sorted(_subject("Ministry of Reefs and Tides")), sorted(_subject("Minister for Reefs"))
    (['reef', 'tide'], ['reef'])
    """
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name).lower())
    return frozenset(word.removesuffix("s") for word in words if word not in _general())


@cache
def _general() -> frozenset[str]:
    return frozenset(load_rules("spokespeople").terms("general"))
