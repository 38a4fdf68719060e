"""What a trained spaCy pipeline has marked, in our conventions: names without article, honorific and possessive."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from report_extract.analyze.candidates import Candidate
from report_extract.analyze.words import Words

# The labels that we share with OntoNotes.
_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT"})
_BEFORE_PERSON = "hH,&|"


def has_entities(doc: Doc) -> bool:
    """Whether the pipeline has a component that marks entities, even if it found none."""
    return bool(doc.has_annotation("ENT_IOB"))


def find_entities(doc: Doc, words: Words) -> Iterator[Candidate]:
    """The doc's entities; dates are left to our rules, which know more forms."""
    for ent in doc.ents:
        label = ent.label_
        if label not in _LABELS:
            continue
        first, stop = ent.start, ent.end
        while first < stop and words.tags[first] in (_BEFORE_PERSON if label == "PERSON" else "h|"):
            first += 1
        while stop > first and words.tags[stop - 1] in "s,|":
            stop -= 1
        if stop > first:
            yield Candidate(first, stop, label, f"model.{label}", 6.4)
