"""The verbs of the files room."""

from hutong.files.actions.bounds import check_day
from hutong.files.actions.keep import delete_files, keep_file, receive, store_file, sweep, use_file
from hutong.files.actions.uploads import add_piece, find_upload, finish_upload, remove_upload, start_upload

__all__ = [
    "add_piece",
    "check_day",
    "delete_files",
    "find_upload",
    "finish_upload",
    "keep_file",
    "receive",
    "remove_upload",
    "start_upload",
    "store_file",
    "sweep",
    "use_file",
]
