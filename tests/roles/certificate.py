"""A certificate that nobody signed but itself, for 127.0.0.1 and localhost."""

import ssl
import subprocess
from pathlib import Path
from typing import NamedTuple


class Certificate(NamedTuple):
    file: Path
    key: Path

    @property
    def trusted(self) -> ssl.SSLContext:
        """What a client uses who trusts this certificate and no other."""
        return ssl.create_default_context(cafile=str(self.file))


def make_certificate(folder: Path) -> Certificate:
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-out", str(made.file), "-keyout", str(made.key),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return made
