"""ejabberd 23.01 of Debian 12 with its archive in Debian's PostgreSQL 15; clients speak plain XMPP over TCP."""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import asyncpg

from bench.load.target import Client, Target
from bench.targets.process import Process, environment, free_port

_CONFIGURATION = Path(__file__).with_name("ejabberd.yml")
_SCHEMA = Path("/usr/share/ejabberd/sql/pg.sql")
_POSTGRES = Path("/usr/lib/postgresql/15/bin")
_HEAD = (
    b"<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client'"
    b" xmlns:stream='http://etherx.jabber.org/streams'>"
)
_BIND = b"<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind></iq>"
# ejabberd answers or refuses the ping; either way everything before it has been done.
_PING = b"<iq type='get' id='p1' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>"
_PASSWORD = "bench"


class XmppClient(Client):
    async def sign_in(self, port: int, address: str | None) -> None:
        await self.open(port, address)
        self.write(_HEAD)
        await self.expect(b"</stream:features>")
        secret = base64.b64encode(f"\0u{self.person}\0{_PASSWORD}".encode())
        self.write(b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%b</auth>" % secret)
        answer = await self.expect(b"<success", b"<failure")
        if not answer.endswith(b"<success"):
            raise ConnectionError(f"u{self.person} could not sign in")
        self.write(_HEAD)
        await self.expect(b"</stream:features>")
        self.write(_BIND)
        await self.expect(b"</jid>")
        self.write(b"<presence/>" + _PING)
        await self.expect(b"id='p1'", b'id="p1"')

    async def join(self, room: str) -> None:
        self.write(
            b"<presence to='%b@conference.localhost/u%d'><x xmlns='http://jabber.org/protocol/muc'>"
            b"<history maxstanzas='0'/></x></presence>" % (room.encode(), self.person)
        )
        answer = await self.expect(b"code='110'", b'code="110"', b"type='error'", b'type="error"')
        if b"error" in answer[-12:]:
            raise ConnectionError(f"u{self.person} could not join: {answer[-300:]!r}")

    def say_in(self, group: str, text: bytes) -> None:
        self.write(
            b"<message to='%b@conference.localhost' type='groupchat' id='%b'><body>%b</body></message>"
            % (group.encode(), text[3:25], text)
        )

    def say_to(self, person: int, text: bytes) -> None:
        self.write(
            b"<message to='u%d@localhost' type='chat' id='%b'><body>%b</body></message>" % (person, text[3:25], text)
        )


class DebianPostgres:
    """A PostgreSQL 15 with Debian's settings and data of its own."""

    def __init__(self, folder: Path) -> None:
        # Like the data, the socket belongs to the account that runs it: PostgreSQL refuses to be root.
        account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        options: dict[str, Any] = {"cwd": folder, "env": environment() | {"LC_ALL": "C.UTF-8"}}
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
            options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self.port, data = free_port(), folder / "data"
        command = [str(_POSTGRES / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
        settings = f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{folder}'\n"
        with (data / "postgresql.conf").open("a") as file:
            file.write(settings)
        command = [str(_POSTGRES / "postgres"), "-D", str(data)]
        self._server = Process(command, folder.parent / "postgres.log", **options)
        self._server.wait_until(self._is_ready)

    def _is_ready(self) -> bool:
        command = [str(_POSTGRES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    @property
    def pid(self) -> int:
        return self._server.pid

    def dsn(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        self._server.stop(signal.SIGINT)


class Ejabberd(Target):
    name = "ejabberd"
    # One in each person's archive.
    rows_a_direct = 2

    def __init__(self, folder: Path) -> None:
        # The account of PostgreSQL has to reach its part.
        folder.parent.chmod(0o755)
        for part in (folder / "spool", folder / "postgres"):
            part.mkdir(parents=True)
        self._schema = _SCHEMA.read_text()
        self._postgres = DebianPostgres(folder / "postgres")
        self._port, self._http = free_port(), free_port()
        self._folder = folder
        self._rooms: set[str] = set()
        self._making_room = asyncio.Lock()

    async def start(self, people: int) -> None:
        """A server with so many accounts."""
        connection = await asyncpg.connect(self._postgres.dsn("postgres"))
        await connection.execute("create database ejabberd")
        await connection.close()
        connection = await asyncpg.connect(self._postgres.dsn("ejabberd"))
        await connection.execute(self._schema)
        await connection.close()
        self._run()
        await asyncio.gather(*(asyncio.to_thread(self._register, first, 4, people) for first in range(4)))

    def _run(self) -> None:
        """What `ejabberdctl foreground` runs, without distribution, and without spinning while it waits."""
        ports = {"c2s": self._port, "http": self._http, "postgres": self._postgres.port}
        text = _CONFIGURATION.read_text()
        for name, port in ports.items():
            text = text.replace(f"@{name}@", str(port))
        (self._folder / "ejabberd.yml").write_text(text)
        (self._folder / "inetrc").touch()
        command = ["erl", "+K", "true", "+P", "250000", "+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none"]
        command += ["-noinput", "-mnesia", "dir", f'"{self._folder}/spool"', "-s", "ejabberd"]
        settings = {
            "EJABBERD_CONFIG_PATH": f"{self._folder}/ejabberd.yml", "EJABBERD_LOG_PATH": f"{self._folder}/ejabberd.log",
            "ERL_LIBS": str(next(Path("/usr/lib").glob("*/ejabberd-23.*")).parent), "ERL_MAX_PORTS": "32000",
            "ERL_MAX_ETS_TABLES": "1400", "ERL_CRASH_DUMP_BYTES": "0", "HOME": str(self._folder),
        }  # fmt: skip
        self._server = Process(command, self._folder / "out", env=environment() | settings, cwd=self._folder)
        self._server.wait_for_port(self._port)
        self._server.wait_for_port(self._http)

    def _register(self, first: int, step: int, people: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self._http, timeout=30)
        for person in range(first, people, step):
            account = {"user": f"u{person}", "host": "localhost", "password": _PASSWORD}
            line.request("POST", "/api/register", json.dumps(account), {"Content-Type": "application/json"})
            answer = line.getresponse()
            said = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"u{person} could not be registered: {answer.status} {said[:200]!r}")

    def roots(self) -> list[int]:
        return [self._server.pid, self._postgres.pid]

    async def connect(self, person: int, address: str | None = None) -> XmppClient:
        client = XmppClient(person)
        await client.sign_in(self._port, address)
        return client

    async def join(self, client: Client, group: str) -> None:
        assert isinstance(client, XmppClient)
        # The first to come makes the room; the others find it.
        async with self._making_room:
            if group not in self._rooms:
                await client.join(group)
                self._rooms.add(group)
                return
        await client.join(group)

    async def stored(self) -> int:
        connection = await asyncpg.connect(self._postgres.dsn("ejabberd"))
        try:
            count: int = await connection.fetchval("select count(*) from archive")
            return count
        finally:
            await connection.close()

    def stop(self) -> None:
        if hasattr(self, "_server"):
            self._server.stop()
        self._postgres.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
