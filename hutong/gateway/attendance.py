"""Who is here, of those on somebody's screen. Nothing is kept, and nothing said of whom nobody looks at.

A process that serves those who look asks for whom they look at, and again by the clock; a process that serves those
who are looked at answers, and says what changes, as long as somebody has asked. What is not said again in time is
over: a process that died holds nobody here for longer than that.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from hutong.core import events, ids, live
from hutong.core.events import Event
from hutong.core.live import Attending, Here, HereState, WhoIsHere
from hutong.gateway import protocol

if TYPE_CHECKING:
    from hutong.gateway.hub import Hub
    from hutong.gateway.session import Session

T = TypeVar("T")
ASK_SECONDS = 20.0
# Two askings may be lost before anybody is taken for gone.
HOLDS_SECONDS = 3 * ASK_SECONDS
# Whoever loads the page again is away for a moment: nobody's mark shall blink for that.
_GRACE_SECONDS = 3.0
# Whoever asks for numbers that nobody has fills no memory, and nobody else's share: so many each company.
_MOST_WANTED = 100_000
# No signal is larger than a broker carries.
_AT_ONCE = 5_000


class PresenceTold(Event, frozen=True, kw_only=True, tag="presence"):
    """Of somebody whom this session looks at. Of whom nothing was said is offline."""

    person_id: str
    state: HereState


# A company and a person: whoever looks sees people of their own company only, and learns of no other.
_Key = tuple[int, int]


class _Seen:
    """What is known of one person, from each process that has their sessions."""

    __slots__ = ("lookers", "said")

    def __init__(self) -> None:
        self.lookers: dict[Session, None] = {}
        # By process: how they are there, and until when that holds.
        self.said: dict[int, tuple[HereState, float]] = {}

    @property
    def state(self) -> HereState:
        states = {state for state, _ in self.said.values()}
        return "active" if "active" in states else "away" if states else "offline"


class Attendance:
    """Of one process; `hub` has its sessions and its broker."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._process = ids.new()
        self._asked_at = hub.loop.time()
        self._seen: dict[_Key, _Seen] = {}
        # By company: until when somebody, here or elsewhere, wants to know of whom.
        self._wanted: defaultdict[int, dict[int, float]] = defaultdict(dict)
        # What we said last.
        self._told: dict[_Key, HereState] = {}

    # -- those who look ------------------------------------------------------------------------------------------

    def look(self, session: "Session", person_ids: Sequence[int]) -> None:
        """From now on the session looks at these and at nobody else; of who is here it is told at once."""
        company_id = session.actor.company_id
        before, session.looks_at = session.looks_at, tuple(dict.fromkeys(person_ids))
        for person_id in set(before) - set(session.looks_at):
            self._look_away(session, (company_id, person_id))
        unknown: list[int] = []
        for person_id in session.looks_at:
            seen = self._seen.get((company_id, person_id))
            if seen is None:
                seen = self._seen[company_id, person_id] = _Seen()
                unknown.append(person_id)
            if person_id not in before:
                seen.lookers[session] = None
                if seen.state != "offline":
                    session.send_event(PresenceTold(person_id=str(person_id), state=seen.state))
        if unknown:
            self._hub.broker.publish(WhoIsHere(company_id, tuple(unknown)))

    def _look_away(self, session: "Session", key: _Key) -> None:
        seen = self._seen[key]
        del seen.lookers[session]
        if not seen.lookers:
            del self._seen[key]

    # -- those who are looked at ---------------------------------------------------------------------------------

    def came(self, session: "Session") -> None:
        self._review(session.actor.company_id, session.actor.person_id)

    def went(self, session: "Session") -> None:
        """Its socket is closed: it looks at nobody, and whoever it was may be gone."""
        self.look(session, ())
        self._review_later(session)

    def attend(self, session: "Session", *, is_active: bool) -> None:
        """Whether somebody sits before it: its page is in sight, and was touched lately."""
        session.is_active = is_active
        if is_active:
            self.came(session)
        else:
            self._review_later(session)

    def _review_later(self, session: "Session") -> None:
        company_id, person_id = session.actor.company_id, session.actor.person_id
        if person_id in self._wanted.get(company_id, {}):
            self._hub.loop.call_later(_GRACE_SECONDS, self._review, company_id, person_id)

    def _review(self, company_id: int, person_id: int) -> None:
        """Say how somebody is here, if that is wanted and new."""
        if person_id not in self._wanted.get(company_id, {}):
            return
        here = self._here(company_id, person_id)
        if here.state != self._told.get((company_id, person_id)):
            self._told[company_id, person_id] = here.state
            self._hub.broker.publish(Attending(self._process, (here,)))

    def _here(self, company_id: int, person_id: int) -> Here:
        """In this process. Customers come and go unseen."""
        sessions = self._hub.channels.listeners(live.person_channel(person_id))
        state: HereState = "offline"
        if sessions and (sessions[0].actor.kind, sessions[0].actor.company_id) == ("member", company_id):
            state = "active" if any(session.is_active for session in sessions) else "away"
        return Here(person_id, company_id, state)

    # -- what processes say to each other ------------------------------------------------------------------------

    def on_asked(self, signal: WhoIsHere) -> None:
        until = self._hub.loop.time() + HOLDS_SECONDS
        wanted = self._wanted[signal.company_id]
        found: list[Here] = []
        for person_id in signal.person_ids:
            if len(wanted) >= _MOST_WANTED and person_id not in wanted:
                continue
            wanted[person_id] = until
            here = self._here(signal.company_id, person_id)
            self._told[signal.company_id, person_id] = here.state
            if here.state != "offline":
                found.append(here)
        for people in batched(found):
            self._hub.broker.publish(Attending(self._process, people))

    def on_told(self, signal: Attending) -> None:
        until = self._hub.loop.time() + HOLDS_SECONDS
        for here in signal.people:
            seen = self._seen.get((here.company_id, here.person_id))
            if seen is None:
                continue
            before = seen.state
            if here.state == "offline":
                seen.said.pop(signal.process, None)
            else:
                seen.said[signal.process] = (here.state, until)
            self._tell(here.person_id, seen, before)

    def _tell(self, person_id: int, seen: _Seen, before: HereState) -> None:
        if seen.state == before:
            return
        frame = protocol.text_frame(events.encode(PresenceTold(person_id=str(person_id), state=seen.state)))
        # A list: whoever is too slow to hear it leaves.
        for session in list(seen.lookers):
            session.enqueue(frame)

    # -- by the clock --------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Ask again for all who are looked at, and let go what nobody said or wanted for too long."""
        now = self._hub.loop.time()
        if now - self._asked_at < ASK_SECONDS:
            return
        self._asked_at = now
        for company_id, wanted in list(self._wanted.items()):
            for person_id in [it for it, until in wanted.items() if until < now]:
                del wanted[person_id]
                self._told.pop((company_id, person_id), None)
            if not wanted:
                del self._wanted[company_id]
        looked_at: defaultdict[int, list[int]] = defaultdict(list)
        for (company_id, person_id), seen in list(self._seen.items()):
            before = seen.state
            seen.said = {process: it for process, it in seen.said.items() if it[1] >= now}
            self._tell(person_id, seen, before)
            looked_at[company_id].append(person_id)
        for company_id, people in looked_at.items():
            for some in batched(people):
                self._hub.broker.publish(WhoIsHere(company_id, some))


def batched(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    for start in range(0, len(items), _AT_ONCE):
        yield tuple(items[start : start + _AT_ONCE])
