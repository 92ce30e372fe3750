"""The administrator brings a roster in: previewed first, then in one transaction, and nothing that was not shown."""

import asyncio
from typing import Any

from hutong.core.db import Database
from tests.directory.rosters import DATA, PACKAGED, csv_of, row
from tests.people import Json, Member

FAULTY = (DATA / "roster-faulty.csv").read_bytes()
STAFF = [row(f"员工{n}", f"staff{n}", "蓝汀汽车/工厂", 手机=f"139000000{n:02}") for n in range(20)]


async def preview(who: Member, content: bytes, **options: Any) -> Json:
    plan: Json = await who.post("/api/roster/preview", content, **options)
    return plan


async def bring_in(who: Member, content: bytes, **options: Any) -> Json:
    """Previewed and imported as previewed."""
    missing = {"removes_missing": options["removes_missing"]} if "removes_missing" in options else {}
    plan = await preview(who, content, **missing)
    done: Json = await who.post("/api/roster/import", content, plan=plan["digest"], **options)
    return done


async def find(who: Member, account: str) -> Json:
    found = (await who.get("/api/members", q=account))["items"]
    return next(member for member in found if member["account"] == account)


def counts(answer: Json) -> dict[str, int]:
    return {word: answer[word] for word in ("added", "changed", "unchanged", "removed", "faulty", "departments_added")}


async def test_ten_thousand_people_arrive_and_a_second_import_changes_nothing(zhao: Member, db: Database) -> None:
    content = PACKAGED.read_bytes()
    plan = await preview(zhao, content)
    assert counts(plan) == {
        "added": 10_240, "changed": 0, "unchanged": 0, "removed": 0, "faulty": 0, "departments_added": 53,
    }  # fmt: skip
    assert len(plan["samples"]["added"]) == 100
    assert plan["faults"] == []
    done = await zhao.post("/api/roster/import", content, plan=plan["digest"])
    assert counts(done) == counts(plan)
    again = await preview(zhao, content)
    assert (again["added"], again["changed"], again["removed"], again["unchanged"]) == (0, 0, 0, 10_240)
    assert counts(await bring_in(zhao, content))["unchanged"] == 10_240
    # The counts that the tree shows are those of the people in it.
    async with db.begin() as tx:
        wrong = await tx.fetch(
            "select d.name from departments d where d.member_count <> (select count(distinct dm.person_id)"
            " from departments x join department_members dm on dm.department_id = x.id"
            " join people p on p.id = dm.person_id and p.is_active where x.path @> array[d.id])"
        )
    assert wrong == []


async def test_faults_are_told_in_the_readers_language_and_their_rows_left_out(zhao: Member) -> None:
    plan = await preview(zhao, FAULTY)
    assert (plan["added"], plan["faulty"]) == (288, 14)
    first = plan["faults"][0]
    assert first == {"row": 5, "column": "姓名", "code": "name_missing", "message": "没有姓名。", "value": None}
    zhao.http.headers["accept-language"] = "en"
    assert (await preview(zhao, FAULTY))["faults"][0]["message"] == "The name is missing."
    assert counts(await bring_in(zhao, FAULTY))["added"] == 288
    assert (await zhao.get("/api/members", q="LT000004"))["items"] == []


async def test_the_preview_changes_nothing(zhao: Member) -> None:
    await preview(zhao, csv_of(STAFF))
    assert (await zhao.get("/api/members", q="staff1"))["items"] == []


async def test_an_import_does_what_was_shown_or_nothing(zhao: Member) -> None:
    plan = await preview(zhao, csv_of(STAFF))
    refusal = await zhao.refused("POST", "/api/roster/import", csv_of(STAFF[1:]), params={"plan": plan["digest"]})
    assert (refusal.status, refusal.code) == (409, "plan_changed")
    new = {"name": "新人", "account": "newcomer", "department": "蓝汀汽车"}
    await zhao.post("/api/members", new)
    refusal = await zhao.refused("POST", "/api/roster/import", csv_of(STAFF), params={"plan": plan["digest"]})
    assert refusal.code == "plan_changed"
    assert (await zhao.get("/api/members", q="staff"))["items"] == []


