"""What stayed unread, said once and together."""

from collections.abc import Sequence

import msgspec

from hutong.messaging import Waiting
from hutong.notifications import wording

_MOST_LISTED = 20
_WORDS = {
    "zh-CN": {
        "subject": "互通：{places} 个会话有 {count} 条未读消息",
        "begin": "您不在的时候，这些会话里有新消息：",
        "place": "{name}（{count} 条未读）",
        "more": "还有 {count} 个会话：{link}",
        "end": "不想再收到这样的提醒，请在这里的“通知”中关闭：{link}",
    },
    "en": {
        "subject": "Hutong: {count} unread {messages} in {places} {chats}",
        "begin": "While you were away something was said here:",
        "place": "{name} ({count} unread)",
        "more": "More chats: {count}. {link}",
        "end": "To receive no more of these, turn them off under “Notifications”: {link}",
    },
}


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is the same for the same digest; `short` fits a text message, and holds nothing that was said."""

    key: str
    subject: str
    text: str
    short: str


def make_digest(
    person_id: int, waiting: Sequence[Waiting], language: str, base_url: str, *, shows_text: bool
) -> Digest:
    """Of all that waits for one person, the newest first."""
    words = _WORDS.get(language, _WORDS["zh-CN"])
    count = sum(it.unread_count for it in waiting)
    subject = words["subject"].format(
        places=len(waiting),
        count=count,
        messages="message" if count == 1 else "messages",
        chats="chat" if len(waiting) == 1 else "chats",
    )
    parts = [words["begin"]]
    for it in waiting[:_MOST_LISTED]:
        said = wording.line(it, language, shows_text=shows_text)
        name = " ".join(it.name.split())[:60]
        place = words["place"].format(name=name, count=it.unread_count)
        parts.append(f"{place}\n{said}\n{base_url}/chats/{it.conversation_id}/{it.seq}")
    if len(waiting) > _MOST_LISTED:
        parts.append(words["more"].format(count=len(waiting) - _MOST_LISTED, link=f"{base_url}/chats"))
    parts.append(words["end"].format(link=f"{base_url}/settings"))
    newest = max(it.said_at for it in waiting)
    return Digest(
        key=f"digest-{person_id}-{int(newest.timestamp() * 1000)}",
        subject=subject,
        text="\n\n".join(parts) + "\n",
        short=f"{subject} {base_url}/chats",
    )
