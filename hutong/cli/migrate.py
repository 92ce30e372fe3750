"""`hutong migrate`: bring the database to this release's schema."""

from pathlib import Path
from typing import Annotated

import typer

from hutong.cli.database import database_of
from hutong.core import settings


def migrate(data: Annotated[Path | None, typer.Option("--data", help="The data folder (HUTONG_DATA).")] = None) -> None:
    """Bring the database to this release's schema; harmless when it is there already."""
    with database_of(settings.load(data=data)):
        typer.echo("✓")
