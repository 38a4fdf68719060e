"""The command line: arguments and printing, no logic. Heavy imports wait until a command needs them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from report_extract.batch import RunReport
    from report_extract.evaluate import Evaluation
    from report_extract.evaluate.gold import GoldRelease
    from report_extract.extractor import Extractor
    from report_extract.schema import PressRelease

# Exit codes: 0 all well.
FINISHED_WITH_FAILURES, USAGE, UNDER_THE_FLOORS, ENVIRONMENT = 1, 2, 3, 5

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Turns raw press releases into structured, checkable records and tidy tables.",
    epilog="Exit codes: 0 all well, 1 finished with failures, 2 usage, 3 evaluation under the floors, 5 environment.",
)
out_console = Console()
error_console = Console(stderr=True)

ModelOption = Annotated[
    str | None, typer.Option("--model", help="Another spaCy pipeline with OntoNotes labels, by name or path.")
]


class Format(StrEnum):
    """The forms in which a dataset can be written."""

    parquet = "parquet"
    csv = "csv"
    sqlite = "sqlite"
    jsonl = "jsonl"


@app.callback(invoke_without_command=True)
def main(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Turn raw press releases into structured, checkable records and tidy tables."""
    if show_version:
        out_console.print(_version())
        raise typer.Exit()


