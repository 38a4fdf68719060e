"""The organisation that speaks in a release.

In order of trust: a label ("Published By: ..."), a signature under the text, the name of the page's site, who "today
announced", the heading "About ...", the domain of the desk to ask, and the organisation that opens headline or text and
is named most. Where none of these points to one body, there is no issuer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from report_extract.extract.headline import TextLine
from report_extract.extract.organization_names import LARGEST, rank_of
from report_extract.rules import alternation, load_rules

_SITE = re.compile(r"\s(?:\||[-–—])\s(?P<site>[^|]{4,80})$")
_ABOUT = re.compile(r"(?i)^about\s+(?:the\s+)?(?P<name>[A-ZÀ-Þ].{2,70}?)\s*[:.]?$")
_DOMAIN = re.compile(r"(?:@|https?://|\bwww\.)(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)")
# What may stand before the name that opens a sentence.
_OPENS = re.compile(r"(?:^|\n|[–—-]\s|[.]\s|\)\s?-*|Today,\s|\d\s+)(?:[Tt]he\s|Today,\s)*$")
_OF_WHICH = re.compile(r"(?:\s?\([^()]{1,20}\))?(?:,| of| at)?\s(?:the\s)?")
_SIGNATURE_LINES = 8
_FIRST = 500
_FEWEST = 2
_LEAD = 1.5
# A headline that begins so lets a person speak, and names whom they speak of.
_SOMEBODY = re.compile(
    r"(?:the )?(?:sens?\b|statement|readout|president|secretary|minister|prime minister|joint statement|remarks|rep\b|"
    r"gov\b|senator|u\.?s\.?\b|united states|meeting|on the|attacks?\b|\w+ attacks?\b)"
)


def find_issuer(doc: Doc, lines: list[TextLine], title: str | None) -> str | None:
    """The name of the body that issues the release, as the text writes it; None where nothing tells."""
    organizations = [s for s in doc.spans.get("report_mentions", ()) if s.label_ == "ORG"]
    for candidates in (
        _labelled(lines),
        _posted(lines),
        _signed(lines, organizations),
        _site(lines, title),
        _announcing(doc, organizations),
        _described(doc, lines, organizations),
        _addressed(lines, organizations),
        _speaking(doc, lines, organizations, title),
        _opening(doc, lines, organizations, title),
    ):
        name = next(iter(candidates), None)
        if name:
            return _fullest(" ".join(name.split()), doc, organizations)
    return None


def _labelled(lines: list[TextLine]) -> Iterator[str]:
    for line in lines:
        if line.section in {"", "HEADLINE", "CONTACT"} and (match := _issuer_label().match(line.text)):
            yield match["name"].strip(" .")


def _posted(lines: list[TextLine]) -> Iterator[str]:
    """Who put the release out, in a line of the head: "Posted May 30, 2022 by Lima College", "STATEMENT BY THE ..."."""
    rule = load_rules("document").rule("document.posted-by").pattern
    for line in lines:
        if line.section in {"", "HEADLINE"} and (match := rule.match(line.text)):
            yield match["name"]


def _signed(lines: list[TextLine], organizations: list[Span]) -> Iterator[str]:
    """A line at the end, or at the very beginning, that is nothing but the name of an organisation."""
    whole = {(s.start_char, s.end_char) for s in organizations}
    body = [line for line in lines if line.section not in {"CHROME", "CONTACT"}]
    for line in [*body[-_SIGNATURE_LINES:], *body[:1]]:
        if (line.start, line.end) in whole and (line.text.isupper() or line is body[0]) and len(line.text) > 3:
            yield line.text


def _site(lines: list[TextLine], title: str | None) -> Iterator[str]:
    """The page's title often ends with the site's name: "Hall Opened | City of Lima"."""
    if title is not None and lines and (match := _SITE.search(lines[0].text)):
        head = lines[0].text[: match.start()]
        if head.casefold()[:25] == title.casefold()[:25] and lines[0].text.casefold() != title.casefold():
            yield match["site"].strip()


def _announcing(doc: Doc, organizations: list[Span]) -> Iterator[str]:
    rule, text = load_rules("document").rule("document.announces"), doc.text
    for span in organizations:
        if span.start_char > _FIRST * 3:
            return
        sentence_start = text.rfind("\n", 0, span.start_char)
        opens = text[max(sentence_start, span.start_char - 60) : span.start_char]
        if rule.pattern.match(text, span.end_char) and _OPENS.search(opens):
            yield span.text
    said = load_rules("document").rule("document.said-today").pattern
    for span in organizations:
        if span.start_char < _FIRST * 3 and said.match(text, span.end_char):
            yield span.text


def _described(doc: Doc, lines: list[TextLine], organizations: list[Span]) -> Iterator[str]:
    """The one organisation that an "About ..." part describes, where text or headline name it too."""
    headings = [match["name"] for line in lines if line.section != "CHROME" and (match := _ABOUT.match(line.text))]
    known = {span.text.casefold() for span in organizations}
    headings = [name for name in headings if name.casefold() in known or not known]
    if len(headings) == 1:
        yield headings[0]
    about = [s for s in doc.spans.get("report_sections", ()) if s.label_ == "ABOUT"]
    first = {s.start_char: s for s in organizations}
    for section in about:
        text = doc.text[section.start_char : section.end_char]
        opening = len(text) - len(text.lstrip())
        at = section.start_char + opening + (4 if text.lstrip().startswith("The ") else 0)
        if not headings and at in first:
            yield first[at].text


def _addressed(lines: list[TextLine], organizations: list[Span]) -> Iterator[str]:
    """The organisation whose name is the domain of the desk to ask: "press@hilltown.org" for Hilltown."""
    names: dict[str, str] = {}
    for span in organizations:
        # "Roads Corp." and "roads.com": the domain rarely spells the legal form.
        plain = re.sub(r"(?i)\b(?:inc|corp|corporation|ltd|llc|plc|gmbh|ag|project|the|company|co)\b", "", span.text)
        key = re.sub(r"[^a-z0-9]", "", plain.casefold())
        if len(key) > 2:
            names.setdefault(key, span.text)
    for line in lines:
        for match in _DOMAIN.finditer(line.text) if line.section in {"CONTACT", "HEADLINE", "ABOUT"} else ():
            for label in match["host"].casefold().split(".")[:-1]:
                if label.replace("-", "") in names:
                    yield names[label.replace("-", "")]


def _speaking(doc: Doc, lines: list[TextLine], organizations: list[Span], title: str | None) -> Iterator[str]:
    """The organisation that headline and opening name, and of which the text speaks far more than of any other."""
    silent = [(s.start_char, s.end_char) for s in doc.spans.get("report_sections", ()) if s.label_ == "CHROME"]
    long_forms = _long_forms(doc, organizations)
    counts: Counter[str] = Counter()
    for span in organizations:
        if not any(start <= span.start_char < end for start, end in silent):
            counts[long_forms.get(span.text.casefold(), span.text.casefold())] += 1
    body = next((line.start for line in lines if line.section == "BODY"), 0)
    opening, head = doc.text[body : body + _FIRST].casefold(), (title or "").casefold()
    for name, count in counts.most_common(2):
        forms = [name, *(short for short, long in long_forms.items() if long == name)]
        if count >= _FEWEST and any(_leads(form, head) for form in forms):
            yield next(span.text for span in organizations if span.text.casefold() == name)
    top = counts.most_common(2)
    if top and top[0][1] >= _FEWEST + 1 and (len(top) == 1 or top[0][1] >= _LEAD * top[1][1]):
        name = top[0][0]
        forms = [name, *(short for short, long in long_forms.items() if long == name)]
        if any(_leads(form, opening) for form in forms) and not _SOMEBODY.match(head):
            yield next(span.text for span in organizations if span.text.casefold() == name)


def _opening(doc: Doc, lines: list[TextLine], organizations: list[Span], title: str | None) -> Iterator[str]:
    """The organisation whose doing the body's first sentence tells, where the release names it again."""
    body = next((line for line in lines if line.section == "BODY"), None)
    if body is None or _SOMEBODY.match((title or "").casefold()):
        return
    text, long_forms = doc.text, _long_forms(doc, organizations)
    counts = Counter(long_forms.get(span.text.casefold(), span.text.casefold()) for span in organizations)
    inside = [span for span in organizations if body.start <= span.start_char < body.start + _FIRST]
    if not inside or not _OPENS.search(text[max(body.start, inside[0].start_char - 60) : inside[0].start_char]):
        return
    # A unit speaks for the body that is named right behind it: "The Department of Law, Lima College, ...".
    name = inside[0]
    for following in inside[1:]:
        if rank_of(name.text) < LARGEST and _OF_WHICH.fullmatch(text[name.end_char : following.start_char]):
            name = following
    if rank_of(name.text) == LARGEST and counts[name.text.casefold()] >= _FEWEST:
        yield name.text


