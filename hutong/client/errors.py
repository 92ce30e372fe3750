"""Why something did not happen."""


class ClientError(Exception):
    """Anything this client raises of its own."""


class Refused(ClientError):
    """The server's answer: a stable `code` (docs/errors.md), a sentence for people, and whether later may be better."""

    def __init__(self, code: str, message: str = "", *, status: int | None = None, retry: bool = False) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code, self.message, self.status, self.retry = code, message, status, retry


class SignedOut(ClientError):
    """The session ended, or never was: sign in again. What was not sent stays in the outbox."""


class LineRefused(ClientError):
    """The server will not speak with this client as it is; coming back would change nothing."""


class Closed(ClientError):
    """The client was closed before this was done. What was not sent stays in the outbox."""


class OutboxInUse(ClientError):
    """Another program has this outbox open: both would send the same messages."""
