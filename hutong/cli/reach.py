"""What `hutong doctor` looks at from outside: the port, the address people are given, the certificate."""

import http.client
import os
import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from hutong.cli.checks import Finding
from hutong.core import clock
from hutong.core.postgres import is_supervised
from hutong.core.settings import Settings

_CERTIFICATE_NOTICE = timedelta(days=14)


def check_port(settings: Settings) -> Iterator[Finding]:
    host, port = settings.host, settings.port
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as cause:
            reason = cause.strerror or str(cause)
        else:
            yield Finding(True, f"端口 {port} 空闲", f"Port {port} is free")
            return
    is_ours = settings.database_url is not None or is_supervised(settings.data)
    if is_ours and _answers_healthy(settings):
        yield Finding(True, f"互通正在端口 {port} 上运行", f"Hutong is running on port {port}")
        return
    holder = _find_holder(port)
    by = f",占用者 {holder}" if holder else ""
    by_en = f", held by {holder}" if holder else ""
    yield Finding(
        False, f"{host} 的端口 {port} 不可用({reason}{by}):请停掉占用它的程序，或用 --port 换一个",
        f"Port {port} of {host} cannot be used ({reason}{by_en}): stop what holds it, or choose another with --port",
    )  # fmt: skip


def _answers_healthy(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    connection: http.client.HTTPConnection
    if settings.tls_certificate:
        # It is this machine that is asked; the certificate is for another name.
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(host, settings.port, timeout=3, context=context)
    else:
        connection = http.client.HTTPConnection(host, settings.port, timeout=3)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _find_holder(port: int) -> str | None:
    """Name and number of the process that listens on the port, as far as Linux and our rights tell."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            return None
        fields = (row.split() for row in rows)
        inodes |= {f"socket:[{f[9]}]" for f in fields if f[3] == "0A" and int(f[1].rpartition(":")[2], 16) == port}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(entry) in inodes for entry in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (pid {process.name})"
        except OSError:
            continue
    return None


def check_address(settings: Settings) -> Iterator[Finding]:
    """What people are told to open must lead here, and safely."""
    url = settings.base_url
    faults = 0
    if not _is_local(settings.host) and settings.public_url is None:
        faults += 1
        yield Finding(
            False, f"没有设置 HUTONG_PUBLIC_URL:链接和二维码会指向 {url},别的设备可能打不开",
            f"HUTONG_PUBLIC_URL is not set: links and QR codes lead to {url}, which other devices may not reach",
        )  # fmt: skip
    if settings.public_url and not settings.is_secure:
        faults += 1
        yield Finding(
            False, f"{url} 没有加密，登录信息会明文传输：请使用 https(HUTONG_TLS_CERTIFICATE,或前面的反向代理)",
            f"{url} is not encrypted, so sign-ins travel in the clear: use https (HUTONG_TLS_CERTIFICATE or a proxy)",
        )  # fmt: skip
    if settings.is_secure and not settings.tls_certificate and not settings.trusted_proxies:
        faults += 1
        yield Finding(
            False, f"{url} 由反向代理加密，但没有设置 HUTONG_TRUSTED_PROXIES:所有人会显示为同一个地址",
            f"{url} is encrypted by a proxy, but HUTONG_TRUSTED_PROXIES is not set: everybody seems to come from it",
        )  # fmt: skip
    if settings.tls_certificate and settings.tls_key:
        for finding in _check_certificate(settings.tls_certificate, settings.tls_key):
            faults += not finding.is_well
            yield finding
    if not faults:
        yield Finding(True, f"访问地址 {url}", f"People reach it at {url}")


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_certificate(certificate: Path, key: Path) -> Iterator[Finding]:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
        ends_at = _certificate_end(certificate)
    except (OSError, ssl.SSLError, ValueError) as cause:
        yield Finding(
            False, f"证书 {certificate} 与密钥 {key} 不能使用({cause}):请检查两个文件是否配套",
            f"The certificate {certificate} and key {key} cannot be used ({cause}): do they belong together?",
        )  # fmt: skip
        return
    day = f"{ends_at:%Y-%m-%d}"
    if ends_at < clock.now() + _CERTIFICATE_NOTICE:
        yield Finding(False, f"证书 {day} 到期：请更新", f"The certificate ends on {day}: renew it")
    else:
        yield Finding(True, f"证书有效到 {day}", f"The certificate is good until {day}")


def _certificate_end(certificate: Path) -> datetime:
    """The second time value in a certificate is its end (RFC 5280, 4.1); Python's ssl shows it for peers only."""
    first = (
        certificate.read_text().partition("-----END CERTIFICATE-----")[0].partition("-----BEGIN CERTIFICATE-----")[2]
    )
    der = ssl.PEM_cert_to_DER_cert(f"-----BEGIN CERTIFICATE-----{first}-----END CERTIFICATE-----\n")
    times = re.findall(rb"\x17\x0d(\d{12})Z|\x18\x0f(\d{14})Z", der)
    short, long = times[1]
    return datetime.strptime((long or b"20" + short).decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
