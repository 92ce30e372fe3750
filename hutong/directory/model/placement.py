"""Where a member stands."""

import msgspec


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """`department_ids`: the member's own and all above them. `moved_xid`: the transaction that last moved them."""

    company_id: int
    department_ids: list[int]
    moved_xid: int
