"""Conversations over HTTP: what the socket does, and what only HTTP does."""

from litestar import Router
from litestar.di import Provide

from hutong import files
from hutong.messaging.routes import (
    changes,
    channels,
    conversations,
    drafts,
    forward,
    mentions,
    receipts,
    search,
    settings,
)

handlers = [
    Router(
        path="/",
        dependencies={
            "file_store": Provide(files.provide_file_store),
        },
        route_handlers=[
            *conversations.handlers,
            *receipts.handlers,
            *channels.handlers,
            *changes.handlers,
            *mentions.handlers,
            *forward.handlers,
            *search.handlers,
            *settings.handlers,
            *drafts.handlers,
        ],
    )
]
