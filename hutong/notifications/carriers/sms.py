"""Text messages, by whatever gateway takes them over HTTPS: one request each, in the gateway's own form."""

import httpx
import msgspec

from hutong.core.settings import Settings
from hutong.notifications.carriers.carrier import CarrierFailed
from hutong.notifications.digest import Digest

_PATIENCE_SECONDS = 20


class SmsCarrier:
    """The administrator named the address, which may well be inside the own network."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def carry(self, address: str, digest: Digest) -> None:
        chosen = self._settings
        assert chosen.sms_url is not None
        headers = {"content-type": "application/json"}
        if chosen.sms_token:
            headers["authorization"] = f"Bearer {chosen.sms_token}"
        # What was said never goes into a text message: it travels in the open.
        body = chosen.sms_template.replace("{phone}", _inside(address)).replace("{text}", _inside(digest.short))
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE_SECONDS, trust_env=False) as client:
                answer = await client.post(chosen.sms_url, content=body.encode(), headers=headers)
        except (httpx.HTTPError, OSError, AttributeError) as cause:
            raise CarrierFailed(reason=type(cause).__name__) from cause
        if not answer.is_success:
            raise CarrierFailed(reason=f"HTTP {answer.status_code}")


def _inside(text: str) -> str:
    """As it stands inside a JSON text's quotes."""
    return msgspec.json.encode(text).decode()[1:-1]
