"""The headline of a release, and the line that stands under it.

Candidates are the lines before the body, wrapped ones joined, without what is never one: labels ("PRESS RELEASE"),
dates, addresses, "Key: value" lines, sentences. Among them the signs of `headline_signs` decide by the weights in
`rules/headline.toml`: what opens a block and shares its words with the text is rather the headline than a menu, a motto
or the letterhead. Of two that are likely the first is the headline, the second stands under it. Doubt gives none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from report_extract.extract.choice import chances
from report_extract.extract.datelines import IN_NAMES
from report_extract.extract.head_lines import (
    TextLine,
    first_day,
    is_code,
    is_label,
    is_label_and_date,
    is_prose,
    top_lines,
    without_date,
)
from report_extract.extract.headline_signs import Candidate, read_signs
from report_extract.rules import alternation, load_rules

_KEY_VALUE = re.compile(
    r"(?i)^(?:event|date|dates|time|venue|contacto|kontakt|where|when|who|what|contact|contacts|title|published by|by|"
    r"source|from|tel|phone|e-?mail|embargo|ref|resource person|objective|abstract|speakers?|location|cc|to|subject|"
    r"views?|viewers?|hits|posted|category|categories|tags?|author|updated|reads?|writer)\b"
    r"[^:\n]{0,20}:"
)
# The head of a letter by electronic mail.
_SUBJECT = re.compile(
    r"(?i)^(?:subject|headline|re)\s*:\s*(?:(?:press|media|news) release\s*[:–-]\s*)?(?P<title>\S.{10,200}\S)\s*$"
)
_SALUTATION = re.compile(r"(?i)^(?:to (?:all|whom|our) (?:\w+ ){0,4}\w+|dear\b.{2,60}|(?:sir|madam)\b.{0,20})[,.]?$")
_REACH = re.compile(r"@|https?:|www\.|\(?\+?\d{2,4}\)?[ -]\d{3}[ -]?\d{3}")
_BULLET = re.compile(r"^(?:[-•*–]|\d{1,2}[.)])\s+")
# When the release may be told: "EMBARGOED UNTIL 10AM", "To be reported only if delivered".
_EMBARGO = re.compile(
    r"(?i)\bembargoed\s+(?:until|till|for)\b|^\W*(?:strict(?:ly)?\s+|under\s+)?embargo(?:ed)?\s*[:–-]"
    r"|\bto be reported only\b|^\W*not for (?:publication|release|broadcast)\b|^\W*check against delivery\b"
)
# An entry of a menu.
_MENU = re.compile(r"\s*[·›»▸▪]\s?\S|[^\n]{0,40}\s>\s[^\n]{2,40}\s>\s")
# The full stop of a sentence, and none of "Prof." or "St.".
_SENTENCE_INSIDE = re.compile(
    r"[a-z)](?<!\bProf)(?<!\bHon)(?<!\bGov)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bRev)(?<!\bMrs)(?<!\bDr)(?<!\bMr)(?<!\bMs)"
    r"(?<!\bSt)(?<!\bvs)(?<!\bInc)(?<!\bCo)(?<!\bLtd)(?<!\bNo)\.\s+[A-Z“\"]"
)
_DANGLING = re.compile(
    r"(?:\b(?:of|the|and|for|to|in|on|at|with|a|an|by|from|as|or|de|der|die|und|et)|[,:&–—-])$", re.I
)
# Who posted it and when, or a label; "Press Release for the Opening of a Hall" is a headline.
_POSTED = re.compile(
    r"(?i)(?:posted|published|cross-posted|by)\b|"
    r"(?:press|media|news) release\b(?!\s*:|\s(?:on|for|about)\s(?!immediate|release|use))"
)
# "1.0 PREAMBLE" begins the text.
_NUMBERED = re.compile(r"\d+(?:\.\d+)+\.?\s+[A-Z]|(?:[IVX]+|\d+)[.)]\s+[A-Z]")
# What is left of a line break.
_GAP = re.compile(r"\s{3,}")
_SHORT, _FEW_WORDS = 14, 3
# A line is the headline from this chance on, and stands before a likelier one below it from the second on.
_LEAST, _EARLY = 0.2, 0.2


def find_title(doc: Doc, lines: list[TextLine]) -> tuple[str | None, str | None]:
    """The headline and the line under it, without labels and dates; None for what is not there.

    >>> import spacy
    >>> from report_extract.extract.head_lines import read_text_lines
    >>> doc = spacy.blank("en")("PRESS RELEASE\\n\\nHall Opened in Lima")
    >>> find_title(doc, read_text_lines(doc))
    ('Hall Opened in Lima', None)
    """
    if subject := next((match for line in top_lines(lines) if (match := _SUBJECT.match(line.text))), None):
        return " ".join(subject["title"].split()), None
    # A line that is nothing but the name of one organisation is a letterhead, whatever else there is.
    bodies = {(s.start_char, s.end_char) for s in doc.spans.get("report_mentions", ()) if s.label_ == "ORG"}
    candidates = [one for one in read_candidates(lines) if (one.first.start, one.last.end) not in bodies]
    signs = read_signs(doc, lines, candidates)
    likely = chances(signs, load_rules("headline").weights)
    if not candidates or max(likely) < _LEAST:
        return None, None
    best = likely.index(max(likely))
    # A letterhead above the likeliest line is no headline, however likely it is.
    first = next((n for n in range(best) if likely[n] >= _EARLY and not signs[n].get("letterhead")), best)
    return candidates[first].text or None, _subtitle(candidates, candidates[first])


def read_candidates(lines: list[TextLine]) -> list[Candidate]:
    """The lines before the body that could be the headline, each with the lines that go on with it."""
    block = [line for line in top_lines(lines) if line.section != "CONTACT" and _could_be_title(line.text)]
    if not block and lines and (cut := _GAP.search(lines[0].text)):
        # The page lost its line breaks: "Hall Opened in Lima    LIMA, Peru   The new hall ...".
        opening = replace(lines[0], text=lines[0].text[: cut.start()])
        block = [opening] if len(opening.text.split()) > _FEW_WORDS and _could_be_title(opening.text) else []
    return [_joined(block, n) for n in range(len(block))]


def _joined(block: list[TextLine], n: int) -> Candidate:
    text, last = _stripped(block[n].text), block[n]
    for line in block[n + 1 :]:
        goes_on = _DANGLING.search(text) or line.text[:1].islower()
        if line.start - last.end > 1 or not goes_on or _label_before().match(line.text):
            break
        text, last = f"{text} {line.text}", line
    return Candidate(text, block[n], last)


def _subtitle(candidates: list[Candidate], title: Candidate) -> str | None:
    """What stands right under the headline."""
    below = next((one for one in candidates if one.first.start > title.last.start), None)
    if below is None or below.first.start - title.last.end > 3 or _BULLET.match(below.first.text):
        return None
    text = _stripped(below.first.text)
    stands = _could_stand_under(text) and _could_stand_under(below.first.text)
    return text if text and _plain(text) != _plain(title.text) and stands else None


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _could_stand_under(text: str) -> bool:
    """Whether a line reads as one under the headline: no place and day, numbered heading, line of who posted it."""
    day = first_day(text)
    words = text.split() if day is None else f"{text[: day.start]} {text[day.end :].lstrip(', ')}".split()
    if _NUMBERED.match(text) or _POSTED.match(text.lstrip("·•|-– ")) or is_code(text):
        return False
    if day is None or day.last is not None:
        return True
    # "3 May 2010, Port Vila, Republic of Vanuatu".
    is_place = (
        len(words) <= _SHORT // 2
        and any(w.endswith(",") for w in words[:-1])
        and all(w[0].isupper() or w in IN_NAMES for w in words)
    )
    return len(words) > _FEW_WORDS and not is_place


def _could_be_title(text: str) -> bool:
    if (
        _MENU.match(text)
        or _EMBARGO.search(text)
        or is_label(text)
        or _REACH.search(text)
        or is_prose(text)
        or _SALUTATION.match(text)
    ):
        return False
    # "The dam was paid for. Where is the dam?" is a headline all the same.
    if _SENTENCE_INSIDE.search(text) and not (text.endswith("?") and len(text.split()) <= _SHORT):
        return False
    rest = _stripped(text)
    if is_label_and_date(text) or _KEY_VALUE.match(rest):
        return False
    if len(rest) < 4 or text.endswith(",") or not any(c.isalpha() for c in rest) or is_label(rest):
        return False
    return not _KEY_VALUE.match(text) and not _POSTED.match(rest)


def _stripped(text: str) -> str:
    """The line without bullet, date and label before it."""
    rest = without_date(_BULLET.sub("", text))
    label = _label_before().match(rest)
    return " ".join((rest[label.end() :] if label and len(rest) > label.end() + 8 else rest).split())


@cache
def _label_before() -> re.Pattern[str]:
    return re.compile(rf"(?i)^{alternation(load_rules('document').terms('label'))}\s*(?:[:|–—]|-\s)\s*")
