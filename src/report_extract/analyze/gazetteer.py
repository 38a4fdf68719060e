"""The model's lists: given names, family names and phrases whose kind is known.

`given.txt` and `family.txt` hold one name a line, `common.txt` the words that English writes with a small letter;
`phrases.tsv` holds a phrase, its label and a tag a line. The model folder's `build.py` makes them from public lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from report_extract.errors import EnvironmentFault

FILES = ("given.txt", "family.txt", "common.txt", "phrases.tsv")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names, everyday words, and phrases with their label and tag."""

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, str, str], ...] = ()
    sources: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Writes the lists as they were read."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.sources.items():
            (folder / name).write_text(text, encoding="utf-8")


def read_gazetteer(folder: Path) -> Gazetteer:
    """The lists of a model folder.

    Raises:
        EnvironmentFault: when one is missing.
    """
    try:
        sources = {name: (folder / name).read_text(encoding="utf-8") for name in FILES}
    except OSError as error:
        raise EnvironmentFault(f"{folder}: the model's lists are missing ({error}); install it again") from error
    names = [frozenset(_lines(sources[name])) for name in FILES[:3]]
    phrases = tuple(_phrase(line) for line in _lines(sources["phrases.tsv"]))
    return Gazetteer(names[0], names[1], names[2], phrases, sources)


def _lines(text: str) -> Iterable[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _phrase(line: str) -> tuple[str, str, str]:
    phrase, label, tag = line.split("\t")
    return phrase, label, tag
