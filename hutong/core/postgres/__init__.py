"""The embedded PostgreSQL: one cluster a data folder, a direct child of this process, reached by a Unix socket only.

    postgres = Postgres(settings.data)
    postgres.start()          # initdb at the first start; returns when it takes connections
    await Database.open(postgres.dsn())
    postgres.stop()

Promises: it ends with its parent, even one killed by SIGKILL (Linux); a second supervisor of a folder is refused; what
was committed is there after any crash; no folder outside the data folder is opened to other users. Layout of the data
folder: `postgres/` (the cluster), `postgres.log`, `postgres.lock` (held while a supervisor lives), `postgres.run/`
(the socket, where the path is short enough).
"""

from hutong.core.postgres.account import program
from hutong.core.postgres.cluster import find_dsn, hold, is_supervised
from hutong.core.postgres.errors import (
    ClusterTooOld,
    DataFolderInUse,
    DataFolderRefused,
    PostgresFailed,
)
from hutong.core.postgres.supervisor import Postgres

__all__ = [
    "ClusterTooOld",
    "DataFolderInUse",
    "DataFolderRefused",
    "Postgres",
    "PostgresFailed",
    "find_dsn",
    "hold",
    "is_supervised",
    "program",
]
