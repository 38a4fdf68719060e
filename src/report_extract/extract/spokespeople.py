"""Who speaks for the issuer: somebody whom the release quotes, and who holds an office in the body that issues it.

An office belongs to the issuer where its body is the issuer under one of its names, or where the title and the
issuer's name share their subject ("Minister for Reefs", "Ministry of Reefs"). The only person whom a release quotes
speaks for the issuer too, unless he or she holds an office elsewhere. Whose office it is to speak ("spokeswoman",
"press secretary") does so also where the words are only reported, and in a release without a known issuer; nobody else
does there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
from report_extract.extract.organization_names import kind_of
from report_extract.rules import alternation, load_rules


def find_spokespeople(
    issuer: str | None,
    statements: Sequence[StatementMention],
    affiliations: Sequence[AffiliationMention],
    people: Sequence[PersonEntity],
    organizations: Sequence[OrganizationEntity],
) -> Iterator[RoleMention]:
    """The role of spokesperson, at the place where each is quoted first."""
    owners = {mention.evidence: person.name for person in people for mention in person.mentions}
    first: dict[str, PersonMention] = {}
    reported: dict[str, PersonMention] = {}
    for statement in sorted(statements, key=lambda one: one.evidence):
        speaker = statement.speaker
        if isinstance(speaker, PersonMention) and speaker.evidence in owners:
            told = first if statement.kind == "direct" else reported
            told.setdefault(owners[speaker.evidence], speaker)
    offices: dict[str, list[AffiliationMention]] = {}
    for office in affiliations:
        offices.setdefault(owners.get(office.person.evidence, office.person.name), []).append(office)
    names, forms = _names(issuer, organizations), _forms(organizations)
    for name, mention in {**reported, **first}.items():
        held = offices.get(name, [])
        own = [office for office in held if _is_issuers(office, names, forms)]
        is_quoted = name in first and issuer is not None
        is_only = is_quoted and len(first) == 1 and not _is_elsewhere(held)
        if (is_quoted and own) or is_only or any(map(_speaks_by_office, own if issuer else held)):
            place = mention.evidence
            yield RoleMention(mention, "spokesperson", Evidence(place.start, place.end, "roles.spokesperson", 0.7))


def _names(issuer: str | None, organizations: Sequence[OrganizationEntity]) -> frozenset[str]:
    """Every name of the issuer."""
    forms = set() if issuer is None else {issuer}
    for body in organizations:
        known = {body.name, *(alias for alias, _ in body.aliases)}
        if issuer in known:
            forms |= known
    return frozenset(forms)


def _forms(organizations: Sequence[OrganizationEntity]) -> dict[Evidence, tuple[str, ...]]:
    """For every place that names a body, all of its names: "the Institute" is the Reef Institute."""
    return {
        mention.evidence: (body.name, *(alias for alias, _ in body.aliases))
        for body in organizations
        for mention in body.mentions
    }


def _is_issuers(office: AffiliationMention, names: frozenset[str], forms: Mapping[Evidence, tuple[str, ...]]) -> bool:
    if office.organization is not None:
        known = {office.organization.name, *forms.get(office.organization.evidence, ())}
        if any(map(_subject, known)):
            return any(_is_one_body(form, name) for form in known for name in names)
    title = _subject(office.title.title) if office.title else frozenset()
    if office.organization is None and _speaks_by_office(office):
        return True
    return any(title & _subject(name) for name in names)


def _is_one_body(one: str, other: str) -> bool:
    """Whether two names may be those of one body, or of a part of it.

    >>> _is_one_body("Reef Institute", "Quillian Reef Institute"), _is_one_body("Ministry of Law", "Trade Law Union")
    (True, False)
    """
    shorter, longer = sorted((_subject(one), _subject(other)), key=len)
    if not shorter or not shorter <= longer:
        return False
    kinds = {kind_of(one), kind_of(other)} - {None}
    # One word in common is only a matter ("law") where the two are bodies of different kinds.
    return len(shorter) > 1 or len(kinds) < 2 or one in other or other in one


def _speaks_by_office(office: AffiliationMention) -> bool:
    """Whether it is somebody's office to speak: "spokeswoman", "press secretary"."""
    return office.title is not None and _speaking_heads().search(office.title.title) is not None


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


@cache
def _speaking_heads() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('spokespeople').terms('speaking_heads'))}\b")
