"""What speaks for an organisation, and against it, as the one that issues a release.

Signs of its mentions' places (`issuer_places`) count once each; further signs are how often and how early it is named,
what kind of body it is, whether headline, address or account bears its name, whether its minister opens the release,
whether it is named as a unit or beside one of its units, and what the other bodies have that it lacks.
`rules/issuer.toml` weighs them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from math import log1p

from report_extract.extract.choice import Signs
from report_extract.extract.issuer_places import Release, signs_of_place
from report_extract.extract.mentions import OrganizationEntity
from report_extract.extract.organization_names import LARGEST, fold_name, is_generic, kind_of, rank_of
from report_extract.extract.web_names import find_handles, find_hosts, likeness
from report_extract.rules import load_rules

_EARLY, _MANY, _FEW_BODIES, _MEMBER_REACH = 300, 3, 3, 150
_DESK_SECTIONS = frozenset({"CONTACT", "HEADLINE", "ABOUT", "NOTES"})
# The signs of a body that count against all others.
_STRONGEST = frozenset(
    {
        "desk_name", "desk_part", "head_alone", "contact_has", "lead_subject", "title_opens", "about_has", "minister",
        "site_name",
    }
)  # fmt: skip
# What stands between a unit and the body that it belongs to: "Division of Roads, HCT".
_UNIT_OF = re.compile(r"\s?(?:,|\bof|\bat)\s(?:the\s)?|\s?\(")
_MINISTRY = re.compile(r"(?i)(?:\w+ )?(?:Ministry|Department) (?:of|for) ")


def read_signs(release: Release, bodies: Sequence[OrganizationEntity]) -> list[Signs]:
    """The signs of each body; the bodies stand in order of first mention."""
    whole = _Whole(release, bodies)
    signs = [_signs(body, n, whole) for n, body in enumerate(bodies)]
    shown = Counter(sign for own in signs for sign in _STRONGEST & own.keys())
    # Where one body bears such a sign, the others that do not are rather its guests.
    return [{**own, **{f"other_{sign}": 1.0 for sign in shown.keys() - own.keys()}} for own in signs]


class _Whole:
    """What is the same for all bodies of a release."""

    def __init__(self, release: Release, bodies: Sequence[OrganizationEntity]) -> None:
        self.release, self.bodies = release, bodies
        self.counts = [len(body.mentions) for body in bodies]
        self.parents = {fold_name(body.parent) for body in bodies if body.parent}
        self.member_speaks = _member(release)
        named = [mention.evidence.start for body in bodies for mention in body.mentions]
        self.first_in_text = min((start for start in named if start >= release.body), default=-1)
        self.wholes, self.units = self._pairs()

    @cached_property
    def desk_hosts(self) -> frozenset[str]:
        """The hosts of the e-mail addresses of desk, head and boilerplate."""
        return frozenset(
            host
            for line in self.release.lines
            if line.section in _DESK_SECTIONS
            for is_mail, host in find_hosts(line.text)
            if is_mail
        )

    @cached_property
    def hosts(self) -> frozenset[str]:
        """All hosts that the release names."""
        return frozenset(host for _, host in find_hosts(self.release.text))

    @cached_property
    def handles(self) -> frozenset[str]:
        """The names of the release's own pages and accounts: "@hct", "github.com/hct"."""
        return frozenset(find_handles(self.release.text))

    @cached_property
    def matters(self) -> list[frozenset[str]]:
        """What the ministers whom headline and lead name are minister of."""
        rule = load_rules("issuer").rule("issuer.minister").pattern
        opening = f"{self.release.title}\n{self.release.lead}"
        return [_telling(match["matters"]) for match in rule.finditer(opening)]

    def _pairs(self) -> tuple[Counter[int], Counter[int]]:
        """How often each body is named right behind its unit, and each unit right before its body."""
        named = sorted(
            (mention.evidence.start, mention.evidence.end, n)
            for n, body in enumerate(self.bodies)
            for mention in body.mentions
        )
        wholes: Counter[int] = Counter()
        units: Counter[int] = Counter()
        for (_, end, unit), (start, _, whole) in pairwise(named):
            smaller = rank_of(self.bodies[unit].name) < rank_of(self.bodies[whole].name)
            if unit != whole and smaller and end < start and _UNIT_OF.fullmatch(self.release.text, end, start):
                wholes[whole] += 1
                units[unit] += 1
        return wholes, units


