"""The contract between rooms, which tell, and the live edge, which delivers. Fleeting: whoever was away catches up.

Channels are named by the server alone: `conversation.<id>` for everybody in a conversation, `person.<id>` for all
devices of one person, `company.<id>` and `department.<id>` for whom a rule puts there: all members of a company, or of
a department with everything below it. A client never names a channel.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Literal, Protocol

import msgspec

from hutong.core import events
from hutong.core.actor import Actor
from hutong.core.errors import BadRequest
from hutong.core.events import Event


def conversation_channel(conversation_id: int) -> str:
    return f"conversation.{conversation_id}"


def person_channel(person_id: int) -> str:
    return f"person.{person_id}"


def company_channel(company_id: int) -> str:
    return f"company.{company_id}"


def department_channel(department_id: int) -> str:
    return f"department.{department_id}"


class BadFrame(BadRequest):
    code = "bad_frame"
    zh = "这一帧无法读懂。"
    en = "This frame cannot be read."


# What decoding a client's bytes may raise: no JSON, no UTF-8, the wrong fields, nesting without end.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Verb(msgspec.Struct, frozen=True):
    """What a client may say on a socket; rooms offer them by the frame's type.

    `begin` takes the frame's bytes as they came, and its place in the order of things before anything is awaited;
    `answer` makes the frame that says how it went, if there is one. Either raises what is wrong.
    """

    begin: Callable[[Actor, bytes], Awaitable[Any]]
    answer: Callable[[Any], Event | None]


class Delivery(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Bytes of one frame for every session that listens to `channel`."""

    channel: str
    frame: bytes


class Listening(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """All sessions of a person begin (or stop) to hear a channel, from the next delivery on.

    `position` orders the changes of one person's hearing of one channel. Signals leave when their sender learns of the
    commit, and PostgreSQL lets the next one at the row before it says so: on a busy machine the later may come first.
    """

    person_id: int
    channel: str
    starts: bool
    position: int


class AudienceSet(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """From now on exactly these hear `channel`: the sessions that listen to one of `audience`, and those of `people`.

    A rule names an audience of any size in one signal, and nothing is read for it. Whoever ceases to hear is given
    `farewell`, a frame. Of two settings of one channel the higher position holds.
    """

    channel: str
    audience: tuple[str, ...]
    people: tuple[int, ...]
    farewell: bytes
    position: int


class SessionsEnded(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """These sessions were signed out: their sockets close at once with 4001."""

    session_ids: tuple[int, ...]


class HearingChanged(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """What these people hear is to be read anew, and their clients catch up; None: everybody.

    With names, the rules have changed (somebody left a department): nothing told by rule reaches them until their
    hearing has been read again. For everybody, signals may have been lost: nobody is cut off meanwhile.
    """

    person_ids: tuple[int, ...] | None


HereState = Literal["active", "away", "offline"]


class WhoIsHere(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Somebody of a company has these people of it on the screen: whoever has their sessions answers with Attending,
    and for a minute says what changes."""

    company_id: int
    person_ids: tuple[int, ...]


class Here(msgspec.Struct, frozen=True, array_like=True):
    """`active` with a page in sight, `away` with one that nobody looks at."""

    person_id: int
    company_id: int
    state: HereState


class Attending(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """How these people are here in one process; it holds for a minute, or until that process says otherwise."""

    process: int
    people: tuple[Here, ...]


Signal = Delivery | Listening | AudienceSet | SessionsEnded | HearingChanged | WhoIsHere | Attending
Listener = Callable[[Signal], None]


class Broker(Protocol):
    """Carries signals from whoever commits to every gateway. Order is kept per publisher.

    Nobody waits for it: what it cannot carry it drops, and says so to every gateway with HearingChanged(None).
    """

    @property
    def is_connected(self) -> bool:
        """Whether what is told now can reach the gateways."""
        ...

    def publish(self, signal: Signal) -> None: ...

    def listen(self, listener: Listener) -> None: ...


class Silence:
    """A broker for programs without a live edge (imports, migrations): nobody hears."""

    is_connected = True

    def publish(self, signal: Signal) -> None:
        pass

    def listen(self, listener: Listener) -> None:
        pass


def delivery(channel: str, event: Event) -> Delivery:
    return Delivery(channel, events.encode(event))
