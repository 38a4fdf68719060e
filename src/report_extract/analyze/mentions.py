"""All mentions of a doc: what each rule proposes, settled, then spread over the release.

The order matters. First what a name itself tells (its head, an honorific, a list), then what brackets say, then the
same names elsewhere, then names that only their neighbours tell, then titles, which need the names round them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import partial

from spacy.tokens import Doc

from report_extract.analyze.acronyms import bracketed, find_acronyms
from report_extract.analyze.acting import as_bodies
from report_extract.analyze.barred import barred_words
from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.date_spans import date_spans
from report_extract.analyze.distinctions import drop_distinctions
from report_extract.analyze.entities import find_entities, has_entities
from report_extract.analyze.events import find_events, standing_for
from report_extract.analyze.gazetteer import Gazetteer
from report_extract.analyze.joined import join
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.names import names_of
from report_extract.analyze.organizations import find_about, find_employers, find_headed, find_known
from report_extract.analyze.parted import part
from report_extract.analyze.people import find_beside_titles, find_named, find_speakers
from report_extract.analyze.places import find_places
from report_extract.analyze.seam import sections_of
from report_extract.analyze.settle import Proposals, Trust, settle
from report_extract.analyze.spread import (
    bare_heads,
    branches,
    company_names,
    positions,
    repeated,
    short_names,
    universities,
)
from report_extract.analyze.tagged import tagged_words
from report_extract.analyze.titles import find_titles
from report_extract.analyze.words import Words


def find_mentions(
    doc: Doc, lexicon: Lexicon, names: Gazetteer, trust: Trust | None = None
) -> Iterator[tuple[int, int, str, str, float | None]]:
    """Start, end (characters), label, rule id, confidence of each mention outside the page's chrome, in text order.

    The confidence is the probability that the mention is right, None where only rules have read. Where the pipeline has
    a trained reader of names and `trust` says how far to believe it, both are weighed.
    """
    words = tagged_words(doc, lexicon, names)
    entities = list(find_entities(doc, words)) if has_entities(doc) else None
    readings = names_of(doc)
    if readings is not None and trust is not None:
        proposals = Proposals(
            words, as_bodies(words, lexicon, readings), read_words(words, lexicon), barred_words(words, lexicon)
        )
        board = settle(proposals, trust, partial(_titles_beside, words, lexicon))
        drop_distinctions(words, lexicon, board)
        join(words, lexicon, board)
        part(words, board)
        board.place(universities(words, board, proposals.at))
    else:
        board = read_words(words, lexicon, entities)
    quiet = [(section.start, section.end) for section in sections_of(doc, "CHROME")]
    for candidate in sorted(board.chosen, key=lambda c: c.first):
        if not any(first <= candidate.first < stop for first, stop in quiet):
            sure = candidate.weight if trust is not None and readings is not None else None
            yield words.starts[candidate.first], words.ends[candidate.stop - 1], candidate.label, candidate.rule, sure


def _titles_beside(words: Words, lexicon: Lexicon, settled: Board) -> Iterator[Candidate]:
    """The titles that the rules read beside names which only the network has found."""
    board = Board(len(words.words))
    board.place(candidate for candidate in settled.chosen if candidate.label != "TITLE")
    return find_titles(words, lexicon, board)


def read_words(words: Words, lexicon: Lexicon, entities: list[Candidate] | None = None) -> Board:
    """The settled readings of tagged words; with `entities` of a trained pipeline, those instead of our names."""
    board = Board(len(words.words))
    if entities is None:
        board.place([*_names(words, lexicon), *find_dates(words)])
    else:
        honorifics = (c for c in find_named(words, lexicon) if c.label == "HONORIFIC")
        board.place([*entities, *honorifics, *find_dates(words)])
    never = _spread(words, board)
    if entities is None:
        _read_neighbours(words, lexicon, board)
    board.place(short_names(words, board, positions(words)))
    board.place([*find_acronyms(words, lexicon, board, never), *bare_heads(words, board)])
    for title in find_titles(words, lexicon, board):
        inside = board.touching(title.first, title.stop)
        if all(c.label in ("GPE", "LOC", "NORP") and c.first > title.first and c.stop <= title.stop for c in inside):
            board.add(title)
    if entities is None:
        board.place(find_employers(words, board))
        board.place(universities(words, board, positions(words)))
        board.place(repeated(words, board, positions(words), "ORG"))
    return board


def find_dates(words: Words) -> Iterator[Candidate]:
    """Date expressions, as tokens."""
    for start, end, rule in date_spans(words.text):
        first, stop = bisect_right(words.ends, start), bisect_left(words.starts, end)
        if stop > first:
            yield Candidate(first, stop, "DATE", rule, 6.2)


def is_english(words: Words) -> bool:
    """Whether small words of English are common enough; in other languages most capitals name nothing."""
    return sum(words.tags.count(tag) for tag in "fh") >= 0.02 * len(words.tags)


def _names(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    for find in (find_headed, find_known, find_events, find_named, find_places):
        yield from find(words, lexicon)


def _spread(words: Words, board: Board) -> set[str]:
    """Short forms in brackets, and the same bodies and events elsewhere; the short forms that name no body."""
    at = positions(words)
    short, never = bracketed(words, board)
    for candidate in short:
        board.add(candidate)
    board.place([*repeated(words, board, at, "ORG", "EVENT"), *company_names(words, board, at)])
    board.place(find_about(words))
    for branch in branches(words, board):
        board.add(branch)
    return never


def _read_neighbours(words: Words, lexicon: Lexicon, board: Board) -> None:
    """Names that only what stands beside them tells, and what stands for a name."""
    at = positions(words)
    board.place(find_beside_titles(words, lexicon, board))
    if is_english(words):
        board.place(find_speakers(words, lexicon, board))
    board.place(repeated(words, board, at, "PERSON"))
    board.place(repeated(words, board, at, "GPE"))
    board.place(standing_for(words, lexicon, board))
