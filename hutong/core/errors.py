"""Errors are facts with a stable code and a sentence, in the reader's language, that says what to do.

Raise them far from HTTP; the edge turns them into `{"code", "message", "details"}`. A room's own errors subclass the
bases below. The class attributes `zh` and `en` may hold `{placeholders}`, filled from the keyword arguments.
"""

from typing import Any, ClassVar


class HutongError(Exception):
    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    zh: ClassVar[str] = "服务出了点问题，已记录。请稍后再试。"
    en: ClassVar[str] = "Something went wrong on our side and was recorded. Please try again later."
    # Whether the very same request may succeed later without any change: told to clients of the live protocol.
    retry: ClassVar[bool] = False

    def __init__(self, *, details: dict[str, Any] | None = None, **values: object) -> None:
        super().__init__(self.code)
        self.details = details
        self.values = values

    def sentence(self, language: str) -> str:
        """The message in `language` ("zh-CN" or "en"), placeholders filled."""
        template = self.en if language == "en" else self.zh
        return template.format(**self.values) if self.values else template

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence('en')}"


class BadRequest(HutongError):
    status = 400
    code = "bad_request"
    zh = "请求的格式不对，无法读懂。"
    en = "The request is malformed and could not be read."


class NotSignedIn(HutongError):
    status = 401
    code = "not_signed_in"
    zh = "请先登录。"
    en = "Please sign in first."


class Forbidden(HutongError):
    status = 403
    code = "forbidden"
    zh = "您没有权限这样做，请联系管理员。"
    en = "You may not do this. Ask your administrator."


class PasswordMustChange(Forbidden):
    code = "password_must_change"
    zh = "请先修改密码：现在的密码是管理员设置的。"
    en = "Change your password first: the present one was set by an administrator."


class OriginRefused(Forbidden):
    code = "origin_refused"
    zh = "请求来自其他网站，已拒绝。"
    en = "The request came from another site and was refused."


class NotFound(HutongError):
    status = 404
    code = "not_found"
    zh = "没有找到，或者您看不到它。"
    en = "Not found, or not visible to you."


class MethodNotAllowed(HutongError):
    status = 405
    code = "method_not_allowed"
    zh = "这个地址不支持这种操作。"
    en = "This address does not support that method."


class Conflict(HutongError):
    status = 409
    code = "conflict"
    zh = "与现有的内容冲突，请刷新后再试。"
    en = "This conflicts with what is there. Refresh and try again."


class TooLarge(HutongError):
    status = 413
    code = "too_large"
    zh = "内容太大，请控制在 {limit} 以内。"
    en = "This is too large. Keep it under {limit}."


class Invalid(HutongError):
    status = 422
    code = "invalid"
    zh = "有些内容不符合要求，请检查后再试。"
    en = "Some values are not acceptable. Check them and try again."


class TooMany(HutongError):
    status = 429
    code = "too_many"
    zh = "操作太频繁，请稍后再试。"
    en = "Too many requests. Please wait a little."
    retry = True


class Unavailable(HutongError):
    status = 503
    code = "unavailable"
    zh = "服务暂时不可用，请稍后再试。"
    en = "The service is unavailable for a moment. Please try again."
    retry = True
