"""What happened, in the past tense. Events are public: they are what every listener of a channel receives."""

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all live events. A subclass names its wire type by `tag=`; docs/protocol.md lists them.

    A new field is safe; a new meaning is a new event.
    """


_encoder = msgspec.json.Encoder()


def encode(event: Event) -> bytes:
    """The frame's text as every socket receives it. Called once an event, whatever the number of listeners."""
    return _encoder.encode(event)
