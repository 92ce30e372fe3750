"""The red dot: what somebody spoke and one has not listened to, on every device of one's own."""

from playwright.async_api import expect

from tests.files import sounds
from tests.journeys import staff
from tests.journeys.conftest import Accessible, OpenPage
from tests.messaging.test_voices import speak
from tests.people import Member


async def test_one_unheard_message_leads_on_to_the_next_and_the_dots_go_on_all_devices(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    for content in (sounds.webm(1_000), sounds.webm(1_000), sounds.webm(60_000)):
        await speak(chen, talk, content)
    await speak(lin, talk, sounds.webm(1_000))
    desk, phone = await open_page(lin, f"/chats/{talk['id']}"), await open_page(lin, f"/chats/{talk['id']}", phone=True)
    for page in (desk, phone):
        await expect(page.get_by_role("img", name="还没有听")).to_have_count(3)
        await accessible(page)
    # The first, and by itself the two behind it; not one's own.
    await staff.messages(desk).get_by_role("button", name="播放语音，1″").first.click()
    for page in (desk, phone):
        await expect(page.get_by_role("img", name="还没有听")).to_have_count(0)
    await expect(staff.messages(desk).get_by_role("button", name="暂停")).to_have_count(1)
    await staff.messages(desk).get_by_role("button", name="暂停").click()
    await phone.reload()
    await expect(staff.messages(phone).get_by_role("button", name="播放语音，1″")).to_have_count(3)
    await expect(phone.get_by_role("img", name="还没有听")).to_have_count(0)
