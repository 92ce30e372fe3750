"""The tables of the room, by what they are about; importing them tells `core.tables.metadata` of them all."""

from hutong.messaging.tables import conversations, finding, keeping, messages, removing

__all__ = ["conversations", "finding", "keeping", "messages", "removing"]
