"""Conversations over HTTP: what the socket does, and what only HTTP does."""

from litestar import Router
from litestar.datastructures import State
from litestar.di import Provide

from hutong import files
from hutong.messaging.actions.read import ReadWriter
from hutong.messaging.actions.send import MessageWriter
from hutong.messaging.routes import channels, conversations, receipts


async def provide_writer(state: State) -> MessageWriter:
    writer: MessageWriter = state.writer
    return writer


async def provide_reads(state: State) -> ReadWriter:
    reads: ReadWriter = state.reads
    return reads


handlers = [
    Router(
        path="/",
        dependencies={
            "writer": Provide(provide_writer),
            "reads": Provide(provide_reads),
            "file_store": Provide(files.provide_file_store),
        },
        route_handlers=[*conversations.handlers, *receipts.handlers, *channels.handlers],
    )
]
