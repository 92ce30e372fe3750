"""A file that comes in pieces: what is known of it, and its rules without I/O."""

from datetime import datetime, timedelta
from uuid import UUID

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
# A day's share of the disk is what came within so long.
DAY = timedelta(days=1)
# At the limit, one on which nothing came for so long makes room for another. Over a slow line 8 MB take minutes.
SILENT_LIFE = timedelta(minutes=10)
# What a customer's upload is given room for beyond what has come: announcing alone takes nothing from anybody.
CONTACT_AHEAD_BYTES = 16 * MEGABYTE
# All customers' uploads of a day together may take one part in so many of the room there is.
CONTACT_SHARE = 4


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
    zh = "没有传完的文件太多（最多 {limit} 个），请先传完或取消一些，或过十分钟再试。"
    en = "Too many files are half uploaded (at most {limit}). Finish or cancel some, or try again in ten minutes."
    retry = False


class TooMuchToday(TooMany):
    code = "too_much_today"
    zh = "您 24 小时内发送的文件已达到上限（{limit}），请改发小一些的文件，或明天再发。"
    en = "You have sent as many files as fit into 24 hours ({limit}). Send a smaller one, or this one tomorrow."
    retry = False


class TooMuchFromContacts(TooMany):
    code = "too_much_from_contacts"
    zh = "客户发来的文件暂时太多，服务器放不下了。请改发小一些的文件，或过一会儿再试。"
    en = "Too many files came from customers lately; there is no room. Send a smaller one, or try again later."


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


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """`spare_bytes` must stay free on the disk, which may be the database's too."""

    file_bytes: int
    contact_day_bytes: int
    member_day_bytes: int
    spare_bytes: int


class OfContacts(msgspec.Struct, frozen=True):
    """What customers' uploads of a day take of this disk, and what those that have begun to come need room for."""

    held: int
    ahead: int


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """`received`: so many bytes are on the disk. `file_id`: the file that was made of it."""

    id: int
    company_id: int
    owner_id: int
    of_contact: bool
    # Made by the sender once for each upload: whoever did not hear that it was begun asks again.
    client_id: UUID | None
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


def contacts_fit(contacts: OfContacts, free_bytes: int, spare_bytes: int, more: int) -> bool:
    room = free_bytes + contacts.held - spare_bytes
    return contacts.held + contacts.ahead + more <= room // CONTACT_SHARE
