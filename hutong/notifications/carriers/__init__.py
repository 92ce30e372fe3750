"""Other ways to a person than their browser. One file a way; a new one is a class here and its settings."""

from hutong.core.settings import Settings
from hutong.notifications.carriers.carrier import Carrier, CarrierFailed
from hutong.notifications.carriers.mail import MailCarrier
from hutong.notifications.carriers.sms import SmsCarrier
from hutong.notifications.model import CarrierName

__all__ = ["Carrier", "CarrierFailed", "open_carriers"]


def open_carriers(settings: Settings) -> dict[CarrierName, Carrier]:
    """Those that the administrator has set up."""
    carriers: dict[CarrierName, Carrier] = {}
    if settings.smtp_host:
        carriers["mail"] = MailCarrier(settings)
    if settings.sms_url:
        carriers["sms"] = SmsCarrier(settings)
    return carriers
