"""The tagged words of a doc, made once for all components that read them."""

from __future__ import annotations

from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

from report_extract.analyze.gazetteer import Gazetteer
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.seam import text_of, token_bounds
from report_extract.analyze.words import Words, tag_words

# The doc that was asked last, the lists that it was read with, and its words.
_LAST: list[tuple[Doc, Lexicon, Gazetteer, Words]] = []


def tagged_words(doc: Doc, lexicon: Lexicon, names: Gazetteer) -> Words:
    """The words of a doc with their tags; kept while the same doc with the same sentences is asked."""
    begins = tuple((doc.to_array(SENT_START) == 1).tolist())
    last = _LAST[0] if _LAST else None
    if last is not None and last[0] is doc and last[1] is lexicon and last[2] is names and last[3].begins == begins:
        return last[3]
    words = tag_words(text_of(doc), token_bounds(doc), begins, lexicon, names)
    _LAST[:] = [(doc, lexicon, names, words)]
    return words
