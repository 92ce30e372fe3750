"""What can go wrong with the embedded database, said so that the operator can mend it."""

from hutong.core.errors import HutongError


class PostgresFailed(HutongError):
    code = "postgres_failed"
    zh = "内置数据库没有启动：{reason}。日志在 {log}。"
    en = "The embedded database did not start: {reason}. Its log is {log}."


class DataFolderInUse(HutongError):
    code = "data_folder_in_use"
    zh = "数据目录 {folder} 正在被另一个互通进程使用。请先停止它，或用 --data 指定另一个目录。"
    en = "The data folder {folder} is in use by another Hutong process. Stop that one, or name another with --data."


class DataFolderRefused(HutongError):
    code = "data_folder_refused"
    zh = "数据目录 {folder} 不能使用：{reason}"
    en = "The data folder {folder} cannot be used: {reason}"


class ClusterTooOld(HutongError):
    code = "cluster_version_mismatch"
    zh = (
        "数据目录 {folder} 里的数据库是 PostgreSQL {found},而这个版本的互通带的是 {ours}。"
        "请用原来的互通版本运行 `hutong backup FILE`,再用这个版本运行 `hutong restore FILE`。"
    )
    en = (
        "The database in {folder} was made by PostgreSQL {found}, but this Hutong brings {ours}. Run `hutong backup"
        " FILE` with the Hutong that made it, then `hutong restore FILE` with this one."
    )
