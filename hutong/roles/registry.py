"""Every room that has routes or tables. A new room is added here and in .importlinter, nowhere else."""

from typing import Any

from hutong.contacts import routes as contacts_routes
from hutong.directory import routes as directory_routes
from hutong.files import routes as files_routes
from hutong.identity import routes as identity_routes
from hutong.messaging import routes as messaging_routes
from hutong.notifications import routes as notifications_routes

ROUTE_HANDLERS: list[Any] = [
    *identity_routes.handlers,
    *directory_routes.handlers,
    *files_routes.handlers,
    *messaging_routes.handlers,
    *contacts_routes.handlers,
    *notifications_routes.handlers,
]
