"""Offices told without their body: "its director, Ana Ruiz", "Dean of Science Dr Lund said" in a college's release.

"its" and "the institute's" mean the body named last before them; "director of the institute" means the last one before
whose name says that it is an institute. Any other office that only bodies have ("rector",
"chief executive", "curator") is held at the body that issues the release, unless the text goes on to say whose it is
("president of the club"). Offices of state ("President Quill", "Minister for Law") and occupations ("teacher",
"composer") have none of their own; so have offices in releases of governments, agencies, committees and the like, which
speak of everybody's, but for the few that are theirs alone ("Permanent Secretary", "press officer"). On doubt there is
no body.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from report_extract.evidence import Evidence
from report_extract.extract.mentions import AffiliationMention, OrganizationEntity, OrganizationMention
from report_extract.extract.organization_names import fold_name
from report_extract.rules import alternation, load_rules

_BODY = (
    "company|firm|institute|institution|university|college|school|bank|society|museum|foundation|association|union"
    "|centre|center|group|hospital|agency|organi[sz]ation|project|network|library|club"
)
_OWNED = re.compile(rf"\b(?:[Ii]ts|[Tt]heir|[Oo]ur|the (?P<head>{_BODY})['’]s)\s+(?:[\w-]+\s+){{0,3}}$")
_AS_ITS = re.compile(r"(?<!works )\b(?:as|to be|become) (?:its|their|our)\s+(?:[\w-]+\s+){0,3}$")
_OF_THE_BODY = re.compile(
    rf"\s+(?:of|at)\s+(?:the|our)\s+(?P<head>{_BODY})\b(?!\s+(?:of|for|that|which|where)\b|['’-])"
)
_MATTER = re.compile(r"\s(?:of|for|to|on)\s|,|\s\(")
_ELECT = re.compile(r"[- ](?:elect|designate)$", re.I)
_LOOKBACK = 60
# Bodies of these kinds speak of the offices of others as of their own.
_SPEAKS_OF_OTHERS = frozenset(
    {"government", "court", "party", "igo", "military", "media", "agency", "committee", "programme"}
)
# "Ada Quill, president of a club": the text goes on to say whose office it is.
_TELLS_WHOSE = re.compile(r"\s*,?\s*(?:of|at|for|with)\s")


def resolve_offices(
    text: str,
    affiliations: Sequence[AffiliationMention],
    issuer: str | None,
    bodies: Sequence[OrganizationEntity],
) -> Iterator[AffiliationMention]:
    """The affiliations in their order, those of an office without a body with the body that the release leaves out."""
    mentions = sorted((mention for body in bodies for mention in body.mentions), key=lambda one: one.evidence)
    ends = [mention.evidence.end for mention in mentions]
    speaking = _issuing(issuer, bodies)
    own = speaking.mentions[0] if speaking else None
    is_office_holder = is_of_an_office if speaking and speaking.kind in _SPEAKS_OF_OTHERS else is_of_a_body
    # "Lima University President Ana Ruiz" is "President Ruiz" later on.
    elsewhere = {_office_key(one) for one in affiliations if one.organization is not None and one.title is not None}
    forms = _names(speaking) if speaking else frozenset()
    holders = [one for one in affiliations if one.organization and fold_name(one.organization.name) in forms]
    for affiliation in affiliations:
        body, rule = None, ""
        if affiliation.title is not None and affiliation.organization is None:
            start = affiliation.title.evidence.start
            owned = _OWNED.search(text, max(0, start - _LOOKBACK), start)
            if owned and owned["head"] and (called := _last_called(owned["head"], mentions, start)):
                body, rule = called, "affiliations.owned"
            elif owned:
                # "The Guild elected Ana Ruiz, Dean of Arts at Lima College, as its President": its is the Guild's.
                behind = (
                    affiliation.person.evidence.start
                    if _AS_ITS.search(text, max(0, start - _LOOKBACK), start)
                    else start
                )
                body, rule = _last_before(text, mentions, ends, behind), "affiliations.owned"
            elif of_the := _OF_THE_BODY.match(text, affiliation.title.evidence.end):
                body, rule = _last_called(of_the["head"], mentions, start), "affiliations.of-the-body"
            elif (
                own is not None
                and affiliation.current is not False
                and is_office_holder(affiliation.title.title)
                and not _TELLS_WHOSE.match(text, affiliation.evidence.end)
                and not _TELLS_WHOSE.match(text, affiliation.title.evidence.end)
                and _office_key(affiliation) not in elsewhere
                and not _is_taken(affiliation, holders)
            ):
                body, rule = own, "affiliations.issuer"
        if body is None:
            yield affiliation
        else:
            place = affiliation.evidence
            evidence = Evidence(place.start, place.end, rule, 0.5)
            yield replace(affiliation, organization=body, evidence=evidence)


def is_of_a_body(title: str) -> bool:
    """Whether an office is one that somebody holds in a body, by its head word.

    >>> [is_of_a_body(title) for title in ("Dean of Science", "deputy head", "composer", "Minister for Law")]
    [True, True, False, False]
    """
    return _heads("of_a_body").search(_ELECT.sub("", _MATTER.split(title, maxsplit=1)[0])) is not None


def is_of_an_office(title: str) -> bool:
    """Whether an office is one that ministries and agencies speak of as their own.

    >>> [is_of_an_office(title) for title in ("Permanent Secretary", "Permanent Secretary for Law", "Director")]
    [True, False, False]
    """
    return _heads("of_an_office").search(title) is not None


def _office_key(affiliation: AffiliationMention) -> tuple[str, str]:
    """The person, by family name, and the head of the office."""
    title = affiliation.title.title if affiliation.title is not None else ""
    return affiliation.person.name.split()[-1], _MATTER.split(title, maxsplit=1)[0].lower()


def _last_before(
    text: str, mentions: Sequence[OrganizationMention], ends: Sequence[int], start: int
) -> OrganizationMention | None:
    """The body named last before a place, in the same paragraph."""
    at = bisect_left(ends, start) - 1
    if at < 0 or "\n\n" in text[ends[at] : start]:
        return None
    return mentions[at]


def _last_called(head: str, mentions: Sequence[OrganizationMention], start: int) -> OrganizationMention | None:
    """The body named last before a place with this word in its name."""
    spelled = re.sub("cent(?:er|re)", "cent(?:er|re)", head)
    word = re.compile(rf"(?i)(?<!\w){spelled}(?!\w)")
    return next((m for m in reversed(mentions) if m.evidence.start < start and word.search(m.name)), None)


def _is_taken(affiliation: AffiliationMention, holders: Iterable[AffiliationMention]) -> bool:
    """Whether somebody else has this office, of which a body has only one: two presidents are of two bodies."""
    name, office = _office_key(affiliation)
    if office not in load_rules("titles").terms("only_one"):
        return False
    return any(
        _office_key(one)[1] == office and one.person.name.split()[-1] != name and one.current is not False
        for one in holders
    )


def _names(body: OrganizationEntity) -> frozenset[str]:
    """All names of a body, folded."""
    return frozenset({fold_name(body.name), *(fold_name(alias) for alias, _ in body.aliases)})


def _issuing(issuer: str | None, bodies: Sequence[OrganizationEntity]) -> OrganizationEntity | None:
    """The body that issues the release, under whichever of its names."""
    wanted = fold_name(issuer) if issuer is not None else None
    return next((body for body in bodies if wanted in _names(body)), None)


@cache
def _heads(terms: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){alternation(load_rules('titles').terms(terms))}s?$")
