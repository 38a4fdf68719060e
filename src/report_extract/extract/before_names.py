"""What may stand between an honorific, or an office, and the name behind it."""

from __future__ import annotations

from report_extract.rules import load_rules


def leads_to_name(lead: str, gap: str) -> bool:
    """Whether only this gap stands between an honorific or office and a name: "Dr. Quill", "His Excellency, Bo Oduya".

    >>> leads_to_name("Dr", ". "), leads_to_name("Her Excellency", ", "), leads_to_name("Minister", ", ")
    (True, True, False)
    """
    if lead.rsplit(maxsplit=1)[-1] in load_rules("honorifics").terms("styles_with_comma"):
        gap = gap.removeprefix(",")
    return load_rules("names").rule("names.honorific-gap").pattern.match(gap) is not None
