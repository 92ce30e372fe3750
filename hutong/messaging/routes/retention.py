"""How long what was said is kept: for administrators."""

from litestar import get, post, put

from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import admin_only
from hutong.messaging.actions import retention
from hutong.messaging.retention import ConfirmedRetention, RetentionEffect, RetentionRule, RetentionWish

_ADMIN = [admin_only]
_PATH = "/api/retention"


@get(_PATH, tags=["administration"], summary="How long what was said is kept", guards=_ADMIN)
async def get_retention(actor: Actor, db: Database) -> RetentionRule:
    async with db.begin() as tx:
        return await retention.get_rule(tx, actor)


@post(
    f"{_PATH}/preview", tags=["administration"], summary="What a rule would remove now", guards=_ADMIN, status_code=200
)
async def post_preview(data: RetentionWish, actor: Actor, db: Database) -> RetentionEffect:
    async with db.begin() as tx:
        return await retention.count_effect(tx, actor, data)


@put(_PATH, tags=["administration"], summary="Keep it so long, having seen what that removes", guards=_ADMIN)
async def put_retention(data: ConfirmedRetention, actor: Actor, db: Database) -> RetentionRule:
    async with db.begin() as tx:
        return await retention.set_rule(tx, actor, data)


handlers = [get_retention, post_preview, put_retention]
