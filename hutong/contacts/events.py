"""What the member who follows a customer hears."""

from hutong.contacts.model import Contact
from hutong.core.events import Event


class ContactChanged(Event, frozen=True, kw_only=True, tag="contact"):
    """A new customer, or one whose name changed."""

    contact: Contact
