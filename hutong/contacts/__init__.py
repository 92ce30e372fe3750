"""Customers: the ways in, who follows whom, and the talk a consumer has without an account.

Tables: contact_ways, contact_owners, walk_ins. Events out (live): ContactChanged. Events in: none.

Promises:
- Opening a link creates nothing. The first message creates the customer, who follows them and the conversation, in one
  transaction with the message itself; said twice it is one customer and one message.
- A consumer names a way in, never a conversation or a person: what they reach is what the way leads to.
- A way to somebody who has left is no way.
"""

from hutong.contacts.actions.customers import open_own_way, set_own_name
from hutong.contacts.actions.walk_in import say as walk_in
from hutong.contacts.consumer import admit_consumer, find_visitor
from hutong.contacts.model import way_url
from hutong.contacts.policy import access_way

__all__ = ["access_way", "admit_consumer", "find_visitor", "open_own_way", "set_own_name", "walk_in", "way_url"]
