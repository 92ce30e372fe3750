"""Conversations over HTTP: what the socket does, and what only HTTP does."""

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
    *conversations.handlers,
    *receipts.handlers,
    *channels.handlers,
    *changes.handlers,
    *mentions.handlers,
    *forward.handlers,
    *search.handlers,
    *settings.handlers,
    *drafts.handlers,
]
