"""One push to one browser's service: encrypted for that browser (RFC 8291), signed by this network (RFC 8292)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import http_ece
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from hutong.core import clock
from hutong.core.db import Row
from hutong.core.outward import AddressRefused, Outward, OutwardFailed
from hutong.notifications.actions.pushing import Outcome, expires_in
from hutong.notifications.model import Push

_SIGNED_FOR = timedelta(hours=12)


def _patience(retry_after: str) -> timedelta | None:
    """A number of seconds; the other way to say it, a date, no push service uses."""
    is_number = retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 6
    return timedelta(seconds=int(retry_after)) if is_number else None


class PushSender:
    def __init__(self, outward: Outward, key: ec.EllipticCurvePrivateKey, base_url: str) -> None:
        self._outward = outward
        self._signer = Vapid02(key)
        # Whom a push service may turn to.
        self._subject = base_url if base_url.startswith("https://") else "mailto:admin@localhost.localdomain"

    async def send(self, row: Row, push: Push) -> tuple[Outcome, timedelta | None]:
        """What became of it, and after how long the service wants to be asked again, if it says so."""
        body: bytes = http_ece.encrypt(
            msgspec.json.encode(push),
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=row["p256dh"],
            auth_secret=row["auth"],
            version="aes128gcm",
        )
        headers = self._headers(row)
        try:
            answer = await self._outward.post(row["endpoint"], headers, body)
        except AddressRefused:
            # Its name stands for something inside now: it is no push service.
            return "gone", None
        except OutwardFailed:
            return "later", None
        if answer.status < 300:
            return "told", None
        # 403: it was subscribed under another key than ours.
        if answer.status in {403, 404, 410}:
            return "gone", None
        if answer.status == 413:
            return "too_large", None
        return "later", _patience(answer.headers.get("retry-after", ""))

    def _headers(self, row: Row) -> dict[str, str]:
        parts = urlsplit(row["endpoint"])
        claims: dict[str, Any] = {
            "sub": self._subject,
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((clock.now() + _SIGNED_FOR).timestamp()),
        }
        return {
            **self._signer.sign(claims),
            "host": parts.netloc,
            "content-type": "application/octet-stream",
            "content-encoding": "aes128gcm",
            "ttl": str(expires_in(row["said_at"])),
            "urgency": "high",
            # Of several that wait for a browser which is away, the newest of each conversation is kept, and the
            # newest of what is urgent there.
            "topic": row["topic"],
        }
