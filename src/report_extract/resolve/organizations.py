"""One organisation for every body that a release names: fullest form, other forms, parent.

Theory. Forms are first compared as folded words; then joined, in this order: what the text itself says ("X (Y)"),
acronyms that are the initials of one named body, forms that differ only by an acronym inside them ("US EPA"), short
forms that leave words out, and head words alone ("the University") for the nearest named body of that kind. A form that
fits two bodies joins neither, except a head word, which goes to the one named last before it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from report_extract.extract.mentions import AliasMention, OrganizationEntity, OrganizationMention, ParentMention
from report_extract.extract.organization_names import (
    fold_name,
    head_of,
    initials_of,
    is_acronym,
    is_generic,
    kind_of,
)
from report_extract.resolve.inner_units import can_have, find_owner, is_inner_unit, kind_in
from report_extract.resolve.short_forms import is_shortened, is_syllabic, owner_length

# From an acronym in a headline to the full name in the lead.
_SOON = 300
_COMPANY = ("Company", "Corporation")
_OFTEN_LAST = frozenset({"House", "City", "State", "Union"})


# "Tide Ltd" and "Tide Limited" are one.
_LONG_WORDS = {
    "ltd": "limited",
    "corp": "corporation",
    "co": "company",
    "inc": "incorporated",
    "dept": "department",
    "un": "united nations",
}


@dataclass(slots=True)
class _Body:
    """An organisation in the making: its forms (as written) and mentions."""

    mentions: list[OrganizationMention]
    forms: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    joined: bool = False

    @property
    def countries(self) -> set[str]:
        return {mention.country for mention in self.mentions if mention.country}

    @property
    def first(self) -> int:
        return min(mention.evidence.start for mention in self.mentions) if self.mentions else 0


def resolve_organizations(
    mentions: Iterable[OrganizationMention],
    aliases: Iterable[AliasMention] = (),
    parents: Iterable[ParentMention] = (),
    issuer: str | None = None,
) -> list[OrganizationEntity]:
    """The organisations of a release in order of first mention; `issuer` is the body that speaks, if known.

    >>> from report_extract.evidence import Evidence
    >>> names = ("Harbour International University", "Quill Museum", "HIU", "Harbour University", "University")
    >>> mentions = [OrganizationMention(name, Evidence(n * 50, n * 50 + 9)) for n, name in enumerate(names)]
    >>> [(body.name, [alias for alias, _ in body.aliases]) for body in resolve_organizations(mentions)]
    [('Harbour International University', ['HIU', 'Harbour University', 'University']), ('Quill Museum', [])]
    """
    bodies = _Bodies(mentions)
    bodies.join_stated(aliases)
    bodies.join_acronyms()
    bodies.join_short_forms()
    bodies.join_generic(issuer)
    return bodies.entities(tuple(parents), issuer)


class _Bodies:
    """All bodies of one release while they are being joined."""

    def __init__(self, mentions: Iterable[OrganizationMention]) -> None:
        by_key: dict[str, _Body] = {}
        for mention in sorted(mentions, key=lambda m: m.evidence):
            key = fold_name(mention.name)
            body = by_key.setdefault(key, _Body([], keys={key}))
            body.mentions.append(mention)
            body.forms[mention.name] = body.forms.get(mention.name, 0) + 1
        self.by_key = by_key

    def distinct(self) -> list[_Body]:
        """Every body once, in order of first mention."""
        return sorted({id(body): body for body in self.by_key.values()}.values(), key=lambda body: body.first)

    def join(self, into: _Body, other: _Body) -> None:
        """Makes two bodies one."""
        if into is other:
            return
        into.mentions.extend(other.mentions)
        for form, count in other.forms.items():
            into.forms[form] = into.forms.get(form, 0) + count
        into.keys |= other.keys
        for key in other.keys:
            self.by_key[key] = into

    def join_stated(self, aliases: Iterable[AliasMention]) -> None:
        """Joins what the text says is the same; an alias without a mention of its own is still a form."""
        for alias in aliases:
            body, key = self.by_key.get(fold_name(alias.name)), fold_name(alias.alias)
            other = self.by_key.get(key)
            if body is None and other is not None:
                # The long form stands only inside a longer name: "Court of the Harbour Centre (HC)".
                other.forms.setdefault(alias.name, 0)
                other.keys.add(fold_name(alias.name))
                self.by_key[fold_name(alias.name)] = other
            elif body is not None and other is not None:
                self.join(body, other)
            elif body is not None:
                body.forms.setdefault(alias.alias, 0)
                body.keys.add(key)
                self.by_key[key] = body

    def join_acronyms(self) -> None:
        """Joins an acronym to the one body whose initials it is, then forms that differ only by an acronym in them."""
        by_initials: dict[str, list[_Body]] = {}
        for body in self.distinct():
            for form in body.forms:
                if not is_acronym(form):
                    for initials in initials_of(form):
                        by_initials.setdefault(initials, []).append(body)
        for body in self.distinct():
            if len(body.forms) == 1 and is_acronym(form := next(iter(body.forms))):
                letters = re.sub(r"\W", "", fold_name(form))
                named = by_initials.get(letters) or by_initials.get(letters.removeprefix("us"), [])
                named = named or self._syllabic(form)
                fitting = _known_at(body.first, {id(b): b for b in named if b is not body}.values())
                if len(fitting) == 1 and len(form) > 1:
                    self.join(fitting[0], body)
        self._join_expanded()

    def _syllabic(self, acronym: str) -> list[_Body]:
        """The bodies whose first syllables an acronym puts together."""
        long = (body for body in self.distinct() if not all(is_acronym(form) for form in body.forms))
        return [body for body in long if any(is_syllabic(acronym, form) for form in body.forms)]

    def _join_expanded(self) -> None:
        acronyms = {
            fold_name(form): fold_name(_fullest(body))
            for body in self.distinct()
            for form in body.forms
            if is_acronym(form) and " " not in form
        }
        seen: dict[str, _Body] = {}
        for body in self.distinct():
            for form in tuple(body.forms):
                words = [acronyms.get(word, _LONG_WORDS.get(word, word)) for word in fold_name(form).split()]
                other = seen.setdefault(" ".join(words), body)
                if other is not body:
                    self.join(other, body)

    def join_short_forms(self) -> None:
        """Joins a form that leaves out words of exactly one longer name."""
        for body in sorted(self.distinct(), key=lambda one: -max(len(key.split()) for key in one.keys)):
            if self.by_key[next(iter(body.keys))] is not body or any(
                is_generic(f) and " " not in f for f in body.forms
            ):
                continue
            fitting = [other for other in self.distinct() if other is not body and self._is_shorter(body, other)]
            if len(fitting) == 1:
                self.join(fitting[0], body)

    def _is_shorter(self, body: _Body, other: _Body) -> bool:
        here, there = body.countries, other.countries
        if here and there and not here & there:
            return False
        return any(is_shortened(form, long) for form in body.forms for long in other.forms)

    def join_generic(self, issuer: str | None) -> None:
        """Joins a head word alone to the body of that kind that was named last before it.

        In a release of a body of that kind it is this one: "the Museum" is the one that speaks.
        """
        speaking = self.by_key.get(fold_name(issuer)) if issuer else None
        for body in self.distinct():
            form = next(iter(body.forms))
            if len(body.forms) != 1 or not is_generic(form):
                continue
            fitting = [other for other in self.distinct() if other is not body and _has_head(other, form)]
            before = [other for other in fitting if other.first < body.first]
            if not fitting and speaking is not None and form in _COMPANY and not any(map(kind_of, speaking.forms)):
                # A brand does not say what it is: "Boeing" is "the Company" of its own release.
                self.join(speaking, body)
            elif speaking is not None and any(one is speaking for one in fitting):
                self.join(speaking, body)
            elif before or len(fitting) == 1:
                nearest = max(before or fitting, key=lambda one: _last_before(one, body.first))
                self.join(nearest, body)

    def entities(self, parents: Sequence[ParentMention], issuer: str | None) -> list[OrganizationEntity]:
        bodies = [body for body in self.distinct() if body.mentions]
        names = {id(body): _fullest(body) for body in bodies}
        stated = dict(self._stated_parents(parents))
        forms = [(body, tuple(body.forms), len(body.mentions)) for body in bodies]
        owner = find_owner(forms, issuer)
        result = []
        for body in bodies:
            name = names[id(body)]
            parent = stated.get(id(body)) or self._parent_in_name(body, bodies)
            # "Department of Tides" beside "U.S. Department of Tides" is no part of the body that speaks.
            units = list(body.forms) if parent is None and all(map(is_inner_unit, body.forms)) else []
            if owner is not None and owner is not body and units and can_have(tuple(owner.forms), units[0]):
                parent = owner
            ordered = tuple(sorted(body.mentions, key=lambda mention: mention.evidence))
            city, country = next(((m.city, m.country) for m in ordered if m.city or m.country), (None, None))
            result.append(
                OrganizationEntity(
                    name=name,
                    mentions=ordered,
                    aliases=tuple(_aliases(body, name)),
                    kind=kind_in(name, names.get(id(parent)) if parent else None)
                    or next((mention.kind for mention in ordered if mention.kind), None),
                    parent=names.get(id(parent)) if parent else None,
                    city=city,
                    country=country,
                )
            )
        return result

    def _stated_parents(self, parents: Sequence[ParentMention]) -> Iterator[tuple[int, _Body]]:
        chosen: dict[int, _Body] = {}
        for mention in sorted(parents, key=lambda one: -one.evidence.confidence):
            child, parent = (
                self.by_key.get(fold_name(mention.child.name)),
                self.by_key.get(fold_name(mention.parent.name)),
            )
            if child is None or parent is None or child is parent or id(child) in chosen:
                continue
            # No circles: the parent may not itself belong to the child.
            above: _Body | None = parent
            while above is not None and above is not child:
                above = chosen.get(id(above))
            if above is None:
                chosen[id(child)] = parent
                yield id(child), parent

    def _parent_in_name(self, body: _Body, bodies: Sequence[_Body]) -> _Body | None:
        """The body whose name stands at the start, or after "of" at the end, of this body's name."""
        best: tuple[int, _Body] | None = None
        for form in body.forms:
            words = fold_name(form).split()
            for other in bodies:
                if other is body:
                    continue
                length = max((owner_length(words, form, key.split()) for key in other.keys), default=0)
                if length and (best is None or length > best[0]):
                    best = (length, other)
        return best[1] if best else None


