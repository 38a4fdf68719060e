"""Loading the pipeline: the model that the package ships, or any spaCy pipeline with OntoNotes labels."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy import about
from spacy.language import Language

# The tokenizer and the components must be registered before spaCy reads a config that names them.
from report_extract.analyze import components, names, tokenizer  # noqa: F401
from report_extract.errors import EnvironmentFault

MODEL = "en_report_small"
_PACKAGE = Path(__file__).parents[1]


def load_pipeline(model: str | Path | None = None) -> Language:
    """A spaCy pipeline whose docs carry sentences, sections, mentions and quotations.

    Args:
        model: name or path of a spaCy pipeline; None for the shipped model. A pipeline that does not have our
            components gets them added behind its own: its sentences and entities are kept, and our rules add what it
            does not know (honorifics, titles, dates, acronyms).

    Raises:
        EnvironmentFault: when the pipeline is missing or does not fit; the message says what to do.
    """
    nlp = _load(model)
    if "report_mentions" not in nlp.pipe_names:
        _add_ours(nlp)
    return nlp


def shipped_model() -> Path:
    """The folder of the shipped model: inside an installed package, or beside the sources in a checkout."""
    for folder in (_PACKAGE / "models" / MODEL, _PACKAGE.parents[1] / "models" / MODEL):
        if (folder / "config.cfg").is_file():
            return folder
    raise EnvironmentFault(f"the model {MODEL} is not in the package; install report-extract again")


def _load(model: str | Path | None) -> Language:
    try:
        return spacy.load(model if model is not None else shipped_model())
    except OSError as error:
        remedy = (
            f"python -m spacy download {model}" if isinstance(model, str) and "/" not in model else "check the path"
        )
        raise EnvironmentFault(f"cannot load the spaCy pipeline {str(model)!r}: {error}; try: {remedy}") from error
    except (ValueError, KeyError, TypeError, ImportError) as error:
        raise EnvironmentFault(
            f"the spaCy pipeline {str(model)!r} does not fit spaCy {about.__version__}: {error}; "
            "install the version of the model that was made for it"
        ) from error


def _add_ours(nlp: Language) -> None:
    if nlp.lang != "en":
        raise EnvironmentFault(f"the pipeline {nlp.meta.get('name')!r} reads {nlp.lang!r}; choose an English one")
    nlp.add_pipe("report_sections")
    if not _sets_sentences(nlp):
        nlp.add_pipe("report_sentences")
    shipped = shipped_model()
    mentions = nlp.add_pipe("report_mentions")
    mentions.from_disk(shipped / "report_mentions")  # type: ignore[attr-defined]
    nlp.add_pipe("report_quotes")


def _sets_sentences(nlp: Language) -> bool:
    return any("token.is_sent_start" in nlp.get_pipe_meta(name).assigns or name == "parser" for name in nlp.pipe_names)