async def test_two_imports_at_once_are_one_after_the_other(zhao: Member) -> None:
    content = csv_of(STAFF)
    plan = await preview(zhao, content)
    answers = await asyncio.gather(
        *(zhao.request("POST", "/api/roster/import", content, params={"plan": plan["digest"]}) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert len((await zhao.get("/api/members", q="staff", limit=50))["items"]) == 20


async def test_what_changed_is_shown_with_before_and_after(zhao: Member) -> None:
    await bring_in(zhao, csv_of(STAFF))
    edited = [STAFF[0] | {"职务": "组长", "部门": "蓝汀汽车/质量"}, *STAFF[1:]]
    plan = await preview(zhao, csv_of(edited))
    assert plan["samples"]["changed"] == [
        {
            "account": "staff0",
            "name": "员工0",
            "changes": [
                {"column": "职务", "before": "", "after": "组长"},
                {"column": "部门", "before": "蓝汀汽车/工厂", "after": "蓝汀汽车/质量"},
            ],
        }
    ]
    assert plan["samples"]["departments_added"] == ["蓝汀汽车/质量"]
    await bring_in(zhao, csv_of(edited))
    card = await zhao.get(f"/api/members/{(await find(zhao, 'staff0'))['id']}")
    assert (card["title"], card["department"]) == ("组长", "蓝汀汽车/质量")
    tops = (await zhao.get("/api/departments"))["items"]
    company = next(top for top in tops if top["name"] == "蓝汀汽车")
    below = (await zhao.get("/api/departments", parent_id=company["id"]))["items"]
    assert {child["name"]: child["member_count"] for child in below} == {"工厂": 19, "质量": 1}
    assert company["member_count"] == 20


async def test_a_renamed_member_is_found_by_the_new_name_only(zhao: Member) -> None:
    await bring_in(zhao, csv_of([row("曾毅", "zengyi")]))
    await bring_in(zhao, csv_of([row("解冰", "zengyi")]))
    assert [member["name"] for member in (await zhao.get("/api/members", q="xiebing"))["items"]] == ["解冰"]
    assert (await zhao.get("/api/members", q="曾毅"))["items"] == []
    person = (await zhao.get("/api/people", ids=(await find(zhao, "zengyi"))["id"]))["items"][0]
    assert person["name"] == "解冰"


async def test_phones_are_exchanged_and_both_sign_in_with_the_new_ones(zhao: Member, db: Database) -> None:
    one, two = STAFF[:2]
    await bring_in(zhao, csv_of([one, two]))
    await bring_in(zhao, csv_of([one | {"手机": two["手机"]}, two | {"手机": one["手机"]}]))
    async with db.begin() as tx:
        logins = await tx.fetch(
            "select l.name, m.account from logins l join members m using (person_id) where account ~ 'staff'"
        )
    assert {(login["name"], login["account"]) for login in logins} == {
        ("staff0", "staff0"), ("staff1", "staff1"), (one["手机"], "staff1"), (two["手机"], "staff0"),
    }  # fmt: skip


async def test_whoever_is_missing_is_deactivated_signed_out_and_may_return(zhao: Member) -> None:
    await bring_in(zhao, csv_of(STAFF))
    gone = await find(zhao, "staff0")
    await zhao.put(f"/api/members/{gone['id']}/password", {"password": "Lantern-Street-7"})
    async with Member(zhao.base_url, id=gone["id"], name="员工0", account="staff0", company="lanting") as staff:
        await staff.sign_in("Lantern-Street-7")
        await staff.get("/api/me")
        done = await bring_in(zhao, csv_of(STAFF[1:]))
        assert done["removed"] == 1
        assert (await staff.refused("GET", "/api/me")).status == 401
        assert (await zhao.get("/api/members", q="staff0"))["items"] == []
        assert (await zhao.get(f"/api/members/{gone['id']}"))["is_active"] is False
        back = await bring_in(zhao, csv_of(STAFF))
        assert (back["added"], back["changed"]) == (0, 1)
        assert (await find(zhao, "staff0"))["id"] == gone["id"]
        await staff.sign_in("Lantern-Street-7")


async def test_a_file_that_would_remove_many_stops_unless_confirmed(zhao: Member) -> None:
    await bring_in(zhao, csv_of(STAFF))
    content = csv_of(STAFF[6:])
    plan = await preview(zhao, content)
    assert plan["removes_many"] is True
    assert plan["removed"] == 6
    refusal = await zhao.refused("POST", "/api/roster/import", content, params={"plan": plan["digest"]})
    assert (refusal.status, refusal.code) == (409, "removes_many")
    assert refusal.details == {"removed": 6, "of": 23}
    assert len((await zhao.get("/api/members", q="staff", limit=50))["items"]) == 20
    done = await zhao.post("/api/roster/import", content, plan=plan["digest"], confirm_removal=True)
    assert done["removed"] == 6


async def test_without_removes_missing_everybody_stays(zhao: Member) -> None:
    await bring_in(zhao, csv_of(STAFF))
    done = await bring_in(zhao, csv_of([row("新", "new")]), removes_missing=False)
    assert (done["added"], done["removed"]) == (1, 0)


async def test_members_by_hand_and_the_importer_are_never_removed(zhao: Member) -> None:
    done = await bring_in(zhao, csv_of([row("新", "new")]))
    assert done["removed"] == 0
    assert (await zhao.get("/api/me"))["account"] == zhao.account
    # Now in the roster, and missing from the next one: but it is she who imports.
    await bring_in(zhao, csv_of([row("赵敏", "zhaomin"), row("新", "new")]))
    done = await bring_in(zhao, csv_of([row("新", "new")]))
    assert done["removed"] == 0


async def test_an_account_of_another_company_is_free_here(zhao: Member, sun: Member) -> None:
    await bring_in(zhao, csv_of([row("孙悦", "sunyue", 手机="13800000004")]))
    await bring_in(sun, csv_of([row("林晓", "linxiao", 手机="13800000001")]))
    assert (await sun.get("/api/members", q="staff"))["items"] == []


NO_ROSTERS = {
    "empty": b"",
    "no_heading": b"hello",
    "columns_missing": "姓名,帐号\n林晓,lin\n".encode(),
    "not_a_spreadsheet": b"PK\x03\x04 broken",
    "quote_not_closed": '姓名,帐号,部门\n"林晓,lin,甲\n'.encode(),
}


async def test_a_file_that_is_no_roster_is_refused_with_a_reason(zhao: Member) -> None:
    for reason, content in NO_ROSTERS.items():
        refusal = await zhao.refused("POST", "/api/roster/preview", content)
        assert (refusal.status, refusal.code) == (422, "roster_unreadable")
        assert refusal.details == {"reason": reason}


async def test_a_file_over_the_limit_is_refused(zhao: Member) -> None:
    refusal = await zhao.refused("POST", "/api/roster/preview", b"x" * (30 * 1024 * 1024 + 1))
    assert (refusal.status, refusal.code) == (413, "too_large")


async def test_only_an_administrator_imports(lin: Member) -> None:
    for step in ("preview", "import"):
        refusal = await lin.refused("POST", f"/api/roster/{step}", csv_of(STAFF), params={"plan": "x"})
        assert refusal.status == 403


async def test_an_import_stands_in_the_audit_trail(zhao: Member, db: Database) -> None:
    done = await bring_in(zhao, csv_of(STAFF))
    async with db.begin() as tx:
        [line] = await tx.fetch("select * from audit_events where action = 'roster.imported'")
    assert str(line["subject_id"]) == done["import_id"]
    assert str(line["actor_id"]) == zhao.id
    assert line["details"]["added"] == 20