def _known_at(at: int, bodies: Iterable[_Body]) -> list[_Body]:
    """Of bodies that an acronym fits, those named before it, which readers know; else those named soon after."""
    known = list(bodies)
    return [one for one in known if one.first < at] or [one for one in known if one.first < at + _SOON] or known


def _has_head(body: _Body, generic: str) -> bool:
    """Whether a head word alone can stand for a body: its own head word, or "Company" for a company."""
    if generic in _COMPANY and any(kind_of(form) == "company" for form in body.forms):
        return True
    key = fold_name(generic)
    forms = [form for form in body.forms if not is_generic(form)]
    if generic in _OFTEN_LAST:
        # "White House" is no "House", "Harbour City Council" no "City".
        return any(f"{key} of " in fold_name(form) for form in forms)
    return any(key in (fold_name(head_of(form)), fold_name(form).split()[-1]) for form in forms)


def _last_before(body: _Body, at: int) -> int:
    return max((m.evidence.start for m in body.mentions if m.evidence.start < at), default=-1)


def _fullest(body: _Body) -> str:
    """The form with most words; capitals throughout and acronyms only where there is no other."""

    order = {form: -n for n, form in enumerate(body.forms)}
    long = any(" " in form and not form.isupper() for form in body.forms)

    def fullness(form: str) -> tuple[bool, bool, bool, int, int, int]:
        # "UNIVERSITY OF LIMA" is still fuller than "University".
        is_shouted = form.isupper() and len(form.split()) > 1 and long
        is_name = not is_acronym(form) or len(body.forms) == 1
        is_head = is_generic(form) and " " not in form
        return not is_head, not is_shouted, is_name, len(fold_name(form).split()), body.forms[form], order[form]

    return max(body.forms, key=fullness)


def _first_mention(body: _Body, form: str) -> int:
    """Where a form stands first; after all others where it was only said to be a name."""
    return min((m.evidence.start for m in body.mentions if m.name == form), default=sys.maxsize)


def _aliases(body: _Body, name: str) -> Iterator[tuple[str, Literal["acronym", "short"]]]:
    """The other forms, in text order; a form that differs only by an article or by capitals throughout is none."""
    seen = {name.removeprefix("The ").removeprefix("the ").replace("’", "'")}
    for form in sorted(body.forms, key=lambda one: _first_mention(body, one)):
        plain = form.removeprefix("The ").removeprefix("the ").replace("’", "'")
        if plain not in seen and not (form.isupper() and form.casefold() == name.casefold()):
            seen.add(plain)
            yield form, "acronym" if is_acronym(form) else "short"
