"""What others build on, written down from the running code: the OpenAPI description, its TypeScript, the error codes.

tools/openapi writes them; tools/openapi --check ends with 1 when what is written differs from what the code says.
"""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import hutong
from hutong.core.errors import HutongError
from hutong.core.settings import ROLES
from hutong.roles.api import make_app
from hutong.roles.schema import publish
from tools.node import NODE, ROOT, WEB, environment

OPENAPI = ROOT / "docs" / "openapi.json"
ERRORS = ROOT / "docs" / "errors.md"
TYPESCRIPT = WEB / "packages" / "api" / "src" / "generated" / "schema.ts"

_ERRORS_HEAD = """\
# Error codes

Every refusal is `{"code", "message", "details"}`; the code is stable, the sentence comes in the reader's language
(`Accept-Language`). This list is written by `tools/openapi`.

| code | status | English | 中文 |
|---|---|---|---|
"""


def openapi() -> str:
    """The description that /api/docs/openapi.json serves. Routes are described without anything behind them."""
    schema = publish(make_app(ROLES).openapi_schema.to_schema())
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def errors() -> str:
    for module in pkgutil.walk_packages(hutong.__path__, "hutong."):
        if not module.name.startswith("hutong.migrations") and not module.name.endswith("__main__"):
            import_module(module.name)
    # The eldest of a code: its subclasses say the same fact more exactly.
    coded: dict[str, type[HutongError]] = {}
    for error in sorted(_subclasses(HutongError), key=lambda error: len(error.__mro__)):
        coded.setdefault(error.code, error)
    rows = (f"| `{code}` | {error.status} | {error.en} | {error.zh} |\n" for code, error in sorted(coded.items()))
    return _ERRORS_HEAD + "".join(rows)


def _subclasses(kind: type[HutongError]) -> list[type[HutongError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _subclasses(child))]


def typescript(description: str) -> str:
    """The description as types, by openapi-typescript."""
    with tempfile.TemporaryDirectory(prefix="hutong-api-") as folder:
        source, target = Path(folder, "openapi.json"), Path(folder, "schema.ts")
        source.write_text(description, encoding="utf-8")
        program = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
        command = [NODE, str(program), str(source), "--output", str(target), "--alphabetize", "--root-types"]
        ran = subprocess.run(
            command, cwd=WEB, env=environment(), capture_output=True, text=True, errors="replace", check=False
        )
        if ran.returncode != 0:
            sys.exit(f"openapi-typescript failed: {ran.stdout}{ran.stderr}")
        return target.read_text(encoding="utf-8")


def main() -> int:
    description = openapi()
    wanted = {OPENAPI: description, ERRORS: errors(), TYPESCRIPT: typescript(description)}
    stale = [file for file, text in wanted.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for file in stale:
            print(f"{file.relative_to(ROOT)} is not what the code says: run tools/openapi")
        return 1 if stale else 0
    for file in stale:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(wanted[file], encoding="utf-8")
        print(f"wrote {file.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
