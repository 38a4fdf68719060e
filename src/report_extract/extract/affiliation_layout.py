"""By what layout an office was read: a line of a list, of a table or agenda, a signature, a contact block.

The tiers read layouts as they read sentences, since commas, lines and brackets mean the same in both; but they are not
right equally often, so an office read from a layout names it. What is told of "he" or "she" has a name of its own, too.
"""

from __future__ import annotations

from report_extract.extract.affiliation_row import Office, Row
from report_extract.rules import load_rules

_BEHIND_NAME = frozenset({"apposition", "list", "name-body", "bracket"})
_BEFORE_NAME = frozenset({"title-comma-name"})
_FEW_WORDS_LEFT = 300
_REACH = 160


def rule_of(office: Office, row: Row) -> str:
    """The id of the tier, or of the layout where the office stands in one."""
    tier = office.rule.removeprefix("affiliations.")
    if office.person.is_pronoun:
        return office.rule if tier == "where" else "affiliations.pronoun"
    if row.is_list:
        return f"affiliations.{_block(row)}" if tier in _BEHIND_NAME else office.rule
    layout = _line(office, row) if tier in _BEHIND_NAME | _BEFORE_NAME else ""
    return f"affiliations.{layout}" if layout else office.rule


def _block(row: Row) -> str:
    """What a block of short lines under a name is: what follows it tells."""
    text, end, rules = row.source.text, row.pieces[-1].tail, load_rules("affiliations")
    if rules.rule("affiliations.reachable").pattern.search(text[end : end + _REACH].split("\n\n")[0]):
        return "contact-block"
    start = row.pieces[0].lead
    is_closing = rules.rule("affiliations.closing").pattern.search(text[max(0, start - _REACH) : start])
    return "signature" if is_closing or len(text) - end < _FEW_WORDS_LEFT else "block"


def _line(office: Office, row: Row) -> str:
    """What a single line is that begins with the name or the office, and holds nothing else; empty for a sentence."""
    text, rules = row.source.text, load_rules("affiliations")
    first, last = row.pieces[0], row.pieces[-1]
    start = text.rfind("\n", 0, first.lead) + 1
    end = text.find("\n", last.tail)
    lead, rest = text[start : first.lead], text[last.tail : end if end >= 0 else len(text)]
    if rules.rule("affiliations.clock-lead").pattern.match(lead):
        return "agenda-line"
    if not rules.rule("affiliations.line-lead").pattern.match(lead) or "\n" in text[first.lead : last.tail]:
        return ""
    if rules.rule("affiliations.reachable").pattern.search(rest):
        return "contact-line"
    if rules.rule("affiliations.line-rest").pattern.match(rest) is None:
        return ""
    is_table = any(
        rules.rule("affiliations.column").pattern.search(row.words_after(i)) for i in range(len(row.pieces) - 1)
    )
    if is_table:
        return "table-line"
    return "list-line" if first == office.person else "label-line"
