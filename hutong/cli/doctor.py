"""`hutong doctor`: looks at everything that has to be right, and says how to mend what is not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hutong.cli import checks, reach
from hutong.cli.checks import Finding
from hutong.core import settings
from hutong.core.settings import Settings


def doctor(
    data: Annotated[Path | None, typer.Option("--data", help="The data folder (HUTONG_DATA).")] = None,
    host: Annotated[str | None, typer.Option("--host", help="The address it is to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="The port it is to listen on.", min=1, max=65535)] = None,
) -> None:
    """Say what is wrong with this installation and how to mend it. Changes nothing; also while the server runs."""
    from hutong.cli import language  # the command group imports this file

    chosen = settings.load(data=data, host=host, port=port)
    console = Console()
    faults = 0
    for finding in examine(chosen):
        faults += not finding.is_well
        mark = "[green]✓[/green] " if finding.is_well else "[red]✗[/red] "
        console.print(mark, end="")
        console.print(finding.en if language() == "en" else finding.zh, markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise typer.Exit(1)


def examine(chosen: Settings) -> Iterator[Finding]:
    """All checks in turn, each as soon as it is known."""
    yield from checks.check_python()
    yield from checks.check_libc(chosen)
    yield from checks.check_data_folder(chosen)
    yield from checks.check_database(chosen)
    yield from checks.check_file_store(chosen)
    yield from checks.check_pages()
    yield from reach.check_port(chosen)
    yield from reach.check_address(chosen)
