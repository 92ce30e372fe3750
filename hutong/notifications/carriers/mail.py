"""Mail, by SMTP."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from urllib.parse import urlsplit

from hutong.core import clock
from hutong.core.settings import Settings
from hutong.notifications.carriers.carrier import CarrierFailed
from hutong.notifications.digest import Digest

_PATIENCE_SECONDS = 20


class MailCarrier:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def carry(self, address: str, digest: Digest) -> None:
        try:
            message = self._message(address, digest)
            await asyncio.to_thread(self._send, message)
        # ValueError: an address in the directory with a line break in it.
        except (smtplib.SMTPException, OSError, ValueError) as cause:
            raise CarrierFailed(reason=str(cause)[:200]) from cause

    def _message(self, address: str, digest: Digest) -> EmailMessage:
        settings = self._settings.base_url + "/settings"
        message = EmailMessage()
        message["From"] = self._settings.smtp_from
        message["To"] = address
        message["Subject"] = digest.subject
        message["Date"] = formatdate(clock.now().timestamp())
        # The same digest said again, after a crash, has the same id: mail servers know it.
        message["Message-ID"] = f"<{digest.key}@{urlsplit(self._settings.base_url).hostname}>"
        message["Auto-Submitted"] = "auto-generated"
        message["List-Unsubscribe"] = f"<{settings}>"
        message.set_content(digest.text)
        return message

    def _send(self, message: EmailMessage) -> None:
        chosen = self._settings
        assert chosen.smtp_host is not None
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if chosen.smtp_security == "tls":
            server = smtplib.SMTP_SSL(chosen.smtp_host, chosen.smtp_port, timeout=_PATIENCE_SECONDS, context=context)
        else:
            server = smtplib.SMTP(chosen.smtp_host, chosen.smtp_port, timeout=_PATIENCE_SECONDS)
        with server:
            if chosen.smtp_security == "starttls":
                server.starttls(context=context)
            if chosen.smtp_user:
                server.login(chosen.smtp_user, chosen.smtp_password or "")
            _, sender = parseaddr(chosen.smtp_from or "")
            server.send_message(message, from_addr=sender)
