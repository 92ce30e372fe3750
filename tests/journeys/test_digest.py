"""Choosing to be told by mail of what stays unread."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.test_notifications import comes
from tests.notifications.test_digest import SETTINGS, has_address
from tests.people import Member


@pytest.fixture
def options() -> dict[str, Any]:
    """Nothing is sent here; where nobody listens it would not arrive."""
    return {"smtp_host": "127.0.0.1", "smtp_port": 9, "smtp_from": "hutong@lanting.example"}


async def test_a_mail_for_what_stays_unread_is_chosen_where_the_directory_has_an_address(
    open_page: OpenPage, accessible: Accessible, zhao: Member, lin: Member, chen: Member
) -> None:
    await has_address(zhao, chen, "chenmo@lanting.example")
    his = await open_page(chen, "/settings")
    choice = his.get_by_label("一直没看的消息")
    await expect(his.get_by_text("合成一封摘要，发到 chenmo@lanting.example")).to_be_visible()
    await choice.select_option("1 小时后发邮件")
    wish = {"by": "mail", "after_minutes": 60}
    await comes(his, f"fetch('{SETTINGS}').then((it) => it.json()).then((it) => it.digest)", wish)
    await accessible(his)
    await choice.select_option("不另外提醒")
    await comes(his, f"fetch('{SETTINGS}').then((it) => it.json()).then((it) => it.digest)", None)

    hers = await open_page(lin, "/settings")
    await expect(hers.get_by_text("通讯录里没有你的邮箱或手机号")).to_be_visible()
    await expect(hers.get_by_label("一直没看的消息")).to_be_disabled()
