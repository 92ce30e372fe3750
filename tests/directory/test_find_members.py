"""A colleague is found by name, pinyin, initials, account or the tail of the phone; the closest first."""

import pytest

from tests.directory.rosters import csv_of, row
from tests.people import Member

PEOPLE = [
    row("曾毅", "zengyi", 手机="13900001234"),
    row("单雄", "dan.x", 手机="13900005678"),
    row("欧阳明月", "LT000022", 手机="13911112222"),
    row("吕布", "lvbu"),
    row("明亮", "ml"),
    row("明", "m1"),
    row("Anna Smith", "anna_s", 别名="安娜"),
    row("百分%之", "percent"),
    row("下划_线", "under_line"),
]


@pytest.fixture
async def colleagues(zhao: Member) -> Member:
    content = csv_of(PEOPLE)
    plan = await zhao.post("/api/roster/preview", content)
    await zhao.post("/api/roster/import", content, plan=plan["digest"])
    return zhao


async def names(who: Member, query: str) -> list[str]:
    return [member["name"] for member in (await who.get("/api/members", q=query, limit=50))["items"]]


FOUND: dict[str, list[str]] = {
    "曾毅": ["曾毅"],
    "曾": ["曾毅"],
    "zengyi": ["曾毅"],
    "Zeng Yi": ["曾毅"],
    "cengyi": ["曾毅"],
    "zy": ["曾毅"],
    "shanxiong": ["单雄"],
    "danxiong": ["单雄"],
    "ouyang": ["欧阳明月"],
    "oymy": ["欧阳明月"],
    "mingyue": ["欧阳明月"],
    "ouyangm": ["欧阳明月"],
    "lvbu": ["吕布"],
    "lubu": ["吕布"],
    "lyubu": ["吕布"],
    "lt000022": ["欧阳明月"],
    "000022": ["欧阳明月"],
    "1234": ["曾毅"],
    "139 0000 5678": ["单雄"],
    "+8613900005678": ["单雄"],
    "smith": ["Anna Smith"],
    "anna smith": ["Anna Smith"],
    "安娜": ["Anna Smith"],
    "明": ["明", "明亮", "欧阳明月"],
    "％": [],
    "百分%": ["百分%之"],
    "下划_": ["下划_线"],
    "百分_": [],
    "%": [],
    "_": [],
    "\\": [],
    "5": [],
    "nobody": [],
    "": [],
    "' ": [],
    "\x00": [],
}


async def test_a_query_finds_exactly(colleagues: Member) -> None:
    assert {query: await names(colleagues, query) for query in FOUND} == FOUND


async def test_another_companys_people_are_not_found(colleagues: Member, sun: Member) -> None:
    assert await names(sun, "曾毅") == []
    assert await names(colleagues, "孙悦") == []


async def test_a_line_says_who_and_where(lin: Member) -> None:
    [found] = (await lin.get("/api/members", q="zhaomin"))["items"]
    assert found["department"] == "销售部/杭州门店"
    assert (found["title"], found["is_head"], found["is_active"], found["avatar_url"]) == ("店长", True, True, None)


async def test_the_limit_is_kept(lin: Member) -> None:
    assert len((await lin.get("/api/members", q="138", limit=2))["items"]) <= 2
    assert (await lin.refused("GET", "/api/members", params={"q": "l", "limit": 51})).status == 422
