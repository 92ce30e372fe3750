"""Logs: one line an event, key=value on a terminal, JSON for machines. Secrets are struck out before writing."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET_WORDS = ("password", "token", "secret", "cookie", "authorization")


def strike_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Values under a name that smells of a secret never reach a log."""
    for name in event:
        if any(word in name.lower() for word in _SECRET_WORDS):
            event[name] = "***"
    return event


def configure(level: str = "info", format: str = "text") -> None:
    """Send our logs and the libraries' to stderr in the chosen format ("text" or "json")."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        strike_secrets,
    ]
    # Where it failed, never with which values: among them are passwords and what people say to each other.
    as_json = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
    tail: list[Any] = (
        [as_json, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if format == "json"
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for noisy in ("picows", "uvicorn.access", "uvicorn.error", "uvicorn", "alembic"):
        logger = logging.getLogger(noisy)
        logger.handlers = []
        logger.propagate = True
        # A line a connection would be the cost of the connection.
        logger.setLevel(logging.WARNING)
    # A client's unreadable frame is told to the client, and counted; the library would make it our error.
    logging.getLogger("picows").addFilter(lambda record: not str(record.msg).startswith("WS parser error"))
    # Garbage from a stranger is answered and needs no line; what is wrong with us is an error.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module; pass `__name__`."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound
