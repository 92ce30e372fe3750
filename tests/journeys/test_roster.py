"""The administrator brings people in from a spreadsheet: looked at first, faults by row and column, then at once."""

import re

from playwright.async_api import FilePayload, Locator, Page, expect

from tests.directory.rosters import DATA, csv_of, row
from tests.journeys.conftest import OpenPage
from tests.people import Member


def spreadsheet(content: bytes, name: str = "花名册.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def company_of(count: int) -> bytes:
    return csv_of(row(f"员工{number}", f"worker{number}", "蓝汀/制造部") for number in range(count))


async def choose(page: Page, file: FilePayload) -> None:
    await page.locator("input[type=file]").set_input_files(file)


def whole_company(page: Page) -> Locator:
    """Whether those who are not in the file are to go."""
    return page.get_by_role("switch", name="这是全公司的名单")


async def figure(page: Page, name: str) -> int:
    """One of the six figures of a plan or a result."""
    tile = page.locator("dl > div").filter(has=page.get_by_text(name, exact=True))
    return int((await tile.locator("dd").inner_text()).replace(",", ""))


async def test_a_faulty_file_is_looked_at_by_row_and_column_before_anything_changes(
    open_page: OpenPage, zhao: Member
) -> None:
    page = await open_page(zhao, "/admin")
    await page.get_by_role("link", name=re.compile("^导入花名册")).click()
    await whole_company(page).click()
    await expect(whole_company(page)).not_to_be_checked()
    await choose(page, spreadsheet((DATA / "roster-faulty.csv").read_bytes(), "全员.csv"))
    await expect(page.get_by_text("已核对，还没有改动任何内容")).to_be_visible()
    faults = page.get_by_role("table")
    for number, column in ((5, "姓名"), (23, "帐号"), (54, "部门"), (58, "是否部门负责人")):
        line = faults.get_by_role("row").filter(has=page.get_by_role("cell", name=str(number), exact=True))
        await expect(line.get_by_role("cell").nth(1)).to_have_text(column)
        await expect(line.get_by_role("cell").nth(2)).not_to_be_empty()
    added, faulty = await figure(page, "新增成员"), await figure(page, "有误的行")
    assert added > 200
    assert faulty >= 12
    await expect(page.get_by_role("tab", name=re.compile("^有误的行"))).to_contain_text(str(faulty))
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="下载有误的行（CSV）").click()
    assert (await coming.value).suggested_filename == "全员-有误的行.csv"
    await page.get_by_role("tab", name=re.compile("^新增成员")).click()
    await expect(faults.get_by_role("columnheader")).to_have_text(["姓名", "账号", "部门"])
    assert len((await zhao.get("/api/members", q="赵敏"))["items"]) == 1
    assert sum(it["member_count"] for it in (await zhao.get("/api/departments"))["items"]) == 3, "nothing changed yet"

    await page.get_by_role("button", name="导入", exact=True).click()
    await expect(page.get_by_role("heading", name="导入完成")).to_be_visible()
    assert await figure(page, "新增成员") == added
    assert await figure(page, "有误的行") == faulty
    await page.get_by_role("link", name="去通讯录看看").click()
    await expect(page.get_by_role("tree", name="部门").get_by_role("treeitem")).not_to_have_count(0)
    assert sum(it["member_count"] for it in (await zhao.get("/api/departments"))["items"]) == added + 3

    # Again: nothing to do, and nothing to press.
    await page.goto("/admin/roster")
    await whole_company(page).click()
    await choose(page, spreadsheet((DATA / "roster-faulty.csv").read_bytes()))
    await expect(page.get_by_text("公司与文件一致，没有需要改动的。")).to_be_visible()
    await expect(page.get_by_role("button", name="导入", exact=True)).to_be_disabled()


async def test_taking_out_many_people_asks_for_their_number(open_page: OpenPage, zhao: Member) -> None:
    page = await open_page(zhao, "/admin/roster")
    await whole_company(page).click()
    await choose(page, spreadsheet(company_of(40)))
    await page.get_by_role("button", name="导入", exact=True).click()
    await expect(page.get_by_role("heading", name="导入完成")).to_be_visible()
    await page.get_by_role("button", name="再导入一份").click()
    await whole_company(page).click()
    await choose(page, spreadsheet(company_of(10)))
    warning = page.get_by_role("alert").filter(has_text="移出公司")
    await expect(warning).to_be_visible()
    removed = await figure(page, "移出公司")
    assert removed >= 30
    go = page.get_by_role("button", name=f"导入并移出 {removed} 人")
    await expect(go).to_be_disabled()
    await warning.get_by_role("textbox").fill(str(removed + 1))
    await expect(go).to_be_disabled()
    assert (await zhao.get("/api/members", q="worker39"))["items"][0]["is_active"]
    await warning.get_by_role("textbox").fill(str(removed))
    await go.click()
    await expect(page.get_by_role("heading", name="导入完成")).to_be_visible()
    assert await figure(page, "移出公司") == removed
    assert not [it for it in (await zhao.get("/api/members", q="worker39"))["items"] if it["is_active"]]
    assert (await zhao.get("/api/members", q="worker9"))["items"][0]["is_active"]
    # The administrator who did it is still there.
    await page.goto("/admin/members")
    await expect(page.get_by_role("heading", name="成员管理")).to_be_visible()


async def test_a_file_that_is_no_roster_says_why(open_page: OpenPage, zhao: Member) -> None:
    page = await open_page(zhao, "/admin/roster")
    for name, content in (
        ("照片.jpg", b"\xff\xd8\xff"),
        ("空.csv", b""),
        ("乱.csv", b"a,b,c\n1,2,3\n"),
        ("坏.xlsx", b"PK\x03\x04 no spreadsheet"),
    ):
        await choose(page, spreadsheet(content, name))
        await expect(page.get_by_role("alert").filter(has_text=re.compile("."))).to_be_visible()
        await expect(page.get_by_text("把花名册拖到这里")).to_be_visible()
        await page.reload()


async def test_a_member_who_administers_nothing_is_told_so(open_page: OpenPage, lin: Member) -> None:
    page = await open_page(lin, "/admin/roster")
    await expect(page.get_by_text("这里只有管理员能进")).to_be_visible()
    await expect(page.locator("input[type=file]")).to_have_count(0)
    await expect(page.get_by_role("link", name="管理", exact=True)).to_have_count(0)
