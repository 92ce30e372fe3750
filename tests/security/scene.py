"""What strangers would like to reach: a talk between Lin and Zhao, a customer of Lin's, and the ids of it all."""

import io
from dataclasses import dataclass, field
from datetime import timedelta

from PIL import Image

from hutong.core import clock
from tests.people import Consumer, Json, Member, new_client_id


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()


PNG = _picture()


@dataclass
class Scene:
    """`ids` gives each path parameter something of Lin's and Zhao's; `absent` the same shape of nothing at all."""

    ids: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    # Words that must never come out to a stranger.
    secrets: list[str] = field(default_factory=list)


async def play(lin: Member, zhao: Member, wu: Consumer) -> Scene:
    talk = await lin.direct(zhao)
    await lin.say(talk, "底价二十一万八")
    sent: Json = await lin.send_file(talk, b"price list, 218000", "底价表.txt")
    wish = {"client_id": new_client_id(), "seqs": [1, 2], "to": [talk["id"]], "way": "merged"}
    await lin.post(f"/api/conversations/{talk['id']}/forwards", wish)
    bundle = (await lin.messages(talk))[-1]["merged"]["bundle_id"]
    group = await lin.group("价格战", zhao)
    topic = await lin.post(f"/api/conversations/{group['id']}/topics", {"client_id": new_client_id(), "name": "让利"})
    way = await lin.way()
    await wu.walk_in(way, "想试驾")
    recovery = await wu.post(f"{wu.door}/recovery-link")
    customer = (await lin.customers())[0]
    invitation = await zhao.post(f"/api/members/{lin.id}/invitation")
    department = next(item for item in (await lin.get("/api/departments"))["items"] if item["name"] == "销售部")
    channel = await zhao.post(
        "/api/channels",
        {"client_id": new_client_id(), "name": "销售内参", "audience": {"department_ids": [department["id"]]}},
    )
    await zhao.say(channel, "提成方案")
    waiting = await lin.post(f"/api/conversations/{talk['id']}/scheduled-messages", _later("提成明早说"))
    begun = await lin.request("POST", "/api/uploads", b"", headers={"tus-resumable": "1.0.0", "upload-length": "9"})
    ids = {
        "conversation_id": talk["id"],
        "scheduled_id": waiting["id"],
        "channel_id": channel["id"],
        "person_id": zhao.id,
        "member_id": lin.id,
        "department_id": department["id"],
        "contact_id": customer["id"],
        "seq": "1",
        "emoji": "👍",
        "file_id": sent["file"]["id"],
        "bundle_id": bundle,
        "topic_id": topic["id"],
        "upload_id": begun.headers["location"].rpartition("/")[2],
        "way": way,
        "secret": recovery["url"].rpartition("/")[2],
        "token": invitation["url"].rpartition("/")[2],
    }
    absent = dict.fromkeys(ids, "4611686018427387904") | {
        "way": "nobodyhere23",
        "secret": "x" * 43,
        "token": "x" * 43,
        "emoji": "👍",
    }
    return Scene(
        ids,
        absent,
        [
            "底价",
            "想试驾",
            "内参",
            "提成",
            "价格战",
            "让利",
            talk["id"],
            channel["id"],
            sent["file"]["id"],
            customer["id"],
            lin.account,
        ],
    )


def _later(text: str) -> Json:
    send_at = (clock.now() + timedelta(days=1)).isoformat()
    return {"client_id": new_client_id(), "text": text, "send_at": send_at}


def bodies(person_id: str) -> dict[str, Json | bytes]:
    """A body that would be right, were the caller: for every route that takes one."""
    return {
        "POST /api/session": {"company": "lanting", "login": "nobody", "password": "not this one"},
        "PUT /api/me/password": {"current": "not this one", "new": "another one 7"},
        "POST /api/invitations/{token}": {"password": "long enough 7"},
        "PUT /api/members/{member_id}/password": {"password": "long enough 7"},
        "POST /api/members": {"name": "钱一", "account": "qianyi", "department": "销售部"},
        "POST /api/roster/preview": "姓名,帐号,部门\n钱一,qianyi,销售部\n".encode(),
        "POST /api/roster/import": "姓名,帐号,部门\n钱一,qianyi,销售部\n".encode(),
        "POST /api/conversations": {"kind": "direct", "person_id": person_id},
        "POST /api/channels": {"client_id": new_client_id(), "name": "公告", "audience": {"everybody": True}},
        "PATCH /api/channels/{channel_id}": {"name": "改名"},
        "PATCH /api/conversations/{conversation_id}": {"name": "改名"},
        "PUT /api/conversations/{conversation_id}/owner": {"person_id": person_id},
        "POST /api/conversations/{conversation_id}/participants": {"person_ids": [person_id]},
        "PATCH /api/conversations/{conversation_id}/group": {"who_edits": "managers"},
        "PUT /api/conversations/{conversation_id}/notice": {"text": "偷偷公告"},
        "POST /api/conversations/{conversation_id}/topics": {"client_id": new_client_id(), "name": "偷偷开题"},
        "PATCH /api/conversations/{conversation_id}/topics/{topic_id}": {"is_closed": True},
        "POST /api/conversations/{conversation_id}/join-decisions": {"request_ids": ["1"], "is_accepted": True},
        "POST /api/conversations/{conversation_id}/messages": {
            "client_id": new_client_id(),
            "kind": "text",
            "text": "偷偷说一句",
        },
        "POST /api/conversations/{conversation_id}/forwards": {"client_id": new_client_id(), "seqs": [1], "to": ["1"]},
        "PUT /api/conversations/{conversation_id}/read": {"seq": 1},
        "PATCH /api/conversations/{conversation_id}/settings": {"is_muted": True},
        "PUT /api/conversations/{conversation_id}/draft": {"text": "没写完"},
        "POST /api/conversations/{conversation_id}/scheduled-messages": _later("偷偷晚点说"),
        "PATCH /api/me/scheduled-messages/{scheduled_id}": {"text": "改"},
        "PATCH /api/conversations/{conversation_id}/messages/{seq}": {"text": "改"},
        "POST /api/conversations/{conversation_id}/messages/{seq}/nudge": {},
        "POST /api/retention/preview": {"staff_days": 365, "customer_days": None},
        "PUT /api/retention": {
            "staff_days": 30,
            "customer_days": 30,
            "as_of": clock.now().isoformat(),
            "message_count": 9,
        },
        "POST /api/files": PNG,
        "PATCH /api/uploads/{upload_id}": PNG,
        "PATCH /api/consumer/{way}/uploads/{upload_id}": PNG,
        "PATCH /api/contacts/{contact_id}": {"remark": "备注"},
        "PUT /api/link-previews": {"is_on": False},
        "PUT /api/me/notification-settings": {"has_sound": False},
        "PUT /api/me/push-subscription": {"endpoint": "https://127.0.0.1/", "keys": {"p256dh": "x", "auth": "x"}},
        "POST /api/consumer/{way}/messages": {"client_id": new_client_id(), "kind": "text", "text": "您好"},
        "POST /api/consumer/{way}/pictures": PNG,
        "POST /api/consumer/{way}/voices": PNG,
        "PUT /api/consumer/{way}/read": {"seq": 1},
        "PUT /api/consumer/{way}/name": {"name": "吴女士"},
    }
