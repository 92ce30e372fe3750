"""The doctor finds what is wrong, and says how to mend it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from hutong.cli import checks, reach
from hutong.cli.checks import Finding
from hutong.core import migrate
from hutong.core.postgres import Postgres
from hutong.core.settings import Settings
from tests.cli import scene

HUTONG = [sys.executable, "-c", "from hutong.cli import main; main()"]


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hutong-doctor-test-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def faults(findings: Iterator[Finding]) -> list[str]:
    return [finding.en for finding in findings if not finding.is_well]


def surroundings() -> dict[str, str]:
    """The environment without the tester's own settings and language."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("HUTONG_", "LC_", "LANG"))}


def wait_until_healthy(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)
    raise AssertionError("the server did not become ready")


def test_a_running_network_is_well(data: Path, free_port: int) -> None:
    # Signed-off surroundings: whatever HUTONG_* the tester has set is not what is asked about.
    env = {name: value for name, value in os.environ.items() if not name.startswith("HUTONG_")} | {
        "LANG": "en_US.UTF-8"
    }
    env.pop("LC_ALL", None)
    place = ["--data", str(data), "--port", str(free_port)]
    server = subprocess.Popen([*HUTONG, "serve", *place], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_healthy(free_port)
        told = subprocess.run([*HUTONG, "doctor", *place], env=env, capture_output=True, text=True, check=False)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
    # Ctrl-C stopped all that it had started.
    assert not (data / "postgres" / "postmaster.pid").exists()
    lines = told.stdout.splitlines()
    assert f"✓ Hutong is running on port {free_port}" in lines
    assert "✓ The schema is current" in lines
    assert "✓ The clock agrees with the database's" in lines
    bad = [line for line in lines if not line.startswith("✓")]
    # The pages are the one thing that a developer's tree may lack.
    assert all("web apps" in line for line in bad), bad
    assert told.returncode == (1 if bad else 0)


def test_it_speaks_chinese_unless_told_otherwise(data: Path) -> None:
    env = surroundings()
    told = subprocess.run(
        [*HUTONG, "doctor", "--data", str(data)], env=env | {"PYTHONIOENCODING": "utf-8"}, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert "还没有数据库" in told.stdout
    assert not data.exists()


def test_a_new_machine_is_well(data: Path, free_port: int) -> None:
    chosen = Settings(data=data, port=free_port)
    for check in (checks.check_data_folder, checks.check_libc, checks.check_database, checks.check_file_store):
        assert not faults(check(chosen))
    assert not faults(checks.check_python())
    assert not faults(reach.check_port(chosen))
    assert not faults(reach.check_address(chosen))


def test_an_old_schema_names_the_command(data: Path) -> None:
    with Postgres(data, settings=scene.SMALL):
        pass
    (fault,) = faults(checks.check_database(Settings(data=data)))
    assert "run `hutong migrate`" in fault
    with Postgres(data, settings=scene.SMALL) as postgres:
        migrate.upgrade_now(postgres.dsn())
    assert not faults(checks.check_database(Settings(data=data)))


def test_a_broken_database_is_a_finding(data: Path) -> None:
    with Postgres(data, settings=scene.SMALL):
        pass
    (data / "postgres" / "PG_VERSION").write_text("14\n")
    (fault,) = faults(checks.check_database(Settings(data=data)))
    assert "hutong backup" in fault


def test_a_server_out_of_reach_is_a_finding_without_its_password(data: Path, free_port: int) -> None:
    url = f"postgresql://hutong:hunter2@127.0.0.1:{free_port}/hutong"
    (fault,) = faults(checks.check_database(Settings(data=data, database_url=url)))
    assert "cannot be reached" in fault
    assert "hunter2" not in fault


def test_a_folder_that_cannot_be_written(data: Path) -> None:
    data.parent.joinpath("file").write_text("")
    (fault,) = faults(checks.check_data_folder(Settings(data=data.parent / "file" / "data")))
    assert "change the rights" in fault


def test_a_taken_port_names_its_holder(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        (fault,) = faults(reach.check_port(Settings(data=data, port=other.getsockname()[1])))
    assert "choose another with --port" in fault
    if sys.platform == "linux":
        assert f"pid {os.getpid()}" in fault


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"host": "0.0.0.0"}, "HUTONG_PUBLIC_URL is not set"),
        ({"host": "0.0.0.0", "public_url": "http://chat.example"}, "is not encrypted"),
        ({"public_url": "https://chat.example"}, "HUTONG_TRUSTED_PROXIES is not set"),
        ({"public_url": "https://chat.example", "trusted_proxies": "127.0.0.1"}, None),
        ({"host": "localhost"}, None),
    ],
)
def test_the_address_people_get_must_lead_here_safely(
    data: Path, settings: dict[str, str], expected: str | None
) -> None:
    found = faults(reach.check_address(Settings(data=data, **settings)))  # type: ignore[arg-type]
    assert (expected is None and not found) or (expected is not None and expected in found[0])


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
@pytest.mark.parametrize(("days", "expected"), [(90, None), (3, "renew it")])
def test_a_certificate_is_looked_at(data: Path, days: int, expected: str | None) -> None:
    certificate, key = data.parent / "certificate.pem", data.parent / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
         str(days), "-subj", "/CN=chat.example", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    chosen = Settings(
        data=data, public_url="https://chat.example", tls_certificate=certificate, tls_key=key, trusted_proxies=""
    )
    found = faults(reach.check_address(chosen))
    assert [expected] == [None] if not found else expected and expected in found[0]
    key.write_text("no key")
    (fault,) = faults(reach.check_address(chosen))
    assert "cannot be used" in fault


def test_a_store_that_cannot_be_written_is_a_finding(data: Path) -> None:
    data.mkdir()
    (data / "files").write_text("in the way")
    (fault,) = faults(checks.check_file_store(Settings(data=data)))
    assert "cannot be used" in fault
