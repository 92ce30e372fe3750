"""Who is asking. Made at the edge from a session, passed to every action, never changed."""

from typing import Literal

import msgspec


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["member", "contact"]
    company_id: int
    person_id: int
    session_id: int
    is_admin: bool = False
    # Somebody else knows the password: until it is changed, its owner may do nothing else.
    must_change_password: bool = False
