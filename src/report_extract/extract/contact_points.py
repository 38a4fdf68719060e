"""E-mail addresses, telephone numbers and links in a text, each with its place.

An e-mail counts in its plain form and where it is spelled out against robots ("ada [at] harbour [dot] org"); a cue
without an address, or one that the page replaced, is a hidden e-mail. A number counts as a telephone number after a
plus sign, after a cue (Tel, call, mobile ...), next to the name of somebody to ask, or alone on the line of a contact
block. Fax numbers, dates, years, prices and postal codes do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from report_extract.rules import alternation, load_rules

_DATE = re.compile(
    r"^\(?(?:\d{4}[-./–]\d{1,2}[-./–]\d{1,2}|\d{1,2}[-./–]\d{1,2}[-./–]\d{2,4}|(?:19|20)\d\d\s?[-–/ ]\s?(?:19|20)\d\d)$"
)
_NORTH_AMERICAN = re.compile(r"(?:1[-. ])?\(?\d{3}\)?[ ./-]{0,2}\d{3}[-. ]\d{4}(?:\s?(?:ext\.?|x)\s?\d+)?")
_TRUNK = re.compile(r"\(0\d{1,4}\)|0\d{1,4}[ -]|\(\d{2,4}\)")
_ABROAD = re.compile(r"^\s*\(?(?:\+|00)\s?")
_SHORT_GROUP = 4
_JOINED = re.compile(r"\s{0,2}(?:/|\||or|and)\s{0,2}", re.IGNORECASE)
_NEAR = re.compile(r"[\s,:()|–-]*(?:\([^()\n]{1,30}\)\s*)?(?:(?:on|at|via|by\s+(?:tele)?phone(?:\s+(?:on|at))?)\s+)?$")


@dataclass(frozen=True, slots=True)
class Point:
    """A way to reach somebody, as written; `kind` hidden is an e-mail that the page did not show."""

    kind: Literal["email", "phone", "url", "hidden"]
    start: int
    end: int
    value: str
    rule: str


def find_points(text: str, names: tuple[tuple[int, int], ...], region: str | None = None) -> list[Point]:
    """All points in text order; `names` are the places where people, desks and organisations are named.

    >>> [(p.kind, p.value) for p in find_points("Call +65 6123 4567, write to ada@harbour.org, fax +65 6123 9999.", ())]
    [('phone', '+65 6123 4567'), ('email', 'ada@harbour.org')]
    """
    points = [*_emails(text)]
    points.extend(_urls(text, points))
    points.extend(_phones(text, names, points, region))
    return sorted(points, key=lambda point: point.start)


def phone_e164(number: str, region: str | None) -> str | None:
    """The number in international form where it is valid.

    >>> phone_e164("+65 6123 4567", None), phone_e164("+7 (495) 98231 67", None)
    ('+6561234567', None)
    >>> phone_e164("00 65 6123 4567", None), phone_e164("(+65) 6123-4567 ext. 8", None)
    ('+6561234567', '+6561234567')
    """
    import phonenumbers  # half a second that a text without numbers need not pay

    try:
        parsed = phonenumbers.parse(_ABROAD.sub("+", number), region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    parsed.extension = None
    formats = (phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.NATIONAL)
    usual = [re.findall(r"\d+", phonenumbers.format_number(parsed, form)) for form in formats]
    if not _is_grouped(number, str(parsed.country_code), [usual[0][1:], usual[1]]):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _is_grouped(number: str, country: str, usual: list[list[str]]) -> bool:
    """Whether the digits are grouped as the country writes them, not at all after the area code, or in short groups.

    "+7 (495) 98231 67" has the right number of digits, but no Moscow number is split like that: a page dropped or
    moved something, and nobody should dial it unseen. A long group before another is the sign of it.
    """
    groups = re.findall(r"\d+", re.sub(r"(?i)\s?(?:ext|x|int).*$|\(0\)", "", _ABROAD.sub("+", number)))
    if _ABROAD.match(number) and groups:
        groups = [groups[0].removeprefix(country), *groups[1:]]
        groups = groups if groups[0] else groups[1:]
    if all(len(group) <= _SHORT_GROUP for group in groups[:-1]):
        return True
    return any(groups == [*form[:k], "".join(form[k:])] for form in usual for k in range(len(form)))


# A cheap look before the pattern for "name [at] host [dot] org".
_SPELLED_MARKS = ("at]", "at)", "at}", "at>", " dot ", "@]")


def _emails(text: str) -> Iterator[Point]:  # noqa: C901 - three ways to write one
    rules = load_rules("contacts")
    if "@" in text:
        for match in rules.rule("contacts.email").pattern.finditer(text):
            if _is_valid_email(match.group()) and not _is_credit(text, match.start()):
                yield Point("email", match.start(), match.end(), match.group(), "contacts.email")
    lowered = text.lower()
    if any(mark in lowered for mark in _SPELLED_MARKS):
        for match in rules.rule("contacts.email-spelled").pattern.finditer(text):
            yield Point("email", match.start(), match.end(), match.group(), "contacts.email-spelled")
    if "mail" in lowered:
        for match in rules.rule("contacts.email-hidden").pattern.finditer(text):
            if not _email_follows(text, match.end()):
                yield Point("hidden", match.start(), match.end(), match.group(), "contacts.email-hidden")


def _is_credit(text: str, at: int) -> bool:
    """Whether the address stands with an author or a person who is thanked: nobody is told to write there."""
    start = max(text.rfind("\n", 0, at) + 1, at - 120)
    return bool(load_rules("contacts").rule("contacts.credit").pattern.search(text[start:at]))


def _email_follows(text: str, at: int) -> bool:
    """Whether the address stands on the next line."""
    return bool(re.match(r"[\s,;:<]*[\w.+-]+\s?(?:@|\[at\]|\(at\))", text[at : at + 90]))


def _is_valid_email(address: str) -> bool:
    from email_validator import EmailNotValidError, validate_email  # slow to import; most releases have no address

    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _urls(text: str, taken: list[Point]) -> Iterator[Point]:
    if "." not in text:
        return
    for match in load_rules("contacts").rule("contacts.url").pattern.finditer(text):
        value = match.group().rstrip(".,;:!?'’*")
        if not any(p.start < match.end() and match.start() < p.end for p in taken):
            yield Point("url", match.start(), match.start() + len(value), value, "contacts.url")


def _phones(text: str, names: tuple[tuple[int, int], ...], taken: list[Point], region: str | None) -> Iterator[Point]:
    """Telephone numbers; alternatives of one line ("0418 743 789 or (07) 3252 7101") stay together as written."""
    fax = load_rules("contacts").rule("contacts.fax-cue").pattern
    name_ends = {end for _, end in names}
    waiting: Point | None = None
    for match in load_rules("contacts").rule("contacts.phone-form").pattern.finditer(text):
        start, end = match.span()
        if any(p.start < end and start < p.end for p in taken):
            continue
        joined = waiting is not None and _JOINED.fullmatch(text[waiting.end : start]) is not None
        if fax.search(text[max(0, start - 20) : start]) or not _has_form(match.group(), joined=joined):
            continue
        if waiting and joined:
            waiting = Point("phone", waiting.start, end, text[waiting.start : end], waiting.rule)
            continue
        if waiting:
            yield waiting
        rule = _why_phone(text, start, end, name_ends, region)
        waiting = Point("phone", start, end, match.group(), rule) if rule else None
    if waiting:
        yield waiting


def _has_form(written: str, *, joined: bool) -> bool:
    digits = sum(character.isdigit() for character in written)
    return (4 if joined else 7) <= digits <= (26 if "/" in written else 18) and not _DATE.match(written)


def _why_phone(text: str, start: int, end: int, name_ends: set[int], region: str | None) -> str | None:
    """The rule that makes a run of digits a telephone number, or nothing."""
    written = text[start:end]
    if written.startswith("+"):
        return "contacts.phone-international"
    before = text[max(0, start - 40) : start]
    if load_rules("contacts").rule("contacts.phone-cue").pattern.search(before):
        return "contacts.phone-cue"
    shaped = bool(_NORTH_AMERICAN.fullmatch(written) or _TRUNK.match(written))
    near = _NEAR.search(before)
    if near and start - len(before) + near.start() in name_ends and (shaped or _offers(text, start)):
        return "contacts.phone-after-name"
    if shaped and (_line_is_only(text, start, end) or _offers(text, start) or _email_near(text, start, end)):
        return "contacts.phone-in-block"
    if _stands_apart(text, start, end) and len(written.split()) > 1 and _email_near(text, start, end):
        return "contacts.phone-beside-email"
    if region and phone_e164(written, region):
        return "contacts.phone-national"
    return None


def _line_is_only(text: str, start: int, end: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    return not text[line_start:start].strip(" |•*-") and bool(re.fullmatch(r"[\s|•*-]*(?:\([^()]{1,20}\))?\s*", rest))


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether the number is a part of its own on its line: "951 555 07 64 / press@quay.org"."""
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    return bool(re.search(r"(?:^|\n|[|/•·,;:]\s?)$", before)) and bool(re.match(r"\s*(?:$|\n|[|/•·,;])", after))


def _offers(text: str, at: int) -> bool:
    """Whether the line, or the start of the block, offers somebody to ask."""
    start = text.rfind("\n", 0, at) + 1
    return bool(_offer_words().search(text[max(start, at - 200) : at]))


def _email_near(text: str, start: int, end: int) -> bool:
    return "@" in text[max(0, start - 60) : end + 60]


@cache
def _offer_words() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('contacts').terms('offers'))}\b")
