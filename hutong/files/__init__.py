"""Where are the bytes? Uploads, pictures and their thumbnails, and how they are given out again.

Tables: files, uploads. Bytes: `DATA/files`, or the bucket that HUTONG_FILES_URL names, under a key of day and id; never
changed. What has not come whole yet: `DATA/incoming`.

Promises:
- A row is written only after its bytes are on disk; what is gone from the table goes from the disk.
- The type is what the bytes say, never what the name or the sender says. Pictures are decoded and written anew, so that
  neither place nor camera nor anything hidden comes along; they are shown in a page, and what browsers record is played
  there (its length is counted from its content); all else is a download.
- A file belongs to who uploaded it until they say it in a message (`use_file`); who may read it then is decided by the
  rooms above, which answer with `respond`.
- An upload in pieces (`tus`) is its person's alone; how far it is said to be, so far it is on the disk.
- What one person sends in a day, and what all customers' uploads take of the disk, is bounded (`actions/bounds.py`).
- What nobody used or went on with within a day is removed (`sweep`).

An upload in two steps, for who has to do more in the same transaction:
    received = await files.receive(file_store, request.stream(), name)      # bytes are safe, no row yet
    async with db.begin() as tx:
        file = await files.keep_file(tx, actor, received)                   # the row; then e.g. files.use_file
"""

from hutong.files import tus
from hutong.files.actions import (
    check_day,
    delete_files,
    finish_upload,
    keep_file,
    receive,
    store_file,
    sweep,
    use_file,
)
from hutong.files.filestore import FileStore, open_store
from hutong.files.model import (
    Demand,
    File,
    FileUnusable,
    NotAPicture,
    NotAVoice,
    Received,
    StoredFile,
    clean_name,
    file_out,
)
from hutong.files.responses import provide_file_store, respond
from hutong.files.store import get_file, list_files, list_keys

__all__ = [
    "Demand",
    "File",
    "FileStore",
    "FileUnusable",
    "NotAPicture",
    "NotAVoice",
    "Received",
    "StoredFile",
    "check_day",
    "clean_name",
    "delete_files",
    "file_out",
    "finish_upload",
    "get_file",
    "keep_file",
    "list_files",
    "list_keys",
    "open_store",
    "provide_file_store",
    "receive",
    "respond",
    "store_file",
    "sweep",
    "tus",
    "use_file",
]