def _signs(body: OrganizationEntity, order: int, whole: _Whole) -> Signs:
    release = whole.release
    starts = [mention.evidence.start for mention in body.mentions]
    seen: Counter[str] = Counter()
    for mention in body.mentions:
        place = release.place(mention.evidence.start, mention.evidence.end, mention.name)
        seen.update(set(signs_of_place(place, release)))
        seen["lead_first"] += mention.evidence.start == whole.first_in_text
        seen["called_by_kind"] += mention.name != body.name and is_generic(mention.name.removeprefix("the "))
    signs = {
        **{sign: min(count, 1) for sign, count in seen.items()},
        **_counts(body, whole),
        **_names(body, whole),
        "whole": min(whole.wholes[order], 3) / 3,
        "unit_of": min(whole.units[order], 3) / 3,
        "bias": 1.0,
        "text_subject": min(seen["text_subject"], 3) / 3,
        "often_holder": min(seen["holder"], 4) / 4,
        "often_by_kind": min(seen["called_by_kind"], 4) / 4,
        "named_first": order == 0,
        "named_second": order == 1,
        "early": min(starts) < _EARLY,
        "late": min(starts) > 0.5 * len(release.text),
    }
    return {sign: float(value) for sign, value in signs.items() if value}


def _counts(body: OrganizationEntity, whole: _Whole) -> dict[str, float]:
    count, most = len(body.mentions), max(whole.counts)
    return {
        "share": count / sum(whole.counts),
        "log_count": log1p(count) / 3,
        "once": count == 1,
        "many": count >= _MANY,
        "most_named": count == most,
        "alone_most_named": count == most and whole.counts.count(most) == 1,
        "only_body": len(whole.bodies) == 1,
        "few_bodies": len(whole.bodies) <= _FEW_BODIES,
    }


def _names(body: OrganizationEntity, whole: _Whole) -> dict[str, float]:
    forms, title, kind = _forms(body), whole.release.title, _kind(body)
    telling = [word for word in re.findall(r"\w+", body.name) if len(word) > 3 and word.lower() not in _common()]
    desk = likeness(forms, whole.desk_hosts)
    site = likeness(forms, whole.hosts) if desk is None else None
    words = _telling(body.name)
    return {
        f"kind_{kind}": 1.0,
        "member_speaks": kind != "party" and whole.member_speaks,
        "unit": rank_of(body.name) < LARGEST,
        "small_unit": rank_of(body.name) == 1,
        "has_parent": body.parent is not None,
        "is_parent": any(fold_name(form) in whole.parents for form in forms),
        f"desk_{desk}": desk is not None,
        f"site_{site}": site is not None,
        "handle": any(form.casefold().replace(" ", "") in whole.handles for form in forms),
        "title_word": bool(telling) and re.search(rf"(?<!\w){re.escape(telling[0])}", title) is not None,
        "title_first_word": len(body.name.split()[0]) > 3
        and re.match(rf"(?:The )?{re.escape(body.name.split()[0])}\b", title) is not None,
        "minister": _MINISTRY.match(body.name) is not None and bool(words) and any(words <= m for m in whole.matters),
    }


def _forms(body: OrganizationEntity) -> list[str]:
    return [body.name, *(alias for alias, _ in body.aliases)]


def _kind(body: OrganizationEntity) -> str:
    name = body.name.title() if body.name.isupper() else body.name
    # What a sentence tells of a brand ("Kaito, a company") is no sign of who speaks.
    return (body.kind if kind_of(body.name) else kind_of(name)) or "none"


def _member(release: Release) -> bool:
    rule = load_rules("issuer").rule("issuer.member").pattern
    return rule.search(f"{release.title}\n{release.lead[:_MEMBER_REACH]}") is not None


def _telling(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower())) - _common()


def _common() -> frozenset[str]:
    return frozenset(load_rules("issuer").terms("common_words"))
