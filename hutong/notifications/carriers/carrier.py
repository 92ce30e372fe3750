"""What a way to a person has to do."""

from typing import Protocol

from hutong.core.errors import HutongError
from hutong.notifications.digest import Digest


class CarrierFailed(HutongError):
    """It was not taken; later it may be."""

    code = "carrier_failed"
    zh = "邮件或短信没有发出去：{reason}"
    en = "The mail or text message was not taken: {reason}"


class Carrier(Protocol):
    async def carry(self, address: str, digest: Digest) -> None:
        """Returns when the next server has taken it; CarrierFailed when it has not."""
        ...
