"""A member by hand: the same rules as a roster's row, and found at once."""

from typing import Any

from tests.people import Json, Member


def new(**values: Any) -> Json:
    return {"name": "周宁", "account": "zhouning", "department": "销售部/宁波门店;研发部"} | values


async def test_a_new_member_has_a_card_and_is_found(zhao: Member, lin: Member) -> None:
    card = await zhao.post(
        "/api/members",
        new(
            phone="+86 139 0000 0009", title="销售顾问", gender="female", work_email="zn@lanting.example", is_head=True
        ),
    )
    assert card == await lin.get(f"/api/members/{card['id']}")
    assert (card["phone"], card["gender"], card["is_active"]) == ("13900000009", "female", True)
    assert [(place["path"], place["is_head"]) for place in card["departments"]] == [
        ("销售部/宁波门店", True), ("研发部", False),
    ]  # fmt: skip
    [found] = (await lin.get("/api/members", q="zhouning"))["items"]
    assert found["id"] == card["id"]
    tops = {top["name"]: top["member_count"] for top in (await lin.get("/api/departments"))["items"]}
    assert tops == {"销售部": 3, "研发部": 2}


async def test_a_new_member_comes_in_by_an_invitation(zhao: Member) -> None:
    card = await zhao.post("/api/members", new())
    link = (await zhao.post(f"/api/members/{card['id']}/invitation"))["url"]
    async with Member(zhao.base_url, id=card["id"], name="周宁", account="zhouning", company="lanting") as zhou:
        await zhou.post(f"/api/invitations/{link.rpartition('/')[2]}", {"password": "Lantern-Street-7"})
        me = await zhou.get("/api/me")
    assert (me["name"], me["account"], me["is_admin"]) == ("周宁", "zhouning", False)
    assert me["company"] == {"slug": "lanting", "name": "蓝汀汽车"}
    assert [place["path"] for place in me["departments"]] == ["销售部/宁波门店", "研发部"]


async def test_an_account_or_phone_in_use_is_refused(zhao: Member) -> None:
    refusal = await zhao.refused("POST", "/api/members", new(account="LinXiao"))
    assert (refusal.status, refusal.code) == (409, "account_taken")
    refusal = await zhao.refused("POST", "/api/members", new(phone="138 0000 0001"))
    assert (refusal.status, refusal.code) == (409, "phone_taken")
    assert "linxiao" in refusal.message
    assert (await zhao.get("/api/members", q="zhouning"))["items"] == []


WRONG = [
    ("name", " "),
    ("account", "=1+1"),
    ("account", "周"),
    ("phone", "123"),
    ("department", "甲//乙"),
    ("department", ""),
    ("work_email", "x"),
    ("title", "长" * 65),
]


async def test_a_wrong_field_is_named_in_the_readers_language(zhao: Member) -> None:
    for field, value in WRONG:
        messages = set()
        for language in ("zh-CN", "en"):
            zhao.http.headers["accept-language"] = language
            refusal = await zhao.refused("POST", "/api/members", new(**{field: value}))
            assert (refusal.status, refusal.code) == (422, "invalid")
            assert refusal.details
            [wrong] = refusal.details["fields"]
            assert wrong["field"] == field
            messages.add(wrong["message"])
        assert len(messages) == 2


async def test_only_an_administrator_adds(lin: Member) -> None:
    assert (await lin.refused("POST", "/api/members", new())).status == 403


async def test_another_companys_member_is_not_found(lin: Member, sun: Member) -> None:
    assert (await sun.refused("GET", f"/api/members/{lin.id}")).status == 404
    assert (await lin.refused("GET", "/api/members/abc")).status == 404


async def test_my_card(zhao: Member) -> None:
    me = await zhao.get("/api/me")
    assert me["departments"][0]["is_head"] is True
    assert (me["phone"], me["title"], me["is_admin"], me["must_change_password"]) == (
        "13800000002",
        "店长",
        True,
        False,
    )
