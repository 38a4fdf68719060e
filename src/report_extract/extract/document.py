"""What a release says of itself: title, subtitle, date, issuer, dateline, language and kind.

All are read from the release's own lines; a page's metadata (`title_hint`, `published_hint`) only fill what the lines
leave open. Nothing is guessed from file names or the clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from report_extract.extract.head_lines import TextLine, read_text_lines
from report_extract.extract.headline import find_title
from report_extract.extract.issuer import find_issuer
from report_extract.extract.mentions import DocumentFields, OrganizationEntity
from report_extract.extract.publication import find_publication
from report_extract.rules import alternation, load_rules
from report_extract.schema import ReleaseKind

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The languages that releases come in; a wider choice makes short texts "Latin" or "Luxembourgish".
_LANGUAGES = [
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro", "el", "ru", "uk", "tr",
    "ar", "he", "zh", "ja", "ko", "id", "vi", "th", "hi", "bn",
]  # fmt: skip
_SAMPLE = 1500
_SHORTEST = 40
# Of two kinds that a headline speaks of, the one that stands first here.
_KINDS: tuple[ReleaseKind, ...] = ("readout", "statement", "appointment", "agreement", "award", "event", "announcement")


def find_document_fields(
    doc: Doc,
    bodies: Sequence[OrganizationEntity] = (),
    *,
    title_hint: str | None = None,
    published_hint: str | None = None,
) -> DocumentFields:
    """The release's own fields; null for what the text does not tell. `bodies` are its organisations."""
    lines = read_text_lines(doc)
    title, subtitle = find_title(doc, lines)
    title = title or title_hint
    published, dateline = find_publication(doc, lines)
    return DocumentFields(
        title=title,
        subtitle=subtitle,
        published=published or published_hint,
        issuer=find_issuer(doc, lines, title, bodies),
        dateline=dateline,
        language=find_language(_sample(lines)),
        kind=_kind(title, lines),
    )


def find_language(text: str) -> str | None:
    """The language of a text, ISO 639-1; None for one too short to tell.

    >>> find_language("The new hall of the college was opened on Monday by the mayor of the town.")
    'en'
    """
    if len(text) < _SHORTEST:
        return None
    language, _ = _identifier().classify(text)
    return str(language)


def _sample(lines: list[TextLine]) -> str:
    """Text of the body, or of whatever there is, enough to tell its language."""
    body = [line.text for line in lines if line.section in {"", "BODY"}] or [line.text for line in lines]
    return "\n".join(body)[:_SAMPLE]


def _kind(title: str | None, lines: list[TextLine]) -> ReleaseKind | None:
    """The sort of release, by the words of its headline, else of its first lines."""
    opening = " ".join(line.text for line in lines if line.section in {"", "BODY"})[:300]
    for text in (title or "", opening):
        for kind in _KINDS:
            if _words(kind).search(text):
                return kind
    return "other" if lines else None


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){alternation(load_rules('document').terms(kind))}(?!\w)")


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LANGUAGES)
    return identifier
