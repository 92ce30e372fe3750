"""Who works here: departments, members, finding them; and the roster that brings ten thousand of them in.

Tables: departments, members, department_members, member_keys. A member is a person of `identity` under the same id:
name, logins, whether active and whether administrator stand there.

Promises:
- Within a company everybody finds everybody; of another company nobody sees anything.
- A roster is imported as previewed, in one transaction, or refused; a second import of the same file changes nothing.
- A row that is faulty is left out and never makes its person count as gone; who is gone is deactivated, never deleted,
  and returns under the same id.
- The importing administrator, members added by hand and a company's last administrators are never removed by a roster.
- Who moves in the tree hears by its rules from that commit on, neither later nor longer.
- Changes of one company's directory happen one after the other, so counts of departments are exact.
"""

from hutong.directory.actions.members import add_member, deactivate_members
from hutong.directory.actions.placing import count_parts, list_named_departments, list_placements
from hutong.directory.actions.reading import (
    count_members,
    find_member_by_account,
    find_members,
    find_title,
    list_active_members,
    list_addresses,
    list_cards,
)
from hutong.directory.actions.rosters import import_roster, plan_roster, read_roster
from hutong.directory.model.adding import NewMember, entry_of
from hutong.directory.model.cards import Addresses, Department, Member
from hutong.directory.model.errors import MAX_FILE_BYTES as MAX_ROSTER_BYTES
from hutong.directory.model.errors import RemovesMany, RosterUnreadable
from hutong.directory.model.faults import FaultOut
from hutong.directory.model.placement import Placement
from hutong.directory.model.plan import Plan
from hutong.directory.model.report import RosterImported, RosterPlan, describe_plan
from hutong.directory.model.roster import Entry, Progress, Roster

__all__ = [
    "MAX_ROSTER_BYTES",
    "Addresses",
    "Department",
    "Entry",
    "FaultOut",
    "Member",
    "NewMember",
    "Placement",
    "Plan",
    "Progress",
    "RemovesMany",
    "Roster",
    "RosterImported",
    "RosterPlan",
    "RosterUnreadable",
    "add_member",
    "count_members",
    "count_parts",
    "deactivate_members",
    "describe_plan",
    "entry_of",
    "find_member_by_account",
    "find_members",
    "find_title",
    "import_roster",
    "list_active_members",
    "list_addresses",
    "list_cards",
    "list_named_departments",
    "list_placements",
    "plan_roster",
    "read_roster",
]
