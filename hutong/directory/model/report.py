"""A plan as it is shown to an administrator, in their language."""

import msgspec

from hutong.directory.model.faults import FaultOut, shown
from hutong.directory.model.headings import TITLES
from hutong.directory.model.plan import Change, Plan

MAX_SAMPLES = 100
MAX_FAULTS = 1_000

_WORDS = {
    "is_active": ("状态", "Status"),
    "source": ("来源", "Source"),
    "yes": ("在职", "active"),
    "no": ("已停用", "inactive"),
    "manual": ("手工添加", "added by hand"),
    "roster": ("花名册", "roster"),
    "male": ("男", "male"),
    "female": ("女", "female"),
}

_CODED = frozenset(["gender", "is_active", "source"])


class AddedSample(msgspec.Struct, frozen=True, kw_only=True):
    account: str
    name: str
    department: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """`column` is the heading as it stands in the file, or 状态/来源 (Status/Source)."""

    column: str
    before: str
    after: str


class ChangedSample(msgspec.Struct, frozen=True, kw_only=True):
    account: str
    name: str
    changes: list[Difference]


class RemovedSample(msgspec.Struct, frozen=True, kw_only=True):
    account: str
    name: str


class Samples(msgspec.Struct, frozen=True, kw_only=True):
    """The first hundred of each kind."""

    added: list[AddedSample]
    changed: list[ChangedSample]
    removed: list[RemovedSample]
    departments_added: list[str]


class RosterPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would do. `digest` is handed back with the import: it refuses if file or company changed since."""

    digest: str
    added: int
    changed: int
    unchanged: int
    removed: int
    faulty: int
    departments_added: int
    notes: list[str]
    samples: Samples
    faults: list[FaultOut]
    removes_many: bool


class RosterImported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did."""

    import_id: str
    added: int
    changed: int
    unchanged: int
    removed: int
    faulty: int
    departments_added: int


def describe_plan(plan: Plan, language: str) -> RosterPlan:
    return RosterPlan(
        digest=plan.digest,
        added=len(plan.added),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        removed=len(plan.removed),
        faulty=plan.faulty,
        departments_added=len(plan.departments_added),
        notes=_notes(plan, language),
        samples=_samples(plan, language),
        faults=[fault.out(language) for fault in plan.faults[:MAX_FAULTS]],
        removes_many=plan.removes_many,
    )


def _samples(plan: Plan, language: str) -> Samples:
    return Samples(
        added=[
            AddedSample(account=entry.account, name=entry.name, department="/".join(entry.departments[0]))
            for entry in plan.added[:MAX_SAMPLES]
        ],
        changed=[_changed(change, plan, language) for change in plan.changed[:MAX_SAMPLES]],
        removed=[RemovedSample(account=known.account, name=known.name) for known in plan.removed[:MAX_SAMPLES]],
        departments_added=["/".join(path) for path in plan.departments_added[:MAX_SAMPLES]],
    )


def _changed(change: Change, plan: Plan, language: str) -> ChangedSample:
    texts = plan.roster.heading.texts
    return ChangedSample(
        account=change.entry.account,
        name=change.entry.name,
        changes=[
            Difference(
                column=texts.get(difference.field) or column_title(difference.field, language),
                before=shown_value(difference.field, difference.before, language),
                after=shown_value(difference.field, difference.after, language),
            )
            for difference in change.differences
        ],
    )


def shown_value(field: str, value: str, language: str) -> str:
    """Cut to fit, and in words where the kept value is a code."""
    return _WORDS[value][language == "en"] if field in _CODED and value else shown(value)


def column_title(field: str, language: str) -> str:
    return (TITLES.get(field) or _WORDS[field])[language == "en"]


def _notes(plan: Plan, language: str) -> list[str]:
    heading = plan.roster.heading
    facts = [
        (heading.unknown, "不认识的列，没有读：{}", "Unknown columns, not read: {}"),
        (heading.repeated, "重复的列，只读了第一个：{}", "Columns that stand twice, only the first was read: {}"),
        (
            plan.roster.unclear_genders,
            "{} 行的性别认不出，按未填处理。",
            "The gender of {} rows is unclear and taken as unset.",
        ),
        (
            plan.spared,
            "{} 名成员只出现在有误的行里，保留不动。",
            "{} members stand only in faulty rows and stay as they are.",
        ),
        (
            max(0, len(plan.faults) - MAX_FAULTS),
            "还有 {} 处问题没有列出。",
            "{} more faults are not listed.",
        ),
    ]
    return [
        (en if language == "en" else zh).format(shown("、".join(fact)) if isinstance(fact, tuple) else fact)
        for fact, zh, en in facts
        if fact
    ]
