"""The live edge: moves bytes between sockets and the rooms. Reads no table, knows no room; `roles` plugs both in.

Promises: a frame is encoded once, whatever the number of sockets; what a socket is owed within one turn of the event
loop leaves in one write; a slow reader costs bounded memory and holds up nobody; the server alone decides who hears
which channel, and a session that ends is cut at once.
"""

from hutong.gateway.broker import MemoryBroker, NatsBroker
from hutong.gateway.head import BoundedHttp
from hutong.gateway.hub import Hub, OpenSessions
from hutong.gateway.nats_server import NatsServer
from hutong.gateway.server import Admission, Admit, LiveServer, Request

__all__ = [
    "Admission",
    "Admit",
    "BoundedHttp",
    "Hub",
    "LiveServer",
    "MemoryBroker",
    "NatsBroker",
    "NatsServer",
    "OpenSessions",
    "Request",
]
