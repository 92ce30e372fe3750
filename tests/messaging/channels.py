"""An announcement channel, and people who move between departments."""

from typing import Any

from tests.directory.rosters import csv_of, row
from tests.people import Json, Member, new_client_id


async def department(who: Member, *path: str) -> str:
    """The id of the department at the end of this path."""
    parent: dict[str, str] = {}
    for name in path:
        items = (await who.get("/api/departments", **parent))["items"]
        parent = {"parent_id": next(item["id"] for item in items if item["name"] == name)}
    return parent["parent_id"]


async def open_channel(who: Member, name: str, *departments: str, publishers: list[Member] | None = None) -> Json:
    """For these departments; without any, for everybody."""
    audience: dict[str, Any] = {"department_ids": list(departments)} if departments else {"everybody": True}
    body = {
        "client_id": new_client_id(),
        "name": name,
        "audience": audience,
        "publisher_ids": [publisher.id for publisher in publishers or []],
    }
    channel: Json = await who.post("/api/channels", body)
    return channel


async def move(admin: Member, member: Member, to: str) -> None:
    """The roster says that this member works there now."""
    content = csv_of([row(member.name, member.account, to)])
    plan = await admin.post("/api/roster/preview", content, removes_missing=False)
    await admin.post("/api/roster/import", content, plan=plan["digest"], removes_missing=False)