def _leads(name: str, text: str) -> bool:
    """Whether a text begins with the name as the one who acts: "Lima College opens ...", "The Ministry (MoL) ..."."""
    return re.match(rf"(?:\d+\.?\s+)?(?:the )?{re.escape(name)}(?:['’]s)? ?[\w(,–-]", text) is not None


def _long_forms(doc: Doc, organizations: list[Span]) -> dict[str, str]:
    """Short forms and the names beside which the text puts them in brackets: "Lima College (LC)"."""
    forms, text = {}, doc.text
    for left, right in pairwise(organizations):
        between = text[left.end_char : right.start_char]
        if re.fullmatch(r"['’]?s?\s?[(\[][“\"‘']?", between) and len(right.text) < len(left.text):
            forms[right.text.casefold()] = left.text.casefold()
    return forms


def _fullest(name: str, doc: Doc, organizations: list[Span]) -> str:
    """The long form beside which the text puts this short one in brackets, else the name."""
    text = doc.text
    for span in organizations:
        after = text[span.end_char : span.end_char + len(name) + 4]
        if len(span.text) > len(name) and re.match(r"\s?\(“?" + re.escape(name) + r"”?\)", after):
            return " ".join(span.text.split())
        if len(span.text) > len(name) and _plain(span.text).startswith(_plain(name)) and span.start_char < _FIRST * 3:
            return " ".join(span.text.split())
    return name


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


@cache
def _issuer_label() -> re.Pattern[str]:
    terms = alternation(load_rules("document").terms("issuer_label"))
    return re.compile(rf"(?i:^{terms})\s*:\s*(?:[Tt]he\s+)?(?P<name>[A-ZÀ-Þ][^\d@:|]{{2,90}})$")
