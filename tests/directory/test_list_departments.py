"""The tree opens node by node; each shows how many are below it, and its own people page by page."""

from tests.directory.rosters import csv_of, row
from tests.people import Json, Member


async def bring_in(who: Member, content: bytes) -> None:
    plan = await who.post("/api/roster/preview", content)
    await who.post("/api/roster/import", content, plan=plan["digest"])


async def children(who: Member, parent: Json | None = None) -> dict[str, Json]:
    params = {"parent_id": parent["id"]} if parent else {}
    return {item["name"]: item for item in (await who.get("/api/departments", **params))["items"]}


async def test_a_node_counts_its_whole_subtree_everybody_once(zhao: Member) -> None:
    await bring_in(
        zhao,
        csv_of(
            [
                row("一", "one", "工厂/冲压;工厂/焊装"),
                row("二", "two", "工厂/焊装;总部"),
                row("三", "three", "工厂"),
            ]
        ),
    )
    tops = await children(zhao)
    assert {name: top["member_count"] for name, top in tops.items()} == {"销售部": 2, "研发部": 1, "工厂": 3, "总部": 1}
    assert tops["工厂"]["has_children"] is True
    assert tops["总部"]["has_children"] is False
    below = await children(zhao, tops["工厂"])
    assert {name: node["member_count"] for name, node in below.items()} == {"冲压": 1, "焊装": 2}
    assert below["冲压"]["parent_id"] == tops["工厂"]["id"]
    assert await children(zhao, below["冲压"]) == {}


async def test_a_department_tells_the_way_to_it(lin: Member) -> None:
    top = (await children(lin))["销售部"]
    store = (await children(lin, top))["杭州门店"]
    card = await lin.get(f"/api/departments/{store['id']}")
    assert card["path"] == [{"id": top["id"], "name": "销售部"}, {"id": store["id"], "name": "杭州门店"}]


async def test_people_come_in_pages_heads_first_then_by_pinyin(zhao: Member) -> None:
    people = [row(f"{surname}{n}", f"p{n}{ord(surname)}", "甲") for n in range(4) for surname in "张李王"]
    await bring_in(zhao, csv_of([*people, row("朱领", "head", "甲", 是否部门负责人="是")]))
    node = (await children(zhao))["甲"]
    seen: list[str] = []
    cursor = None
    while True:
        page = await zhao.get(
            f"/api/departments/{node['id']}/members", limit=5, **({"cursor": cursor} if cursor else {})
        )
        seen += [member["name"] for member in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert len(page["items"]) == 5
    assert len(seen) == len(set(seen)) == 13
    assert seen[0] == "朱领"
    assert [name[0] for name in seen[1:]] == list("李李李李王王王王张张张张")


async def test_the_list_of_a_department_says_who_heads_that_one(zhao: Member) -> None:
    await bring_in(zhao, csv_of([row("一", "one", "甲;乙", 是否部门负责人="否;是")]))
    tops = await children(zhao)
    heads = {}
    for name in ("甲", "乙"):
        [member] = (await zhao.get(f"/api/departments/{tops[name]['id']}/members"))["items"]
        assert member["department"] == "甲"
        heads[name] = member["is_head"]
    assert heads == {"甲": False, "乙": True}


async def test_another_companys_department_is_not_found(lin: Member, sun: Member) -> None:
    node = (await children(lin))["销售部"]
    for path in (f"/api/departments/{node['id']}", f"/api/departments/{node['id']}/members"):
        assert (await sun.refused("GET", path)).status == 404
    assert (await sun.refused("GET", "/api/departments", params={"parent_id": node["id"]})).status == 404
    for wrong in ("0", "abc", "9" * 30, "-1"):
        assert (await lin.refused("GET", f"/api/departments/{wrong}")).status == 404


async def test_a_broken_cursor_is_refused(lin: Member) -> None:
    node = (await children(lin))["销售部"]
    for cursor in ("x", "W10", "!!!", "W3RydWUsMSwyXQ"):
        refusal = await lin.refused("GET", f"/api/departments/{node['id']}/members", params={"cursor": cursor})
        assert refusal.status == 400
