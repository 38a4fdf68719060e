"""The fields that are scored: for each, the facts in the gold, the facts in the record, and when two are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from report_extract.evaluate.compare import (
    Equal,
    Fact,
    close,
    close_number,
    comparison_form,
    digits,
    same,
    token_overlap,
)
from report_extract.evaluate.gold import GoldRelease
from report_extract.evaluate.levels import exact, overlapping

Columns = dict[str, Any]
Rows = dict[str, list[Columns]]

# The headline figure is the mean F1 of these.
CORE = (
    "people", "affiliations", "organizations", "events", "events.start", "events.city", "sessions", "roles", "dates",
    "attendance", "contacts.email", "contacts.phone", "statements.direct", "statements.indirect", "document.title",
    "document.published", "document.issuer",
)  # fmt: skip
MENTION_LABELS = ("PERSON", "ORG", "TITLE", "HONORIFIC", "GPE", "EVENT", "DATE")


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field of one release.

    `rows` are the rows that the found facts were read from, in their order, where each fact is one row of `table`;
    `touch` says when two facts overlap, where that is not a matter of words.
    """

    name: str
    gold: list[Fact]
    found: list[Fact]
    equal: Equal
    table: str = ""
    rows: Sequence[Columns] = ()
    touch: Equal = overlapping


def field_facts(gold: GoldRelease, rows: Rows) -> Iterator[FieldFacts]:
    """Every scored field of one release; `rows` is `PressRelease.to_rows()`, empty tables where nothing was read."""
    organization = _same_organization(gold.annotation)
    yield from _document(gold.annotation["document"], rows, organization)
    yield from _people(gold.annotation, rows, organization)
    yield from _organizations(gold.annotation, rows, organization)
    yield from _events(gold.annotation, rows, organization)
    yield from _rest(gold.annotation, rows)
    yield from _statements(gold.annotation, rows, organization)
    yield from _mentions(gold, rows)


def _same_organization(annotation: dict[str, Any]) -> Equal:
    """Equality of organisation names in which every annotated form of one body counts as that body."""
    forms: dict[str, frozenset[str]] = {}
    for body in annotation["organizations"]:
        group = frozenset(comparison_form(form) for form in (body["name"], *body["aliases"]) if form)
        forms.update(dict.fromkeys(group, group))

    def equal(expected: Fact, found: Fact) -> bool:
        wanted, got = comparison_form(expected), comparison_form(found)
        if not wanted or not got:
            return wanted == got
        group = forms.get(wanted, frozenset((wanted,)))
        # "Unit, Faculty, University" is accepted for "Unit".
        return (
            got in group or comparison_form(str(found).split(",")[0]) in group or token_overlap(expected, found) >= 0.85
        )

    return equal


def _document(expected: dict[str, Any], rows: Rows, organization: Equal) -> Iterator[FieldFacts]:
    found = rows["documents"][0] if rows["documents"] else {}
    equals: dict[str, Equal] = {
        "title": lambda g, p: close(g, p, 0.9),
        "published": same,
        "issuer": organization,
        "dateline": lambda g, p: close(g, p, 0.6),
    }
    for name, equal in equals.items():
        yield FieldFacts(f"document.{name}", _known([expected.get(name)]), _known([found.get(name)]), equal)


def _people(annotation: dict[str, Any], rows: Rows, organization: Equal) -> Iterator[FieldFacts]:
    people, found = annotation["people"], rows["people"]
    yield FieldFacts("people", [p["name"] for p in people], [p["name"] for p in found], same, "people", found)
    yield FieldFacts(
        "people.honorific",
        [(p["name"], p["honorific"]) for p in people if p.get("honorific")],
        [(p["name"], p["honorific"]) for p in found if p["honorific"]],
        lambda g, p: same(g[0], p[0]) and same(g[1], p[1]),
    )
    yield FieldFacts(
        "affiliations",
        [(p["name"], a["title"], a["organization"]) for p in people for a in p["affiliations"]],
        [(a["person"], a["title"], a["organization"]) for a in rows["affiliations"]],
        lambda g, p: same(g[0], p[0]) and _same_title(g[1], p[1]) and organization(g[2], p[2]),
        "affiliations",
        rows["affiliations"],
    )
    # A part played in two sessions is one role.
    roles = {(r["person"], r["role"]): r for r in reversed(rows["participations"])}
    yield FieldFacts(
        "roles",
        [(p["name"], role) for p in people for role in sorted(set(p["roles"]))],
        sorted(roles),
        lambda g, p: same(g[0], p[0]) and bool(g[1] == p[1]),
        "participations",
        [roles[key] for key in sorted(roles)],
    )


def _same_title(expected: str | None, found: str | None) -> bool:
    wanted, got = comparison_form(expected), comparison_form(found)
    return close(expected, found, 0.75) if wanted and got else wanted == got


def _organizations(annotation: dict[str, Any], rows: Rows, organization: Equal) -> Iterator[FieldFacts]:
    bodies, found = annotation["organizations"], rows["organizations"]
    names = {row["organization_id"]: row["name"] for row in found}
    yield FieldFacts(
        "organizations",
        [b["name"] for b in bodies],
        [row["name"] for row in found],
        organization,
        "organizations",
        found,
    )
    yield FieldFacts(
        "organizations.alias",
        [(b["name"], alias) for b in bodies for alias in b["aliases"]],
        [(names[row["organization_id"]], row["alias"]) for row in rows["organization_aliases"]],
        lambda g, p: same(g[1], p[1]) and organization(g[0], p[0]),
    )
    yield FieldFacts(
        "organizations.parent",
        [(b["name"], b["parent"]) for b in bodies if b["parent"]],
        [(row["name"], row["parent"]) for row in found if row["parent"]],
        lambda g, p: organization(g[0], p[0]) and organization(g[1], p[1]),
    )


