"""One of several processes: `python -m hutong.roles.child NUMBER`, with its settings in the environment."""

import sys

import uvloop

from hutong.core import log, settings
from hutong.core.errors import HutongError
from hutong.core.settings import Settings
from hutong.roles.serve import bind, serve

# To the parent, when this process takes connections.
READY = b"ready\n"


async def _serve(chosen: Settings, number: int) -> None:
    async def say_ready() -> None:
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()

    assert chosen.database_url is not None
    await serve(chosen, chosen.database_url, bind(chosen.host, chosen.port, is_shared=True), say_ready, number=number)


def main() -> None:
    chosen = settings.load()
    log.configure(chosen.log_level, chosen.log_format)
    try:
        uvloop.run(_serve(chosen, int(sys.argv[1])))
    except HutongError as error:
        log.logger(__name__).error(error.sentence("en"))
        sys.exit(1)


if __name__ == "__main__":
    main()
