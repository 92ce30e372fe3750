"""Each house lint refuses what it exists for, leaves alone what is right, and can be excused with a reason."""

import pytest

from tools.lint import Source
from tools.lint.__main__ import check


def refused(path: str, text: str) -> list[str]:
    return [finding.lint for finding in check(Source(path, text)) if not finding.is_warning]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("hutong/messaging/actions/send.py", "from hutong.identity.store import find_person\n"),
        ("hutong/messaging/actions/send.py", "from hutong.identity import store\n"),
        ("hutong/messaging/routes.py", "import hutong.identity.actions.sessions\n"),
        ("hutong/messaging/routes.py", "from ..identity.model import Person\n"),
        ("hutong/cli/demo.py", "from hutong.directory.store import insert_members\n"),
        ("hutong/core/http.py", "from hutong.identity.model import Person\n"),
    ],
)
def test_another_rooms_files_are_private(path: str, text: str) -> None:
    assert refused(path, text) == ["private"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("hutong/messaging/actions/send.py", "from hutong.identity import Person\n"),
        ("hutong/messaging/consumers.py", "from hutong.identity.events import PersonRenamed\n"),
        ("hutong/messaging/actions/send.py", "from hutong.messaging import store\nfrom ..store import insert\n"),
        ("hutong/messaging/routes.py", "from hutong.core.http import signed_in_member\n"),
        ("hutong/roles/registry.py", "from hutong.messaging.routes import handlers\n"),
        ("tests/messaging/test_send.py", "from hutong.messaging.model import Message\n"),
    ],
)
def test_front_doors_events_core_and_the_own_room_are_open(path: str, text: str) -> None:
    assert refused(path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        'rows = "select id, name from people where id = $1"\n',
        'sql = f"update people as p set name = $1 where {condition}"\n',
        'sql = """\n  with recursive up as (select 1)\n  select * from up"""\n',
        'sql = "insert into people (id) values ($1)"\n',
        "async def f(tx):\n    await tx.fetchrow(QUERY, 1)\n",
        "async def f(tx):\n    await tx.copy('people', (), ())\n",
    ],
)
def test_sql_belongs_in_the_store(text: str) -> None:
    assert set(refused("hutong/messaging/actions/send.py", text)) == {"sql"}
    assert refused("hutong/messaging/store.py", text) == []
    assert refused("hutong/messaging/store/heads.py", text) == []
    assert refused("hutong/core/audit.py", text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"""Select from the list; update people and set a name."""\n',
        'en = "Select a file, then import it."\n',
        'en = "Update the page and try again."\n',
        'en = "Insert the card into the reader."\n',
        'zh = "请选择文件"\n',
    ],
)
def test_sentences_are_not_sql(text: str) -> None:
    assert refused("hutong/messaging/model.py", text) == []


def test_only_actions_say_what_happened() -> None:
    text = "def f(tx):\n    tx.tell(channel, happened)\n    tx.emit(happened)\n"
    assert refused("hutong/messaging/routes.py", text) == ["emit", "emit"]
    assert refused("hutong/messaging/policy.py", text) == ["emit", "emit"]
    assert refused("hutong/messaging/actions.py", text) == []
    assert refused("hutong/messaging/actions/send.py", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime, UTC\nx = datetime.now(UTC)\n",
        "import datetime\nx = datetime.datetime.utcnow()\n",
        "import datetime\nx = datetime.date.today()\n",
        "import time\nx = time.time()\n",
        "from time import time\n",
        'x = "created_at timestamptz default now()"\n',  # house: allow-clock what the lint is shown
        'x = "expires_at < CURRENT_TIMESTAMP"\n',  # house: allow-clock what the lint is shown
    ],
)
def test_there_is_one_clock(text: str) -> None:
    assert refused("hutong/messaging/store.py", text) == ["clock"]
    assert refused("hutong/migrations/versions/2026_11_24_01_identity.py", text) == ["clock"]
    assert refused("tests/messaging/test_send.py", text) == ["clock"]
    assert refused("hutong/core/clock.py", text) == []


def test_spans_may_be_measured() -> None:
    assert refused("hutong/messaging/store.py", "import time\nx = time.monotonic() + time.perf_counter()\n") == []


@pytest.mark.parametrize(
    ("path", "length", "expected"),
    [
        ("hutong/messaging/store.py", 500, []),
        ("hutong/messaging/store.py", 501, ["size"]),
        ("web/apps/staff/src/app/Shell.tsx", 400, []),
        ("web/apps/staff/src/app/Shell.tsx", 401, ["size"]),
        ("web/packages/api/src/generated/schema.ts", 9000, []),
    ],
)
def test_files_stay_short(path: str, length: int, expected: list[str]) -> None:
    line = "x = 1\n" if path.endswith(".py") else "const x = 1;\n"
    assert refused(path, line * length) == expected


def test_a_long_file_is_warned_about_first() -> None:
    assert [finding.is_warning for finding in check(Source("hutong/messaging/store.py", "x = 1\n" * 301))] == [True]


@pytest.mark.parametrize(
    "text",
    [
        'def test_x(monkeypatch):\n    monkeypatch.setattr("hutong.core.clock.now", None)\n',
        "from hutong.core import clock\ndef test_x(monkeypatch):\n    monkeypatch.setattr(clock, 'now', None)\n",
        "from unittest.mock import patch\n@patch('hutong.core.clock.now')\ndef test_x(now): ...\n",
        "from unittest import mock\nimport hutong\nmock.patch.object(hutong.core, 'clock')\n",
    ],
)
def test_our_own_code_is_not_patched(text: str) -> None:
    assert refused("tests/messaging/test_send.py", text) == ["patch"]


def test_the_environment_may_be_set() -> None:
    text = (
        "def test_x(monkeypatch, client):\n    monkeypatch.setenv('HUTONG_PORT', '1')\n    client.patch('/api/x', {})\n"
    )
    assert refused("tests/core/test_settings.py", text) == []


def test_an_excuse_needs_a_reason() -> None:
    room = "hutong/messaging/store.py"
    assert refused(room, "import time\nx = time.time()  # house: allow-clock the socket wants its own\n") == []
    assert refused(room, "import time\n# house: allow-clock the socket wants its own\nx = time.time()\n") == []
    assert refused(room, "import time\nx = time.time()  # house: allow-clock\n") == ["clock"]
    assert refused(room, "import time\nx = time.time()  # house: allow-sql the socket wants its own\n") == ["clock"]
    assert refused(room, "# house: allow-size a table of all countries\n" + "x = 1\n" * 600) == []
