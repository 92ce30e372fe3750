"""A NATS server of our own, for the processes of one machine: on the loopback, behind a token, ended with us."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from hutong.core.children import die_with_parent
from hutong.core.errors import HutongError

_START_SECONDS = 10
_ANY_PORT = -1
# A batch is split to fit; what cannot be split (one frame) has room.
_MAX_PAYLOAD = 8 * 1024 * 1024


class NatsFailed(HutongError):
    code = "nats_failed"
    zh = "NATS 未能启动：{reason}"
    en = "NATS did not start: {reason}"


class NatsServer:
    """The `nats-server` program that came with the package. Start from the main thread: it ends with its thread."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._token = secrets.token_urlsafe(24)
        self._port = _ANY_PORT

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, _type: type[BaseException] | None, _value: object, _trace: TracebackType | None) -> None:
        self.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def url(self) -> str:
        """With the token in it: for the processes' environment, not for their arguments or logs."""
        return f"nats://{self._token}@127.0.0.1:{self._port}"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Returns when it takes connections; after a stop, or its death, where it was before."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="hutong-nats-"))  # 0700
        for old in self._folder.glob("*.ports"):
            old.unlink()
        configuration = self._folder / "nats.conf"
        # It holds the token. Never empty for a reader: the server is started after it.
        with os.fdopen(os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(self._configuration())
        self._process = subprocess.Popen(
            [Path(sysconfig.get_path("scripts")) / "nats-server", "--config", configuration],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - runs two system calls, takes no lock
        )
        self._port = self._wait_until_ready()

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _configuration(self) -> str:
        return (
            f"listen: 127.0.0.1:{self._port}\n"
            f'ports_file_dir: "{self._folder}"\n'
            f'log_file: "{self._folder}/nats.log"\n'
            f"max_payload: {_MAX_PAYLOAD}\n"
            f'authorization {{ token: "{self._token}" }}\n'
        )

    def _wait_until_ready(self) -> int:
        """The port it took, which it writes down when it listens."""
        assert self._folder is not None
        assert self._process is not None
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            for file in self._folder.glob("*.ports"):
                try:
                    urls = json.loads(file.read_bytes())["nats"]
                except ValueError:  # half written
                    continue
                return int(urls[0].rpartition(":")[2])
            time.sleep(0.005)
        reason = (self._folder / "nats.log").read_text(errors="replace").strip().splitlines()[-1:]
        self.stop()
        raise NatsFailed(reason=reason[0] if reason else "no word")
