"""What a message holds beside its words."""

from math import isfinite
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from hutong.core.lines import one_line
from hutong.messaging.linked import LinkPreview

MAX_MENTIONED = 200
# In larger groups only the owner calls on everybody.
MENTION_ALL_FREE = 100

MentionedId = Annotated[str, Meta(min_length=1, max_length=20)]


class MentionWish(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a message shall call on."""

    everybody: bool = False
    person_ids: Annotated[list[MentionedId], Meta(max_length=MAX_MENTIONED)] = []


class MentionedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: as it was when this was said, so that "@name" is found in the words for good."""

    id: str
    name: str


class Mentions(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a message calls on: those of the wished for who were in the conversation."""

    everybody: bool = False
    people: list[MentionedPerson] = []


class MergedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One message of several that were forwarded as one, in short: `text` is empty where there were no words."""

    name: str
    kind: str
    text: str


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """Several messages forwarded as one: what its bubble shows. `bundle_id` reads them all."""

    bundle_id: str
    count: int
    conversation_kind: str
    names: list[str]
    lines: list[MergedLine]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague's name card: what a customer may see of them, and no more. Told as they are at that moment."""

    person_id: str
    name: str
    title: str | None
    avatar_url: str | None
    is_active: bool


# How loud the parts of a recording were, 0 to 100, evenly spread: for drawing it.
Levels = Annotated[list[Annotated[int, Meta(ge=0, le=100)]], Meta(max_length=64)]


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Spoken words. How long they are is counted by us; the levels are as their speaker's browser measured them."""

    duration_ms: int
    levels: list[int]


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the map, by the grid that `datum` names: WGS-84 of satellites and browsers, or GCJ-02 of Chinese maps,
    some hundred metres beside it. Neither is ever turned into the other here."""

    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    datum: Literal["wgs84", "gcj02"]
    accuracy_m: Annotated[float, Meta(ge=0, le=1_000_000)] | None = None
    name: Annotated[str, Meta(max_length=100)] = ""
    address: Annotated[str, Meta(max_length=200)] = ""


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """As it is stored. `is_scheduled`: said by the clock, its author looking elsewhere. `without_preview`: its author
    wants no page shown that it links to."""

    mentions: Mentions | UnsetType = UNSET
    merged: Merged | UnsetType = UNSET
    card: Card | UnsetType = UNSET
    voice: Voice | UnsetType = UNSET
    location: Location | UnsetType = UNSET
    is_scheduled: bool = False
    preview: LinkPreview | UnsetType = UNSET
    picture_id: int | None = None
    without_preview: bool = False


def spoken_length(duration_ms: int) -> str:
    """12″, 1′00″: what stands for spoken words where words are wanted."""
    minutes, seconds = divmod(max(1, round(duration_ms / 1000)), 60)
    return f"{minutes}′{seconds:02}″" if minutes else f"{seconds}″"


def clean_location(location: Location) -> Location | None:
    """As it is kept: name and address in one visible line each, no more digits than a map can show (0.1 m). None for
    what is no number, as no limit refuses it."""
    if not all(map(isfinite, (location.lat, location.lon, location.accuracy_m or 0))):
        return None
    return Location(
        lat=round(location.lat, 6),
        lon=round(location.lon, 6),
        datum=location.datum,
        accuracy_m=None if location.accuracy_m is None else round(location.accuracy_m, 1),
        name=one_line(location.name),
        address=one_line(location.address),
    )


def place_words(location: Location) -> str:
    """What stands for a place where words are wanted."""
    named = " ".join(part for part in (location.name, location.address) if part)
    return named or f"{location.lat:.5f}, {location.lon:.5f}"
