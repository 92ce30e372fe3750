"""Settings: from the environment, all named HUTONG_*; command-line options override them. docs/guide lists them."""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from hutong.core.errors import HutongError

MEGABYTE = 1024 * 1024
# A year is for ever.
Minutes = Annotated[int, msgspec.Meta(ge=0, le=525_600)]
ByteCount = Annotated[int, msgspec.Meta(ge=0)]
ROLES = frozenset({"api", "gateway", "worker"})


class SettingRefused(HutongError):
    code = "setting_refused"
    zh = "设置 {name} 的值不可用：{reason}"
    en = "The setting {name} cannot be used: {reason}"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`data` holds the embedded database and the files; everything else has a default that suits one machine."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 1
    roles: str = "api,gateway,worker"
    database_url: str | None = None
    database_connections: int = 16
    nats_url: str | None = None
    public_url: str | None = None
    files_url: str | None = None
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    trusted_proxies: str = ""
    metrics_token: str | None = None
    max_file_bytes: int = 2048 * MEGABYTE
    contact_bytes_per_day: ByteCount = 2048 * MEGABYTE
    member_bytes_per_day: ByteCount = 20 * 1024 * MEGABYTE
    spare_bytes: ByteCount = 256 * MEGABYTE
    recall_minutes: Minutes = 2
    edit_minutes: Minutes = 1440
    nudges_per_day: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 200
    smtp_host: str | None = None
    smtp_port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_from: str | None = None
    sms_url: str | None = None
    sms_token: str | None = None
    sms_template: str = '{"to":"{phone}","text":"{text}"}'
    # Only for a push service that a test runs on this very machine.
    push_loopback: bool = False
    # Whether the pages that messages link to are asked what they are. Off: nothing is ever asked of other servers.
    link_previews: bool = True
    # Only for pages that a test serves on this very machine.
    preview_loopback: bool = False
    log_level: str = "info"
    log_format: str = "text"

    @property
    def base_url(self) -> str:
        """Where people reach this server: links and QR codes begin with it. Never ends with a slash."""
        if self.public_url:
            parts = urlsplit(self.public_url)
            # As browsers write it in Origin: the scheme and the host know no capitals.
            return f"{parts.scheme}://{parts.netloc.lower()}"
        scheme = "https" if self.tls_certificate else "http"
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        """People arrive by https, so cookies may insist on it."""
        return self.base_url.startswith("https://")

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(role.strip() for role in self.roles.split(","))


def load(environ: Mapping[str, str] = os.environ, **overrides: object) -> Settings:
    """Settings from HUTONG_* variables; `overrides` that are not None win. Raises SettingRefused for a bad value."""
    values: dict[str, object] = {"data": environ.get("HUTONG_DATA", "data")}
    for field in msgspec.structs.fields(Settings):
        text = environ.get(f"HUTONG_{field.name.upper()}", "")
        if text:
            values[field.name] = text
    values.update({name: value for name, value in overrides.items() if value is not None})
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as cause:
        name = str(cause).rpartition("$.")[2].rstrip("`") or "?"
        raise SettingRefused(name=f"HUTONG_{name.upper()}", reason=str(cause)) from cause
    _check(settings)
    return settings


def as_environ(settings: Settings) -> dict[str, str]:
    """The variables from which a process of ours loads the same settings."""
    return {
        f"HUTONG_{name.upper()}": str(value)
        for name, value in msgspec.structs.asdict(settings).items()
        if value is not None
    }


def _decode(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str | Path):
        return Path(value).expanduser().absolute()
    raise NotImplementedError


def _is_origin(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # brackets that do not close, a port that is no number
        return False
    return parts.scheme in {"http", "https"} and has_host and parts.path + parts.query + parts.fragment in {"", "/"}


def _check(settings: Settings) -> None:
    if not 0 < settings.port < 65536:
        raise SettingRefused(name="HUTONG_PORT", reason=f"{settings.port} (1-65535)")
    if settings.processes < 1:
        raise SettingRefused(name="HUTONG_PROCESSES", reason=f"{settings.processes} (1 …)")
    if settings.database_connections < 2:
        raise SettingRefused(name="HUTONG_DATABASE_CONNECTIONS", reason=f"{settings.database_connections} (2 …)")
    if not settings.role_names <= ROLES:
        raise SettingRefused(name="HUTONG_ROLES", reason=f"{settings.roles} ({','.join(sorted(ROLES))})")
    if settings.role_names != ROLES and not settings.nats_url:
        # Without one, what this process says would reach none of those with the other roles.
        raise SettingRefused(name="HUTONG_NATS_URL", reason=f"HUTONG_ROLES={settings.roles}: nats://[TOKEN@]HOST:4222")
    _check_carriers(settings)
    if bool(settings.tls_certificate) != bool(settings.tls_key):
        raise SettingRefused(name="HUTONG_TLS_CERTIFICATE", reason="HUTONG_TLS_KEY + HUTONG_TLS_CERTIFICATE")
    for file in (settings.tls_certificate, settings.tls_key):
        if file and not file.is_file():
            raise SettingRefused(name="HUTONG_TLS_CERTIFICATE", reason=f"{file}?")
    if settings.public_url and not _is_origin(settings.public_url):
        raise SettingRefused(name="HUTONG_PUBLIC_URL", reason="https://HOST[:PORT]")
    for proxy in filter(None, (part.strip() for part in settings.trusted_proxies.split(","))):
        try:
            ipaddress.ip_network(proxy)
        except ValueError as cause:
            raise SettingRefused(name="HUTONG_TRUSTED_PROXIES", reason=proxy) from cause


def _check_carriers(settings: Settings) -> None:
    if settings.smtp_host and not settings.smtp_from:
        raise SettingRefused(name="HUTONG_SMTP_FROM", reason="互通 <hutong@example.com>")
    if settings.sms_url and not settings.sms_url.startswith(("https://", "http://127.0.0.1")):
        raise SettingRefused(name="HUTONG_SMS_URL", reason="https://…")
