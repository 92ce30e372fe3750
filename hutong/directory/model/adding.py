"""One member by hand: the same rules as a roster's row, every refused field named at once."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hutong.core.errors import Invalid
from hutong.directory.model import fields
from hutong.directory.model.faults import Faulty
from hutong.directory.model.fields import Gender
from hutong.directory.model.roster import READERS, Entry

Text = Annotated[str, Meta(max_length=1_000)]


class NewMember(msgspec.Struct, frozen=True, kw_only=True):
    """`department` as a/b/c, several split by `;`, the first is the main one; missing departments are made."""

    name: Text
    account: Text
    department: Annotated[str, Meta(max_length=10_000)]
    phone: Text | None = None
    title: Text | None = None
    alias: Text | None = None
    gender: Gender | None = None
    landline: Text | None = None
    personal_email: Text | None = None
    work_email: Text | None = None
    address: Text | None = None
    is_head: bool = False


def entry_of(new: NewMember, language: str = "zh-CN") -> Entry:
    """Raises Invalid with `details.fields`, each with a sentence in `language`."""
    values: dict[str, Any] = {"gender": new.gender}
    refused: list[dict[str, str]] = []
    for field in ("name", "account", "phone", "title", "alias", "landline", "personal_email", "work_email", "address"):
        try:
            values[field] = READERS[field](getattr(new, field) or "")
        except Faulty as error:
            refused.append({"field": field, "message": error.sentence(language)})
    try:
        values["departments"] = fields.read_departments(new.department)
    except Faulty as error:
        refused.append({"field": "department", "message": error.sentence(language)})
    if refused:
        raise Invalid(details={"fields": refused})
    heads = values["departments"][:1] if new.is_head else ()
    return Entry(heads=heads, **values)