@app.command()
def run(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders (recursive), globs, or - for standard input.")],
    output: Annotated[Path, typer.Option("-o", "--output", "--out", help="The dataset's folder.")],
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="Comma-separated: parquet (always written), csv, sqlite, jsonl."),
    ] = None,
    model: ModelOption = None,
    published: Annotated[
        str | None, typer.Option(help="Date (EDTF) of these releases, where known; relative dates are read against it.")
    ] = None,
    max_megabytes: Annotated[float, typer.Option(help="Larger inputs become failures.")] = 20.0,
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that holds other files.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Read releases and write the dataset: one folder of tables, with a list of what failed."""
    wanted = _formats(formats)
    _check_published(published)
    with _environment():
        extractor = _load(model, quiet=quiet)
        from report_extract.batch import run as run_batch
        from report_extract.progress import run_progress

        with run_progress(error_console, inputs, output, quiet=quiet) as advance:
            report = run_batch(
                inputs,
                output,
                extractor,
                formats=wanted,
                published=published,
                max_bytes=int(max_megabytes * 1_000_000),
                force=force,
                progress=advance,
            )
    if not quiet:
        _print_report(report, output)
    if report.failed or not report.releases:
        raise typer.Exit(FINISHED_WITH_FAILURES)


@app.command()
def show(
    file: Annotated[str, typer.Argument(help="One release: a file, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    model: ModelOption = None,
    published: Annotated[str | None, typer.Option(help="The release's own date (EDTF), where known.")] = None,
) -> None:
    """Show one release: its record, and the evidence highlighted in the text."""
    from report_extract.errors import InputError

    _check_published(published)
    with _environment():
        extractor = _load(model, quiet=True)
        try:
            if file == "-":
                record = extractor.extract(sys.stdin.buffer.read(), published=published, source="-")
            else:
                record = extractor.extract(Path(file), published=published)
        except InputError as error:
            _print_error(str(error))
            raise typer.Exit(FINISHED_WITH_FAILURES) from error
    if as_json:
        typer.echo(record.model_dump_json(indent=2))
        return
    from report_extract.view import record_view

    out_console.print(record_view(record))


@app.command()
def schema(
    tables: Annotated[bool, typer.Option("--tables", help="Print the tables' data dictionary in Markdown.")] = False,
) -> None:
    """Print the JSON Schema of a record, or the data dictionary of the tables."""
    from report_extract.schema import PressRelease, data_dictionary

    if tables:
        typer.echo(data_dictionary())
        return
    typer.echo(json.dumps(PressRelease.model_json_schema(), indent=2))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of ID.txt with ID.json annotations.", exists=True)],
    model: ModelOption = None,
    errors: Annotated[str | None, typer.Option(help="List what was wrong or missed in this field.")] = None,
    save: Annotated[
        Path | None, typer.Option("--json", help="Save scores, rules, reliability and facts to this file.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(help="A file saved with --json: print the facts gained and lost since, with their rules."),
    ] = None,
    floors: Annotated[Path | None, typer.Option(help="TOML file of floors; under them the exit code is 3.")] = None,
    split: Annotated[str, typer.Option(help="Which table of the floors file holds.")] = "dev",
) -> None:
    """Score the program against gold annotations."""
    with _environment():
        extractor = _load(model, quiet=True)
        from report_extract import evaluate as scoring

        result = scoring.evaluate(_records(gold, extractor))
        if save is not None:
            save.write_text(result.to_json(), encoding="utf-8")
        _print_scores(result)
        if errors is not None:
            _print_errors(result, errors)
        if baseline is not None:
            _print_comparison(baseline, result)
        faults = scoring.floor_faults(result, floors, split) if floors is not None else []
    for fault in faults:
        _print_error(f"under the floor: {fault}")
    if faults or result.broken_evidence:
        raise typer.Exit(UNDER_THE_FLOORS)


@app.command()
def train(
    config: Annotated[Path, typer.Argument(help="The recipe, a TOML file; the model folder's own is train.toml.")],
    data: Annotated[
        list[Path] | None, typer.Option("--data", help="A folder of corpora; may be given several times.")
    ] = None,
    work: Annotated[
        Path, typer.Option("--work", help="The folder of checkpoints; a run that stopped goes on from them.")
    ] = Path("training"),
    part: Annotated[
        str | None, typer.Option(help="Train this part of the recipe alone: language, teacher-1, ..., network.")
    ] = None,
) -> None:
    """Train the reader of names from corpora (needs the extra "train") and write it into its model folder."""
    from report_extract.train import require_extra

    with _environment():
        require_extra()
        from report_extract.progress import training_progress
        from report_extract.train.run import Run

        with training_progress(error_console) as advance, Run(config, tuple(data or [Path()]), work, advance) as run:
            if part:
                run.part(part)
                return
            folder = run.train()
    out_console.print(f"the model is in {folder}; its scores are in {folder / 'report.json'}")


@app.command()
def calibrate(
    gold: Annotated[list[Path], typer.Argument(help="Folders of annotated releases to fit on.", exists=True)],
    beside: Annotated[
        list[Path] | None, typer.Option("--beside", help="Releases of another kind, which count a tenth.", exists=True)
    ] = None,
    checks: Annotated[
        list[Path] | None, typer.Option("--check", help="Releases not fitted on: print how they come out.", exists=True)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", "--out", help="Where to write; default: into the package.")
    ] = None,
) -> None:
    """Fit how likely each row is right (its confidence), after rules or model have changed."""
    with _environment():
        extractor = _load(None, quiet=True)
        from report_extract.evaluate import read_gold
        from report_extract.evaluate.view import reliability_view
        from report_extract.train import confidence

        rows = [row for path in gold for row in confidence.judged_rows(read_gold(path), extractor.nlp)]
        for path in beside or []:
            rows += confidence.judged_rows(read_gold(path), extractor.nlp, beside=True)
        calibration = confidence.fit_confidence(rows)
        written = confidence.write_calibration(calibration, output)
        out_console.print(f"{len(rows)} rows weighed; the weights are in {escape(str(written))}")
        for path in checks or []:
            result = confidence.check(read_gold(path), extractor.nlp, calibration)
            out_console.print(f"\n[bold]{escape(str(path))}[/bold]", reliability_view(result))


@app.command()
def info(model: ModelOption = None) -> None:
    """Print versions, the model and its components."""
    with _environment():
        extractor = _load(model, quiet=True)
    meta = extractor.nlp.meta
    from rich.table import Table

    table = Table(show_header=False, box=None)
    for package in (
        "report-extract",
        "spacy",
        "onnxruntime",
        "tokenizers",
        "dateparser",
        "pydantic",
        "pandas",
        "pyarrow",
        "trafilatura",
        "ftfy",
    ):
        table.add_row(package, version(package))
    table.add_row("python", sys.version.split()[0])
    table.add_row("model", f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}")
    table.add_row("model folder", escape(str(extractor.nlp.path)))
    table.add_row("components", ", ".join(extractor.nlp.pipe_names))
    out_console.print(table)


def _version() -> str:
    try:
        return version("report-extract")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "unknown"


def _formats(values: list[str] | None) -> tuple[str, ...]:
    names = [name.strip() for value in values or ["parquet"] for name in value.split(",") if name.strip()]
    unknown = sorted(set(names) - {form.value for form in Format})
    if unknown:
        raise typer.BadParameter(f"unknown format {', '.join(unknown)}; choose from {', '.join(Format)}")
    return tuple(dict.fromkeys(["parquet", *names]))


def _check_published(published: str | None) -> None:
    if published is None:
        return
    from report_extract.extractor import check_published

    try:
        check_published(published)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def _environment() -> Iterator[None]:
    """Turn faults of the environment or of the output folder into one clear line and their exit code."""
    from report_extract.errors import DatasetError, EnvironmentFault

    try:
        yield
    except EnvironmentFault as error:
        _print_error(str(error))
        raise typer.Exit(ENVIRONMENT) from error
    except DatasetError as error:
        _print_error(str(error))
        raise typer.Exit(USAGE) from error
    except BrokenPipeError:  # `| head` has read enough: the command line ends quietly by itself
        raise
    except OSError as error:  # a full disk, a folder that may not be written
        _print_error(f"{error}; check the disk and its permissions")
        raise typer.Exit(ENVIRONMENT) from error


def _load(model: str | None, *, quiet: bool) -> Extractor:
    if quiet or not error_console.is_terminal:
        from report_extract.extractor import load

        return load(model)
    with error_console.status("loading the model"):
        from report_extract.extractor import load

        return load(model)


def _print_error(message: str) -> None:
    """One red line; brackets in names of files are no markup."""
    error_console.print(message, style="red", markup=False, highlight=False, soft_wrap=True)


def _print_report(report: RunReport, output: Path) -> None:
    from rich.table import Table

    # A path is never broken, so that it can be copied.
    out_console.print(f"Dataset in {output}", style="italic", markup=False, highlight=False, soft_wrap=True)
    table = Table()
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, rows in report.rows.items():
        table.add_row(name, f"{rows:,}")
    out_console.print(table)
    speed = report.words / report.seconds if report.seconds else 0
    out_console.print(
        f"{report.releases:,} releases, {report.words:,} words in {report.seconds:.1f} s ({speed:,.0f} words/s)"
    )
    if report.repeated:
        out_console.print(
            f"{len(report.repeated)} inputs had bytes seen before and were read once (listed in run.json)"
        )
    for reason, count in sorted(report.failures.items()):
        out_console.print(f"[red]{count} failed[/red]: {reason} (see the failures table)")


def _records(gold: Path, extractor: Extractor) -> Iterator[tuple[GoldRelease, PressRelease | None]]:
    from report_extract.evaluate import read_gold
    from report_extract.schema import Failure

    for release in read_gold(gold):
        record = next(extractor.stream([release.path]))
        if isinstance(record, Failure):
            _print_error(f"{record.source}: {record.stage}: {record.message}")
        yield release, None if isinstance(record, Failure) else record


def _print_scores(result: Evaluation) -> None:
    from report_extract.evaluate.view import evaluation_view

    out_console.print(evaluation_view(result, out_console.width))
    if result.broken_evidence:
        error_console.print(f"[red]{result.broken_evidence} rows have evidence that is not in the text[/red]")


def _print_errors(result: Evaluation, name: str) -> None:
    if name not in result.tallies:
        raise typer.BadParameter(f"no field {name!r}; choose from {', '.join(result.tallies)}")
    for release, outcome, fact, rule in result.tallies[name].log:
        if outcome != "right":
            typer.echo(f"{release}\t{outcome}\t{fact}\t{rule}".rstrip("\t"))


def _print_comparison(baseline: Path, result: Evaluation) -> None:
    from report_extract.evaluate import compare, read_baseline
    from report_extract.evaluate.view import comparison_view

    before = read_baseline(baseline)
    change = compare(before, result)
    out_console.print(comparison_view(change, before, result))
    for sign, facts in (("+", change.gained), ("-", change.lost)):
        for name, release, fact, rule in facts:
            typer.echo(f"{sign} {name}\t{release}\t{fact}\t{rule}".rstrip("\t"))


if __name__ == "__main__":
    app()
