"""Conversations over HTTP: what the socket does, and what only HTTP does."""

from hutong.messaging.routes import (
    changes,
    channels,
    conversations,
    drafts,
    forward,
    groups,
    mentions,
    nudges,
    pins,
    receipts,
    scheduling,
    search,
    settings,
    shared,
    stars,
    topics,
)

handlers = [
    *conversations.handlers,
    *receipts.handlers,
    *channels.handlers,
    *changes.handlers,
    *mentions.handlers,
    *forward.handlers,
    *pins.handlers,
    *groups.handlers,
    *search.handlers,
    *settings.handlers,
    *shared.handlers,
    *drafts.handlers,
    *scheduling.handlers,
    *nudges.handlers,
    *stars.handlers,
    *topics.handlers,
]
