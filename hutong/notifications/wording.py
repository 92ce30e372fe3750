"""What waits, in a line, in the reader's language."""

from hutong.core.db import Row
from hutong.messaging import Waiting

_TEXT_LENGTH = 120
_WORDS = {
    "zh-CN": {
        "hidden": "发来一条消息", "called": "[有人@我] ", "nudge": "[加急] ", "by": "{name}：{text}",
        "image": "[图片]", "file": "[文件]",
        "voice": "[语音] {text}", "card": "[名片] {text}", "location": "[位置] {text}", "other": "[消息]",
    },
    "en": {
        "hidden": "sent a message", "called": "[@ me] ", "nudge": "[Urgent] ", "by": "{name}: {text}",
        "image": "[Image]", "file": "[File]",
        "voice": "[Voice] {text}", "card": "[Name card] {text}", "location": "[Location] {text}", "other": "[Message]",
    },
}  # fmt: skip


def words_of(language: str) -> dict[str, str]:
    return _WORDS.get(language, _WORDS["zh-CN"])


def line(waiting: Waiting, language: str, *, shows_text: bool) -> str:
    """Who said what; whoever's name is the conversation's is not named twice."""
    words = words_of(language)
    is_named = waiting.kind not in {"direct", "customer"}
    text = _said(words, waiting.message_kind, waiting.text, waiting.sender_name if is_named else None, shows_text)
    return words["called"] + text if waiting.is_called else text


def nudge_line(nudge: Row, language: str, *, shows_text: bool) -> str:
    """The same of a message about which somebody asks to be heard now."""
    words = words_of(language)
    name = nudge["sender_name"] if nudge["kind"] != "direct" else None
    return words["nudge"] + _said(words, nudge["message_kind"], nudge["body"], name, shows_text)


def _said(words: dict[str, str], kind: str, body: str, name: str | None, shows_text: bool) -> str:
    text = words["hidden"]
    if shows_text:
        text = body if kind == "text" else words.get(kind, words["other"]).replace("{text}", body)
    text = " ".join(text.split())[:_TEXT_LENGTH]
    return text if name is None else words["by"].format(name=name[:40], text=text)
