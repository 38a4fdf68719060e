"""A record to look at: its facts in a tree, and its text with the evidence highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from report_extract.schema import Event, EvidenceRow, Person, PressRelease

# One colour a label: the same in the text as in the legend.
STYLES = {
    "PERSON": "bold cyan",
    "HONORIFIC": "cyan",
    "TITLE": "magenta",
    "ORG": "bold yellow",
    "GPE": "green",
    "LOC": "green",
    "FAC": "green",
    "NORP": "dim green",
    "EVENT": "bold red",
    "SESSION": "red",
    "DATE": "blue",
    "statement": "italic",
    "attendance": "reverse",
}


def record_view(record: PressRelease) -> RenderableType:
    """The release as panels: document, facts with their places in the text, then the text itself."""
    return Group(_document(record), *_tables(record), Rule("text"), _legend(), _text(record))


def _document(record: PressRelease) -> Panel:
    document = record.document
    lines = Table.grid(padding=(0, 2))
    for name in ("title", "subtitle", "published", "issuer", "dateline", "language", "kind", "format", "warnings"):
        value = getattr(document, name)
        if value is not None:
            lines.add_row(Text(name, style="dim"), Text(str(value)))
    return Panel(lines, title=Text(document.source), subtitle=Text(document.document_id), title_align="left")


def _tables(record: PressRelease) -> Iterator[Table]:
    sections: tuple[tuple[str, Iterable[tuple[EvidenceRow, str]]], ...] = (
        ("people", ((person, _person(person)) for person in record.people)),
        ("organizations", ((o, _joined(o.name, o.kind, o.parent and f"in {o.parent}")) for o in record.organizations)),
        ("events", ((event, _event(event)) for event in record.events)),
        (
            "sessions",
            (
                (s, _joined(s.kind, s.number, s.title, s.start_time))
                for s in (*record.sessions, *(s for event in record.events for s in event.sessions))
            ),
        ),
        ("participations", ((p, f"{p.person}: {p.role}") for p in record.participations)),
        ("dates", ((date, f"{date.edtf} ({date.role})") for date in record.dates)),
        ("attendance", ((a, _joined(a.comparator, a.low, a.high, a.share, a.unit)) for a in record.attendance)),
        ("contacts", ((c, _joined(c.name, c.organization, c.email, c.phone, c.url)) for c in record.contacts)),
        ("statements", ((s, f"{s.speaker or '?'} ({s.kind})") for s in record.statements)),
    )
    for name, rows in sections:
        table = Table(title=name, title_justify="left", title_style="bold", box=None, show_header=False, expand=True)
        table.add_column(ratio=5)
        table.add_column(ratio=4, style="dim")
        table.add_column(width=11, style="dim", justify="right", no_wrap=True)
        table.add_column(width=30, style="dim", no_wrap=True, overflow="ellipsis")
        for row, value in rows:
            table.add_row(Text(value), Text(_short(row.text)), Text(f"{row.start}:{row.end}"), Text(row.rule))
        if table.row_count:
            yield table


def _person(person: Person) -> str:
    offices = "; ".join(_joined(a.title, a.organization) for a in person.affiliations)
    return " ".join(part for part in (person.honorific, person.name, offices and f"({offices})") if part)


def _event(event: Event) -> str:
    when = "/".join(part for part in (event.start_date, event.end_date) if part)
    where = _joined(event.venue, event.city, event.country)
    holders = "; ".join(f"{part.role} {part.organization}" for part in event.organizations)
    return _joined(event.name or "(unnamed)", event.kind, when, where, holders)


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part not in (None, ""))


def _short(text: str, width: int = 58) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _legend() -> Text:
    legend = Text()
    for label, style in STYLES.items():
        legend.append(f" {label.lower()} ", style=style)
    return legend


def _text(record: PressRelease) -> Text:
    text = Text(record.document.text)
    for statement in record.statements:
        text.stylize(STYLES["statement"], statement.start, statement.end)
    for figure in record.attendance:
        text.stylize(STYLES["attendance"], figure.start, figure.end)
    for mention in record.mentions:
        text.stylize(STYLES[mention.label], mention.start, mention.end)
    return text
