"""The command line. Each command group is a file; errors are sentences and an exit code, never a stack trace."""

import os
import sys

import typer
from rich.console import Console

from hutong import __version__
from hutong.cli.backup import backup, restore
from hutong.cli.company import init
from hutong.cli.demo import demo
from hutong.cli.doctor import doctor
from hutong.cli.member import app as member
from hutong.cli.migrate import migrate
from hutong.cli.roster import app as roster
from hutong.cli.serve import serve
from hutong.core.errors import HutongError

app = typer.Typer(
    name="hutong",
    help="Hutong (互通): a company and everyone its product passes through, connected both ways.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (serve, demo, init, migrate, doctor, backup, restore):
    app.command(command.__name__)(command)
app.add_typer(roster, name="import")
app.add_typer(member, name="member")


@app.command("version")
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def language() -> str:
    """The operator's: "en" when the locale says so, else Chinese."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "zh-CN"


def main() -> None:
    try:
        app()
    except HutongError as error:
        Console(stderr=True).print(f"[red]✗[/red] {error.sentence(language())}", highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
