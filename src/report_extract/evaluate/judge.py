"""Which rows are right: the verdict on each row of a record, with the rule that made it and how sure it was.

Most tables are judged by the field that they are scored in. Contacts are right where one annotated contact has their
address, number and name; places and the kinds of mentions that no field scores, where their place in the text is
annotated so. Not judged: sponsors and partners of events, and a row that says again what another has said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from report_extract.evaluate.compare import digits, same
from report_extract.evaluate.fields import MENTION_LABELS, Columns, FieldFacts, Rows
from report_extract.evaluate.gold import GoldRelease

_PLACES = frozenset(("GPE", "LOC", "FAC"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged row: its table, its rule, how sure the program was of it, and whether it is right."""

    table: str
    rule: str
    confidence: float
    is_right: bool
    row: Columns


def field_verdicts(facts: FieldFacts, verdicts: list[bool]) -> Iterator[Verdict]:
    """The verdicts on the rows of one field; none where its facts are not rows."""
    for row, is_right in zip(facts.rows, verdicts, strict=False):
        yield _verdict(facts.table, row, is_right=is_right)


def other_verdicts(gold: GoldRelease, rows: Rows) -> Iterator[Verdict]:
    """The verdicts on the rows that no field scores one by one."""
    for row in rows["contacts"]:
        is_right = any(_fits(contact, row) for contact in gold.annotation["contacts"])
        yield _verdict("contacts", row, is_right=is_right)
    if not rows["documents"] or rows["documents"][0]["text"] != gold.text:
        return
    spans = set(gold.mention_spans())
    places = {span[:2] for span in spans if span[2] in _PLACES}
    for row in rows["places"]:
        yield _verdict("places", row, is_right=(row["start"], row["end"]) in places)
    for row in rows["mentions"]:
        if row["label"] not in MENTION_LABELS:
            yield _verdict("mentions", row, is_right=(row["start"], row["end"], row["label"]) in spans)


def _verdict(table: str, row: Columns, *, is_right: bool) -> Verdict:
    return Verdict(table, row["rule"], row["confidence"], is_right, row)


def _fits(contact: Columns, row: Columns) -> bool:
    """Whether an annotated contact has all that the row gives."""
    if not any(row[name] for name in ("email", "phone", "name")):
        return bool(row["url"]) and same(contact.get("url"), row["url"])
    return (
        (not row["email"] or same(contact.get("email"), row["email"]))
        and (not row["phone"] or digits(contact.get("phone")) == digits(row["phone"]))
        and (not row["name"] or same(contact.get("name"), row["name"]))
    )
