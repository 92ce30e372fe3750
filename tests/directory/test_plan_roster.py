"""What an import would do, against a company held in memory and a slow reference."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from hutong.directory.model.plan import KnownMember, Plan, State, make_plan
from hutong.directory.model.roster import read_roster
from tests.directory.rosters import HEADING, Row, csv_of, imported, row

EMPTY = State(members=[], departments={})
FIELDS = {"姓名": "name", "职务": "title", "部门": "departments", "手机": "phone", "地址": "address"}


def planned(rows: list[Row], state: State, *, heading: tuple[str, ...] = HEADING, actor_id: int | None = None) -> Plan:
    return make_plan(read_roster(csv_of(rows, heading)), state, removes_missing=True, actor_id=actor_id)


def company(*rows: Row) -> State:
    return imported(EMPTY, planned(list(rows), EMPTY))


def known(state: State, account: str) -> KnownMember:
    return next(member for member in state.members if member.account == account)


@dataclass
class Effect:
    added: set[str]
    changed: dict[str, dict[str, tuple[str, str]]]
    removed: set[str]


def effect_of(plan: Plan) -> Effect:
    return Effect(
        added={entry.account for entry in plan.added},
        changed={
            change.known.account: {d.field: (d.before, d.after) for d in change.differences} for change in plan.changed
        },
        removed={member.account for member in plan.removed},
    )


def expected(before: list[Row], after: list[Row]) -> Effect:
    """The slow reference: row by row, column by column."""
    old = {line["帐号"]: line for line in before}
    new = {line["帐号"]: line for line in after}
    changed = {}
    for account in old.keys() & new.keys():
        differences = {
            field: (old[account].get(column, ""), new[account].get(column, ""))
            for column, field in FIELDS.items()
            if old[account].get(column, "") != new[account].get(column, "")
        }
        if differences:
            changed[account] = differences
    return Effect(added=new.keys() - old.keys(), changed=changed, removed=old.keys() - new.keys())


names = st.sampled_from(["林晓", "陈默", "赵敏", "欧阳明月", "Anna Smith", "曾毅"])
titles = st.sampled_from(["", "工程师", "店长", "专员"])
departments = st.sampled_from(["甲", "甲/乙", "甲/乙/丙", "丁", "丁;甲/乙", "甲;丁"])
# Few, so that phones are often handed from one person to another.
phones = st.sampled_from(["", *(f"1380000000{n}" for n in range(10))])
people = st.builds(
    lambda number, name, title, department, phone, address: row(
        name, f"a{number}", department, 职务=title, 手机=phone, 地址=address
    ),
    st.integers(0, 15), names, titles, departments, phones, st.sampled_from(["", "一号路"]),
)  # fmt: skip


def sound(lines: list[Row]) -> list[Row]:
    """Each account and each phone once."""
    accounts: set[str] = set()
    used: set[str] = set()
    kept = []
    for line in lines:
        if line["帐号"] not in accounts:
            phone = line["手机"] if line["手机"] not in used else ""
            kept.append(line | {"手机": phone})
            accounts.add(line["帐号"])
            used.add(phone)
    return kept


rosters = st.lists(people, min_size=1, max_size=14).map(sound)


@given(rosters)
@settings(deadline=None)
def test_after_an_import_the_same_file_changes_nothing(rows: list[Row]) -> None:
    state = company(*rows)
    again = planned(rows, state)
    assert effect_of(again) == Effect(set(), {}, set())
    assert again.unchanged == len(rows)
    assert again.departments_added == []


@given(rosters, rosters)
@settings(deadline=None, max_examples=300)
def test_random_edits_give_exactly_those_changes(before: list[Row], after: list[Row]) -> None:
    state = company(*before)
    # A number still held by somebody who leaves is refused; told apart below.
    held = {line["手机"] for line in before if line["帐号"] not in {other["帐号"] for other in after}} - {""}
    after = [line | {"手机": ""} if line["手机"] in held else line for line in after]
    plan = planned(after, state)
    assert plan.faults == []
    assert effect_of(plan) == expected(before, after)
    assert effect_of(planned(after, imported(state, plan))) == Effect(set(), {}, set())


@given(rosters, rosters)
@settings(deadline=None, max_examples=200)
def test_no_login_ever_belongs_to_two(before: list[Row], after: list[Row]) -> None:
    state = imported(company(*before), planned(after, company(*before)))
    logins = [login for member in state.members for login in member.logins]
    assert len(logins) == len(set(logins))


def test_phones_may_be_exchanged_within_a_file() -> None:
    one, two = row("一", "one", 手机="13800000001"), row("二", "two", 手机="13800000002")
    plan = planned([one | {"手机": "13800000002"}, two | {"手机": "13800000001"}], company(one, two))
    assert plan.faults == []
    assert len(plan.changed) == 2


def test_a_phone_of_somebody_outside_the_file_is_a_fault_and_keeps_them() -> None:
    state = company(row("一", "one", 手机="13800000001"), row("二", "two"))
    plan = planned([row("二", "two", 手机="13800000001")], state)
    [fault] = plan.faults
    assert (fault.row, fault.column, fault.error.code) == (2, "手机", "phone_taken")
    # The very row may be `one` under a new account: nobody is removed for it.
    assert effect_of(plan) == Effect(set(), {}, set())


def test_a_row_left_out_keeps_its_phone_from_the_next() -> None:
    state = company(
        row("一", "one", 手机="13800000001"),
        row("二", "two", 手机="13800000002"),
        row("三", "three", 手机="13800000003"),
    )
    rows = [row("二", "two", 手机="13800000001"), row("三", "three", 手机="13800000002")]
    plan = planned(rows, state)
    assert [fault.row for fault in plan.faults] == [2, 3]
    assert plan.changed == []


def test_a_phone_of_somebody_inactive_is_a_fault() -> None:
    state = company(row("一", "one", 手机="13800000001"), row("二", "two"))
    state = imported(state, planned([row("二", "two")], state))
    assert not known(state, "one").is_active
    plan = planned([row("二", "two"), row("新", "new", 手机="13800000001")], state)
    assert [fault.error.code for fault in plan.faults] == ["phone_taken"]


def test_a_returning_account_is_the_same_person() -> None:
    state = company(row("一", "one"), row("二", "two"))
    state = imported(state, planned([row("二", "two")], state))
    plan = planned([row("一", "ONE"), row("二", "two")], state)
    [change] = plan.changed
    assert change.known.person_id == known(state, "one").person_id
    assert [d.field for d in change.differences] == ["account", "is_active"]


def test_a_faulty_row_never_makes_its_person_count_as_gone() -> None:
    before = [
        row("一", "one", 手机="13800000001"),
        row("二", "two", 手机="13800000002"),
        row("三", "three", 企业邮箱="three@x.cn"),
        row("四", "four"),
    ]
    after = [
        row("", "one"),
        row("二", "two two", 手机="13800000002"),
        row("三", "", 企业邮箱="Three@X.cn"),
        row("五", "five"),
    ]
    plan = planned(after, company(*before))
    assert effect_of(plan).removed == {"four"}
    assert plan.spared == 3


def test_a_file_of_faults_alone_removes_nobody() -> None:
    assert planned([row("", "x")], company(row("一", "one"))).removed == []


def test_members_by_hand_and_the_importing_administrator_stay() -> None:
    state = State(
        members=[
            KnownMember(person_id=1, name="手", account="hand", departments=(), is_roster=False, is_admin=True),
            KnownMember(person_id=2, name="管", account="boss", departments=(), is_admin=True),
            KnownMember(person_id=3, name="工", account="worker", departments=()),
        ],
        departments={},
    )
    assert effect_of(planned([row("新", "new")], state, actor_id=2)).removed == {"worker"}


def test_the_last_administrator_stays() -> None:
    members = [KnownMember(person_id=n, name="管", account=f"a{n}", departments=(), is_admin=n == 1) for n in (1, 2)]
    state = State(members=members, departments={})
    assert effect_of(planned([row("新", "new")], state)).removed == {"a2"}


def test_a_member_by_hand_in_the_file_becomes_the_rosters() -> None:
    hand = KnownMember(person_id=1, name="手", account="hand", departments=(("甲",),), is_roster=False)
    plan = planned([row("手", "hand", "甲")], State(members=[hand], departments={("甲",): 1}))
    assert effect_of(plan).changed == {"hand": {"source": ("manual", "roster")}}


def test_a_column_that_the_file_lacks_changes_nothing() -> None:
    state = company(row("一", "one", "甲", 手机="13800000001", 职务="店长", 是否部门负责人="是"))
    plan = planned([row("一", "one", "甲")], state, heading=("姓名", "帐号", "部门"))
    assert plan.unchanged == 1


def test_many_removals_are_told() -> None:
    rows = [row("人", f"a{n}") for n in range(100)]
    state = company(*rows)
    assert not planned(rows[10:], state).removes_many
    assert planned(rows[11:], state).removes_many
    few = company(*rows[:8])
    assert not planned(rows[5:8], few).removes_many
    assert planned(rows[6:8], few).removes_many


def test_departments_are_made_parents_first_for_sound_rows_only() -> None:
    plan = planned([row("一", "one", "甲/乙/丙;丁"), row("", "two", "戊")], EMPTY)
    assert plan.departments_added == [("甲",), ("甲", "乙"), ("甲", "乙", "丙"), ("丁",)]


def test_the_digest_changes_with_the_file_the_company_and_the_options() -> None:
    rows = [row("一", "one")]
    state = company(*rows)
    roster = read_roster(csv_of(rows))
    digests = {
        make_plan(roster, state, removes_missing=True).digest,
        make_plan(roster, state, removes_missing=False).digest,
        make_plan(roster, state, removes_missing=True, actor_id=7).digest,
        make_plan(roster, EMPTY, removes_missing=True).digest,
        make_plan(read_roster(csv_of(rows) + b"\n"), state, removes_missing=True).digest,
    }
    assert len(digests) == 5
    assert make_plan(roster, company(*rows), removes_missing=True).digest in digests