def _events(annotation: dict[str, Any], rows: Rows, organization: Equal) -> Iterator[FieldFacts]:
    events, found = annotation["events"], rows["events"]
    yield FieldFacts(
        "events",
        [(e["name"], e["kind"], e["start"]) for e in events],
        [(e["name"], e["kind"], e["start_date"]) for e in found],
        _same_event,
        "events",
        found,
    )
    columns: tuple[tuple[str, str, Equal], ...] = (
        ("kind", "kind", same),
        ("start", "start_date", same),
        ("end", "end_date", same),
        ("city", "city", same),
        ("country", "country", same),
        ("venue", "venue", lambda g, p: close(g, p, 0.6)),
    )
    for name, column, equal in columns:
        yield FieldFacts(f"events.{name}", _known(e[name] for e in events), _known(e[column] for e in found), equal)
    parts = [part for part in rows["event_organizations"] if part["role"] in ("organizer", "host")]
    holders = {part["organization"]: part for part in reversed(parts)}
    yield FieldFacts(
        "events.organizers",
        sorted({o for e in events for o in e["organizers"]}),
        sorted(holders),
        organization,
        "event_organizations",
        [holders[name] for name in sorted(holders)],
    )
    yield FieldFacts(
        "sessions",
        [(s["number"], s["title"]) for s in annotation["sessions"]],
        [(s["number"], s["title"]) for s in rows["sessions"]],
        _same_session,
        "sessions",
        rows["sessions"],
    )


def _same_event(expected: Fact, found: Fact) -> bool:
    if comparison_form(expected[0]) and comparison_form(found[0]):
        return close(expected[0], found[0], 0.7)
    return same(expected[1], found[1]) and same(expected[2], found[2])


def _same_session(expected: Fact, found: Fact) -> bool:
    if comparison_form(expected[1]) and comparison_form(found[1]):
        return close(expected[1], found[1])
    return same(expected[0], found[0]) and bool(comparison_form(expected[0]))


def _rest(annotation: dict[str, Any], rows: Rows) -> Iterator[FieldFacts]:
    dates = {(d["text"], d["edtf"]): d for d in rows["dates"]}
    yield FieldFacts(
        "dates",
        [(d["text"], d["edtf"]) for d in annotation["dates"]],
        sorted(dates),
        lambda g, p: bool(g[1] == p[1]) and token_overlap(g[0], p[0]) > 0,
        "dates",
        [dates[key] for key in sorted(dates)],
    )
    figures = [_figure(row) for row in rows["attendance"]]
    yield FieldFacts("attendance", annotation["attendance"], figures, _same_figure, "attendance", rows["attendance"])
    yield FieldFacts(
        "attendance.full",
        annotation["attendance"],
        figures,
        lambda g, p: _same_figure(g, p) and g["comparator"] == p["comparator"] and close(g["unit"], p["unit"], 0.5),
    )
    equals: dict[str, Equal] = {"email": same, "phone": lambda g, p: digits(g) == digits(p), "name": same}
    for name, equal in equals.items():
        expected = _known(c[name] for c in annotation["contacts"])
        yield FieldFacts(f"contacts.{name}", expected, sorted({*_known(c[name] for c in rows["contacts"])}), equal)


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("text", "low", "high", "comparator", "unit", "share")}


def _same_figure(expected: Fact, found: Fact) -> bool:
    numbers = all(close_number(expected[key], found[key]) for key in ("low", "high", "share"))
    return numbers and token_overlap(expected["text"], found["text"]) > 0


def _statements(annotation: dict[str, Any], rows: Rows, organization: Equal) -> Iterator[FieldFacts]:
    def equal_from(floor: float) -> Equal:
        def equal(g: Fact, p: Fact) -> bool:
            speaker = same(g[0], p[0]) or organization(g[0], p[0])
            return speaker and token_overlap(g[1], p[1]) >= floor

        return equal

    for kind, floor in (("direct", 0.8), ("indirect", 0.5)):
        found = [s for s in rows["statements"] if s["kind"] == kind]
        yield FieldFacts(
            f"statements.{kind}",
            [(s["speaker"], s["text"]) for s in annotation["statements"] if s["kind"] == kind],
            [(s["speaker"], s["quote"] or s["text"]) for s in found],
            equal_from(floor),
            "statements",
            found,
        )


def _mentions(gold: GoldRelease, rows: Rows) -> Iterator[FieldFacts]:
    # Spans can only be compared where the text was read as it stands in the file.
    same_text = bool(rows["documents"]) and rows["documents"][0]["text"] == gold.text
    expected = gold.mention_spans()
    found = {(r["start"], r["end"], r["label"]): r for r in rows["mentions"]} if same_text else {}
    for label in MENTION_LABELS:
        spans = sorted(span for span in found if span[2] == label)
        yield FieldFacts(
            f"mentions.{label}",
            [span for span in expected if span[2] == label],
            spans,
            exact,
            "mentions",
            [found[span] for span in spans],
            _spans_touch,
        )


def _spans_touch(expected: Fact, found: Fact) -> bool:
    return bool(expected[2] == found[2] and expected[0] < found[1] and found[0] < expected[1])


def _known(values: Iterable[Fact | None]) -> list[Fact]:
    return [value for value in values if value]
