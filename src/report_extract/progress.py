"""How far a long work is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from report_extract.ingest import count_inputs


@contextmanager
def run_progress(console: Console, inputs: list[str], output: Path, *, quiet: bool) -> Iterator[Advance]:
    """A progress bar on a terminal, a line every thousand inputs elsewhere, nothing when quiet."""
    columns = (
        TextColumn("[bold]reading[/bold]"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[name]}[/dim]"),
    )
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bar:
        yield Advance(console, bar, count_inputs(inputs, without=output), quiet=quiet)


@contextmanager
def training_progress(console: Console) -> Iterator[Callable[[str, int, int, float], None]]:
    """A bar for each epoch on a terminal, a line every hundred batches elsewhere."""
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading the corpora")

        def advance(name: str, done: int, total: int, loss: float) -> None:
            bar.update(task, description=f"{name}, loss {loss:.4f}", completed=done, total=total)
            if bar.disable and (done % 100 == 0 or done == total):
                console.print(f"{name}: {done} of {total} batches, loss {loss:.4f}")

        yield advance


class Advance:
    """Called with each input's name; keeps the progress display."""

    def __init__(self, console: Console, bar: Progress, total: int, *, quiet: bool) -> None:
        self.console, self.bar, self.total, self.done, self.quiet = console, bar, total, 0, quiet
        self.task = bar.add_task("reading", total=total, name="")

    def __call__(self, name: str) -> None:
        """One more input was read."""
        self.done += 1
        self.bar.update(self.task, advance=1, name=escape(Path(name).name[:40]))
        if self.bar.disable and not self.quiet and self.done % 1000 == 0:
            self.console.print(f"{self.done} of {self.total} inputs read")
