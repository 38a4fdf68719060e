"""Units named without their body: "the Faculty of Law", "Press Office", "Board of Directors".

They are units of the only university that a release keeps naming, or else of the body that issues it, since a writer
leaves out only what everybody there knows. A unit that can stand by itself ("Soil
Institute", "Harbour Centre", "National Council") is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from report_extract.extract.organization_names import LARGEST, fold_name, head_of, kind_of, rank_of
from report_extract.rules import load_rules
from report_extract.schema import OrganizationKind

Body = TypeVar("Body")
# These speak of the units of others as of their own.
_SPEAKS_OF_OTHERS = frozenset({"party", "media", "court", "military"})
_HAVE_DEPARTMENTS = frozenset({"university", "school", "institute", "hospital"})
_TOWNS = frozenset({"City", "Town", "County", "Municipality", "Borough", "Shire"})

# "Department of Education of Reef Province" belongs to the province.
_OF_A_STATE = re.compile(r"\bof\s+(?:the\s+)?[A-Z].*\b(?:Province|State|Territory|Prefecture|County|Republic)$")


def is_inner_unit(name: str) -> bool:
    """Whether a name is only that of a part of some body.

    >>> names = ("Faculty of Law", "Trade Finance Division", "Soil Institute", "Department of Quillia")
    >>> [is_inner_unit(name) for name in names]
    [True, True, False, True]
    """
    if _OF_A_STATE.search(name):
        return False
    return load_rules("organization_links").rule("parents.inner-unit").pattern.search(name) is not None


def can_have(forms: Sequence[str], unit: str) -> bool:
    """Whether a body with these forms can have such a unit: only places of learning and towns have departments of.

    >>> can_have(("Harbour University",), "Department of Tides"), can_have(("White House",), "Department of Labor")
    (True, False)
    """
    if not load_rules("organization_links").rule("parents.academic-unit").pattern.search(unit):
        return True
    return any(kind_of(form) in _HAVE_DEPARTMENTS or head_of(form) in _TOWNS for form in forms)


def kind_in(name: str, parent: str | None) -> OrganizationKind | None:
    """What sort of body a name tells of, where a department is what the body is to which it belongs.

    >>> kind_in("Department of Tides", "Tern University"), kind_in("Department of Tides", None)
    ('university', 'government')
    """
    kind = kind_of(name)
    is_department = load_rules("organization_links").rule("parents.academic-unit").pattern.search(name)
    above = kind_of(parent) if parent and is_department and kind == "government" else None
    return above if above in _HAVE_DEPARTMENTS else kind


def find_owner(bodies: Sequence[tuple[Body, Sequence[str], int]], issuer: str | None) -> Body | None:
    """The body whose units a release may name without saying whose they are.

    Each of `bodies` comes with its forms and with how often it is named.
    """
    # A release about something else may name a university or two in passing.
    least = max(2, max((count for _, _, count in bodies), default=0) / 2)
    universities = [body for body, forms, count in bodies if count >= least and any(map(_is_university, forms))]
    if len(universities) == 1:
        return universities[0]
    wanted = fold_name(issuer) if issuer is not None else ""
    speaking = (one for one in bodies if wanted in {fold_name(form) for form in one[1]})
    return next((body for body, forms, _ in speaking if _can_own(forms)), None)


def _is_university(form: str) -> bool:
    return kind_of(form) == "university" and rank_of(form) == LARGEST and not _is_group(form)


def _can_own(forms: Sequence[str]) -> bool:
    kinds = {kind_of(form) for form in forms}
    return (
        not any(map(_is_group, forms))
        and not kinds & _SPEAKS_OF_OTHERS
        and not any(is_inner_unit(form) for form in forms)
    )


def _is_group(form: str) -> bool:
    """Whether a body only stands for several places of learning: "Universities Quillia"."""
    return re.search(r"\bUniversities\b", form) is not None
