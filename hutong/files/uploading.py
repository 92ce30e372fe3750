"""A file that comes in pieces: what is known of it, and its rules without I/O."""

from datetime import datetime, timedelta

import msgspec

from hutong.core.errors import BadRequest, Conflict, HutongError, TooLarge, TooMany
from hutong.files.model import MEGABYTE

# Since its last piece. What is left of it then is removed.
UPLOAD_LIFE = timedelta(days=1)
# How many a person may have begun and not ended.
MAX_UNFINISHED = 20
MAX_UNFINISHED_OF_CONTACT = 3
# What came is on the disk, and known to be, after so many bytes at the latest.
SYNC_BYTES = 8 * MEGABYTE
# A line on which nothing comes for so long is believed dead: who sends on by another one need not wait longer.
SILENT_SECONDS = 20.0
# What must stay free on the disk when all that was announced has come.
SPARE_BYTES = 256 * MEGABYTE


class UploadBusy(HutongError):
    status = 423
    code = "upload_busy"
    zh = "这个文件正在从另一处上传，请稍后再试。"
    en = "This file is being uploaded over another connection. Try again in a moment."
    retry = True


class UploadElsewhere(Conflict):
    code = "upload_elsewhere"
    zh = "这一段不在该接的地方，请从服务器已有的位置继续。"
    en = "This piece does not follow what has come. Ask how far the upload is, and go on from there."


class UploadUnfinished(Conflict):
    code = "upload_unfinished"
    zh = "文件还没有传完，请先传完。"
    en = "The file has not come whole yet. Upload the rest first."


class PieceTooLong(TooLarge):
    code = "piece_too_long"
    zh = "收到的内容比文件的大小还多，请重新上传。"
    en = "More has come than the file was said to hold. Upload it again."


class TooManyUploads(TooMany):
    code = "too_many_uploads"
    zh = "没有传完的文件太多（最多 {limit} 个），请先传完或取消一些。"
    en = "Too many files are half uploaded (at most {limit}). Finish or cancel some first."
    retry = False


class PieceUnreadable(BadRequest):
    code = "piece_unreadable"
    zh = "上传请求的格式不对（tus 1.0）。"
    en = "This is no request of the upload protocol (tus 1.0)."


class PieceUntyped(HutongError):
    status = 415
    code = "piece_untyped"
    zh = "每一段的 Content-Type 必须是 application/offset+octet-stream。"
    en = "A piece is sent as application/offset+octet-stream."


class UploadProtocolUnknown(HutongError):
    status = 412
    code = "upload_protocol_unknown"
    zh = "服务器只认识 tus 1.0.0，请带上 Tus-Resumable: 1.0.0。"
    en = "This server speaks tus 1.0.0. Send Tus-Resumable: 1.0.0."


class UploadSilent(HutongError):
    status = 408
    code = "upload_silent"
    zh = "上传中断了，请继续上传。"
    en = "Nothing more came. Go on with the upload."
    retry = True


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """`received`: so many bytes are on the disk. `file_id`: the file that was made of it."""

    id: int
    company_id: int
    owner_id: int
    size: int
    received: int
    name: str
    touched_at: datetime
    file_id: int | None

    @property
    def expires_at(self) -> datetime:
        return self.touched_at + UPLOAD_LIFE


def check_piece(upload: Upload, offset: int, announced_bytes: int | None) -> None:
    """Raises UploadElsewhere, PieceTooLong."""
    if offset != upload.received or upload.file_id is not None:
        raise UploadElsewhere
    if announced_bytes is not None and offset + announced_bytes > upload.size:
        raise PieceTooLong


def max_unfinished(kind: str) -> int:
    return MAX_UNFINISHED if kind == "member" else MAX_UNFINISHED_OF_CONTACT
