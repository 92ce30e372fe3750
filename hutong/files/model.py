"""What a file is, and its rules without I/O."""

import unicodedata
from datetime import timedelta
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from hutong.core.errors import Invalid, NotFound, TooLarge, Unavailable

MEGABYTE = 1024 * 1024
MAX_PICTURE_BYTES = 20 * MEGABYTE
MAX_PICTURE_PIXELS = 50_000_000
# All frames together: what an animation costs to decode.
MAX_ANIMATION_PIXELS = 150_000_000
THUMBNAIL_PIXELS = 480
# A minute at twice the rate at which browsers record.
MAX_SOUND_BYTES = 4 * MEGABYTE
MAX_VOICE_SECONDS = 60
# Between the last second shown and the recorder's end something is still recorded.
VOICE_GRACE_MS = 2_000
MAX_NAME = 200
# In one request; what is larger comes in pieces.
MAX_AT_ONCE_BYTES = 100 * MEGABYTE
# An upload that no message used for so long is removed, and can no longer be used.
UNUSED_LIFE = timedelta(days=1)

PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
UNKNOWN_TYPE = "application/octet-stream"

Part = Literal["bytes", "thumbnail"]
# What a page can show of it in place; pictures are known by their size and kind of message.
ShownAs = Literal["video", "sound", "pdf"]
# What its bytes must be, where only that will do.
Demand = Literal["picture", "voice"]


class EmptyFile(Invalid):
    code = "empty_file"
    zh = "文件是空的，请换一个文件。"
    en = "The file is empty. Choose another one."


class UploadBroken(Invalid):
    code = "upload_broken"
    zh = "文件没有传完，请重新上传。"
    en = "The upload was cut off before its end. Upload the file again."


class FileTooLarge(TooLarge):
    zh = "文件太大，最大 {limit}。"
    en = "The file is too large: at most {limit}."


class TooLargeAtOnce(TooLarge):
    code = "too_large_at_once"
    zh = "一次请求最多上传 {limit}，更大的文件请分段上传（/api/uploads）。"
    en = "One request takes at most {limit}. Send larger files in pieces (/api/uploads)."


class NotAPicture(Invalid):
    code = "not_a_picture"
    zh = "这不是可以显示的图片。请发送 5000 万像素以内的 JPEG、PNG、GIF 或 WebP 图片。"
    en = "This is not a picture we can show. Send a JPEG, PNG, GIF or WebP of at most 50 megapixels."


class NotAVoice(Invalid):
    code = "not_a_voice"
    zh = "这不是可以播放的语音，或超过 60 秒。请重新录音（WebM、Ogg 或 MP4）。"
    en = "This is no voice message we can play, or longer than 60 seconds. Record again (WebM, Ogg or MP4)."


class FileUnusable(Invalid):
    code = "file_unusable"
    zh = "这个文件不能发送：它不存在、不是您上传的、已过期，或不是图片。请重新上传。"
    en = "This file cannot be sent: it does not exist, is not yours, has expired, or is no picture. Upload it again."


class FileGone(NotFound):
    code = "file_gone"
    zh = "文件的内容找不到了，请联系管理员。"
    en = "The file's content is missing. Tell your administrator."


class StorageFull(Unavailable):
    code = "storage_full"
    zh = "服务器的磁盘满了，文件没有保存。请联系管理员。"
    en = "The server's disk is full; the file was not saved. Tell your administrator."


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file as clients see it. `shown_as`: it can be shown in place; absent for pictures, which have a thumbnail, and
    for what is only saved. `width` and `height` are there for pictures and videos, `duration_ms` where it is known."""

    id: str
    name: str
    size: int
    media_type: str
    width: int | None = None
    height: int | None = None
    duration_ms: int | UnsetType = UNSET
    shown_as: ShownAs | UnsetType = UNSET


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the server knows it. `sha256` is of the bytes as they are kept."""

    id: int
    company_id: int
    owner_id: int
    sha256: bytes
    size: int
    media_type: str
    name: str
    width: int | None
    height: int | None
    duration_ms: int | None
    shown_as: ShownAs | None = None

    @property
    def is_picture(self) -> bool:
        """Decoded and written anew by us: it may be shown in a page, and has a thumbnail."""
        return self.media_type in PICTURE_TYPES

    @property
    def is_voice(self) -> bool:
        return self.media_type.startswith("audio/") and is_voice(self.duration_ms)

    @property
    def is_played(self) -> bool:
        """A browser may be told what it is: it can do nothing with it but play it."""
        return self.is_voice or self.shown_as in {"video", "sound"}


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that are safe on the store but have no row yet. Without one they are removed after a day."""

    id: int
    name: str
    sha256: bytes
    size: int
    media_type: str
    width: int | None
    height: int | None
    duration_ms: int | None
    shown_as: ShownAs | None = None


def file_out(file: StoredFile) -> File:
    return File(
        id=str(file.id),
        name=file.name,
        size=file.size,
        media_type=file.media_type,
        width=file.width,
        height=file.height,
        duration_ms=UNSET if file.duration_ms is None else file.duration_ms,
        shown_as=file.shown_as or UNSET,
    )


def is_voice(duration_ms: int | None) -> bool:
    return duration_ms is not None and duration_ms <= MAX_VOICE_SECONDS * 1000 + VOICE_GRACE_MS


def megabytes(count: int) -> str:
    return f"{count / MEGABYTE / 1024:g} GB" if count % (1024 * MEGABYTE) == 0 else f"{count / MEGABYTE:g} MB"


# Letters by their category, and nothing to be seen: fillers of Hangul, the empty pattern of Braille.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean_name(name: str) -> str:
    """The name as it is kept and offered for saving: no folders, nothing invisible, at most MAX_NAME characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Cc are controls, Cs lone surrogates; Cf holds the direction marks that make "exe.gpj" read "jpg.exe".
    # The joiner alone stays: emoji need it. A long gap would push the ending out of sight.
    visible = "".join(c for c in last if c == "\u200d" or not _is_unseen(c))
    trimmed = " ".join(visible.split()).strip("\u200d ")
    if len(trimmed) > MAX_NAME:
        stem, dot, ending = trimmed.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 16 else ""
        trimmed = trimmed[: MAX_NAME - len(ending)].rstrip() + ending
    return trimmed if trimmed.strip(".") else "file"


def _is_unseen(character: str) -> bool:
    return character in _BLANKS or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
