"""Customers over HTTP: for the members who follow them, and for the customers themselves."""

from litestar import Router
from litestar.di import Provide

from hutong.contacts.consumer import Visit, find_visitor
from hutong.contacts.routes import consumer, consumer_changes, members, recovery, uploads
from hutong.contacts.routes.faces import PlainRequest
from hutong.core.db import Database


async def provide_visit(way: str, request: PlainRequest, db: Database) -> Visit:
    return await find_visitor(db, way, request.cookies)


# The way in is the guard: each of these takes a Visit, and all but the first words need a known one.
_at_a_way = Router(
    path="/",
    dependencies={"visit": Provide(provide_visit)},
    route_handlers=[*consumer.handlers, *consumer_changes.handlers, *uploads.handlers, *recovery.visit_handlers],
)
handlers = [*members.handlers, _at_a_way, *recovery.handlers]
