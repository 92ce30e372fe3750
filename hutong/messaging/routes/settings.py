"""What a person keeps for themself about conversations, over HTTP."""

from litestar import patch

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import settings
from hutong.messaging.keeping import ConversationSettings, SettingsChange


@patch(
    "/api/conversations/{conversation_id:str}/settings",
    tags=["conversations"], summary="Do not disturb, on top, archived: for oneself", guards=[signed_in_member],
)  # fmt: skip
async def patch_settings(
    conversation_id: str, data: SettingsChange, actor: Actor, db: Database
) -> ConversationSettings:
    async with db.begin() as tx:
        return await settings.change_settings(tx, actor, ids.parse(conversation_id), data)


handlers = [patch_settings]
