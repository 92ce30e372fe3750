"""What a client makes of all it heard equals a fresh fetch: the Python reducer and the TypeScript one, over the same
recordings. `vectors/` holds one for the web's own tests; HUTONG_KEEP_RECORDING=FILE keeps the one made here."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hutong.client import Conversation, ConversationChanged, ConversationLeft, Inbox, Message, Page, Read, Sync
from hutong.client.frames import GroupFrame
from hutong.client.model import ChangedMessages, ConversationSettings
from tests.contract.recording import record
from tests.people import Consumer, Json, Member
from tools.node import NODE, WEB, environment

VECTORS = Path(__file__).with_name("vectors")


def replay(recording: Json) -> Inbox:
    inbox = Inbox(begin="beginning", person_id=recording["person_id"])
    for step in recording["steps"]:
        if "ask" in step:
            inbox.ask_sync()
        elif "sync" in step:
            inbox.take_sync(msgspec.convert(step["sync"], Sync))
        elif "page" in step:
            page = msgspec.convert(step["page"]["page"], Page)
            inbox.take_page(step["page"]["conversation_id"], page.items)
        elif "changed" in step:
            changed = msgspec.convert(step["changed"]["page"], ChangedMessages)
            inbox.take_changes(step["changed"]["conversation_id"], changed)
        else:
            take_frame(inbox, step["frame"])
    return inbox


def take_frame(inbox: Inbox, frame: Json) -> None:
    match frame["type"]:
        case "message":
            inbox.take_message(msgspec.convert(frame["message"], Message))
        case "message_changed":
            inbox.take_changed(msgspec.convert(frame["message"], Message))
        case "conversation":
            inbox.take_conversation(msgspec.convert(frame["conversation"], Conversation))
        case "conversation_changed":
            inbox.take_change(msgspec.convert(frame, ConversationChanged))
        case "group":
            inbox.take_group(msgspec.convert(frame, GroupFrame))
        case "conversation_left":
            inbox.take_left(msgspec.convert(frame, ConversationLeft))
        case "read":
            inbox.take_read(msgspec.convert(frame, Read))
        case "settings":
            inbox.take_settings(msgspec.convert(frame["settings"], ConversationSettings))


def check(recording: Json) -> None:
    inbox, fresh = replay(recording), recording["fresh"]
    expected: Any = msgspec.convert(fresh["conversations"], list[Conversation])
    assert inbox.conversations == {conversation.id: conversation for conversation in expected}
    kept = msgspec.convert(fresh["settings"], list[ConversationSettings])
    assert inbox.settings == {settings.conversation_id: settings for settings in kept}
    assert inbox.holes() == []
    for conversation_id, messages in fresh["messages"].items():
        assert list(inbox.logs[conversation_id].items) == msgspec.convert(messages, list[Message])


def keep(recording: Json, path: Path) -> None:
    path.write_text(json.dumps(recording, ensure_ascii=False, separators=(",", ":")) + "\n")


@pytest.mark.parametrize("vector", sorted(VECTORS.glob("*.json")), ids=lambda path: path.stem)
def test_a_kept_recording_ends_like_a_fresh_fetch(vector: Path) -> None:
    check(json.loads(vector.read_bytes()))


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_both_clients_make_of_a_bad_line_what_a_fresh_one_is_told(
    lin: Member, zhao: Member, chen: Member, wu: Consumer, tmp_path: Path, seed: int
) -> None:
    recording = await record(lin, zhao, chen, wu, seed)
    kept = Path(os.environ.get("HUTONG_KEEP_RECORDING", tmp_path / "recording.json"))
    keep(recording, kept)
    check(recording)
    vitest = await asyncio.create_subprocess_exec(
        NODE, "node_modules/vitest/vitest.mjs", "run", "apps/staff/src/features/messaging/state/recordings.test.ts",
        cwd=WEB, env=environment() | {"HUTONG_RECORDINGS": str(kept.parent)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await vitest.communicate()
    assert vitest.returncode == 0, output.decode()
