"""The library's front door: load once, then extract from text, bytes or files, one release or a stream of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from spacy.language import Language

from report_extract.analyze import load_pipeline
from report_extract.errors import InputError
from report_extract.ingest import DEFAULT_MAX_BYTES, read_bytes, read_path, read_text
from report_extract.pipeline import read_release
from report_extract.schema import Failure, PressRelease, Source


class Extractor:
    """Reads press releases with a pipeline that was loaded once.

    Attributes:
        nlp: the spaCy pipeline in use; its components can be used on their own.
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def extract(
        self, item: str | bytes | Path | Source, *, published: str | None = None, source: str | None = None
    ) -> PressRelease:
        """The record of one release.

        Args:
            item: the release: plain text, raw bytes (text, HTML or Markdown, told apart by content), a file's path, or
                a `Source` that was read before. A string is always taken as text, never as a path.
            published: the release's own date (EDTF, e.g. "2013-11-05") where the caller knows it better than the text;
                relative dates are read against it.
            source: the name to record for text and bytes; a path names itself.

        Returns:
            The record; offsets count characters of `record.document.text`.

        Raises:
            InputError: when the release cannot be read or processed.
            ValueError: when `published` is no EDTF date.

        >>> import report_extract
        >>> record = report_extract.load().extract("Dr. Ana Ruiz opened the meeting in Lima on 3 May 2010.")
        >>> [person.name for person in record.people], [date.edtf for date in record.dates]
        (['Ana Ruiz'], ['2010-05-03'])
        """
        check_published(published)
        release = _source(item, source)
        if len(release.text) > self.nlp.max_length:
            message = (
                f"{len(release.text):,} characters, over the pipeline's limit of {self.nlp.max_length:,}; "
                "split the file, or raise `extractor.nlp.max_length`"
            )
            raise InputError(release.name, "analyze", "too_large", message)
        return read_release(release, self.nlp, published=published)

    def stream(
        self,
        sources: Iterable[str | bytes | Path | Source | Failure],
        *,
        published: str | None = None,
    ) -> Iterator[PressRelease | Failure]:
        """One record or one failure for each item, in order, in bounded memory; a bad item never ends the stream.

        Args:
            sources: items as for `extract`; failures (from `ingest.read_sources`) pass through.
            published: as for `extract`, for all of them.
        """
        check_published(published)
        # spaCy keeps every new word for ever outside a memory zone; a record holds plain strings and survives it.
        for item in sources:
            if isinstance(item, Failure):
                yield item
                continue
            with self.nlp.memory_zone():
                result = self._one(item, published)
            yield result

    def _one(self, item: str | bytes | Path | Source, published: str | None) -> PressRelease | Failure:
        try:
            return self.extract(item, published=published)
        except InputError as error:
            return Failure(source=error.source, stage=error.stage, error=error.reason, message=error.message)


def load(model: str | Path | None = None) -> Extractor:
    """An extractor with the default model, or with another spaCy pipeline.

    Args:
        model: name or path of a spaCy pipeline with OntoNotes labels (e.g. "en_core_web_lg"); None for the model that
            the package ships.

    Raises:
        EnvironmentFault: when the model is missing or does not fit; the message says what to install.
    """
    return Extractor(load_pipeline(model))


@cache
def check_published(published: str | None) -> None:
    """Refuse a publication date that is no EDTF: every relative date of the release would hang on it.

    Raises:
        ValueError: when it is none; the message shows how to write it.
    """
    if published is None:
        return
    try:
        # The standard wants seconds in a time; releases never give them.
        parse_edtf(f"{published}:00" if re.search(r"T\d\d:\d\d\Z", published) else published)
    except EDTFParseException as error:
        raise ValueError(
            f"published={published!r} is no EDTF date; write it like 2013-11-05, 2013-11 or 2013"
        ) from error


def _source(item: str | bytes | Path | Source, name: str | None) -> Source:
    if isinstance(item, Source):
        return item
    if isinstance(item, Path):
        return read_path(item, max_bytes=DEFAULT_MAX_BYTES)
    if isinstance(item, bytes):
        return read_bytes(item, name or "<bytes>")
    if isinstance(item, str):
        return read_text(item, name or "<text>")
    raise TypeError(f"cannot read a {type(item).__name__}; give text, bytes, a Path or a Source")
