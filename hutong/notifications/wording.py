"""What waits, in a line, in the reader's language."""

from hutong.messaging import Waiting

_TEXT_LENGTH = 120
_WORDS = {
    "zh-CN": {
        "hidden": "发来一条消息", "called": "[有人@我] ", "by": "{name}：{text}",
        "image": "[图片]", "file": "[文件]",
        "voice": "[语音] {text}", "card": "[名片] {text}", "location": "[位置] {text}", "other": "[消息]",
    },
    "en": {
        "hidden": "sent a message", "called": "[@ me] ", "by": "{name}: {text}",
        "image": "[Image]", "file": "[File]",
        "voice": "[Voice] {text}", "card": "[Name card] {text}", "location": "[Location] {text}", "other": "[Message]",
    },
}  # fmt: skip


def words_of(language: str) -> dict[str, str]:
    return _WORDS.get(language, _WORDS["zh-CN"])


def line(waiting: Waiting, language: str, *, shows_text: bool) -> str:
    """Who said what; whoever's name is the conversation's is not named twice."""
    words = words_of(language)
    text = words["hidden"]
    if shows_text:
        text = waiting.text
        if waiting.message_kind != "text":
            text = words.get(waiting.message_kind, words["other"]).replace("{text}", text)
    text = " ".join(text.split())[:_TEXT_LENGTH]
    if waiting.kind not in {"direct", "customer"}:
        text = words["by"].format(name=waiting.sender_name[:40], text=text)
    return words["called"] + text if waiting.is_called else text
