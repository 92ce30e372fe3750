"""What identity knows, and its rules without I/O."""

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from hutong.core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, TooMany

PersonKind = Literal["member", "contact"]

# Browsers cap cookies at 400 days (RFC 6265bis). The server decides how long a session lasts, and each visit renews it:
# a cookie that went with the session's first term would sign out who comes daily.
COOKIE_LIFE = timedelta(days=400)
MEMBER_SESSION = timedelta(days=30)
CONTACT_SESSION = COOKIE_LIFE
RENEW_AFTER = timedelta(hours=1)
INVITATION_LIFE = timedelta(days=14)

ATTEMPT_WINDOW = timedelta(minutes=15)
MAX_ATTEMPTS_PER_LOGIN = 10
# A whole office may sign in from one address in the morning; failures only are kept.
MAX_ATTEMPTS_PER_ADDRESS = 100

MIN_PASSWORD = 8
MAX_PASSWORD = 256


class CompanyNotFound(NotFound):
    code = "company_not_found"
    zh = "没有找到这家企业，请检查网址。"
    en = "No such company. Check the address."


class CompanyExists(Conflict):
    code = "company_exists"
    zh = "已经有一家企业使用标识 {slug}。"
    en = "A company with the short name {slug} exists already."


class WrongCredentials(NotSignedIn):
    code = "wrong_credentials"
    zh = "账号或密码不对。忘记密码请联系管理员。"
    en = "The account or the password is wrong. Ask your administrator if you forgot it."


class TooManyAttempts(TooMany):
    code = "too_many_attempts"
    zh = "尝试次数太多，请 {minutes} 分钟后再试。"
    en = "Too many attempts. Try again in {minutes} minutes."


class WrongPassword(Forbidden):
    code = "wrong_password"
    zh = "当前密码不对。"
    en = "The current password is wrong."


class WeakPassword(Invalid):
    code = "weak_password"
    zh = "密码太弱：至少 8 个字符，不能是账号，也不能是常见密码。"
    en = "The password is too weak: at least 8 characters, not the account, not a common one."


class InvitationNotFound(NotFound):
    code = "invitation_not_found"
    zh = "邀请链接无效或已过期，请向管理员要一个新的。"
    en = "The invitation is invalid or has expired. Ask your administrator for a new one."


class RecoveryNotFound(NotFound):
    code = "recovery_not_found"
    zh = "找回链接无效或已过期。"
    en = "The recovery link is invalid or has expired."


class LoginTaken(Conflict):
    code = "login_taken"
    zh = "账号或手机号已被其他成员使用：{login}"
    en = "The account or phone is already used by another member: {login}"


class BadSlug(Invalid):
    code = "bad_slug"
    zh = "企业标识只能用小写字母、数字和连字符，2 到 32 个字符。"
    en = "A company's short name takes 2 to 32 lower-case letters, digits and hyphens."


class Company(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    slug: str
    name: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A face: what one may show of a member or a contact beside what they say."""

    id: str
    kind: PersonKind
    name: str
    avatar_url: str | None = None
    is_active: bool = True


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What identity knows of a signed-in member besides the face."""

    company: Company
    is_admin: bool
    must_change_password: bool
    logins: list[str]


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    name: str
    kind: PersonKind = "member"
    is_admin: bool = False


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One device on which a person is signed in."""

    id: str
    is_current: bool
    user_agent: str
    address: str
    created_at: datetime
    last_seen_at: datetime


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request comes from, as far as it says."""

    user_agent: str
    address: str


def person_out(person_id: int, kind: PersonKind, name: str, *, is_active: bool = True) -> Person:
    return Person(id=str(person_id), kind=kind, name=name, is_active=is_active)


def new_token() -> str:
    """A bearer secret of 256 bits, fit for a URL or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is stored of a token. It has full entropy, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def normal_login(text: str) -> str:
    """How a login is kept and looked up: NFKC, lower case, a phone without +86, spaces and dashes."""
    login = unicodedata.normalize("NFKC", text).strip().lower()
    compact = re.sub(r"[\s\-()]", "", login)
    if re.fullmatch(r"(\+?86)?1\d{10}", compact):
        return compact[-11:]
    return login


_COMMON = frozenset(
    """password password1 passw0rd 12345678 123456789 1234567890 87654321 11111111 00000000 88888888 66666666
    qwertyui qwerty123 1q2w3e4r 1qaz2wsx abc12345 abcd1234 a1234567 aa123456 iloveyou woaini1314 5201314520
    admin123 admin888 administrator letmein1 welcome1 hutong123""".split()  # noqa: SIM905 - a list would be 30 lines
)


def check_password(password: str, logins: list[str]) -> None:
    """Raises WeakPassword: 8 to 256 characters, no login of that person, not a common one, not two characters."""
    folded = password.lower()
    if (
        not MIN_PASSWORD <= len(password) <= MAX_PASSWORD
        or folded in _COMMON
        or len(set(folded)) < 3
        or any(folded == login for login in logins)
    ):
        raise WeakPassword


def check_slug(slug: str) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,30}[a-z0-9]", slug):
        raise BadSlug
