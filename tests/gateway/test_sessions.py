"""A socket lives as long as the session behind it, however that ends."""

from hutong import directory
from hutong.core import live
from hutong.core.db import Database
from hutong.core.live import Listening
from hutong.roles.serve import Network
from tests.people import Member


async def test_who_is_deactivated_from_the_command_line_is_cut_off_too(
    lin: Member, chen: Member, network: Network, db: Database
) -> None:
    async with chen.socket() as his, lin.socket() as hers:
        async with db.begin() as tx:  # another process: its broker reaches nobody here
            company_id = await tx.fetchval("select company_id from people where id = $1", int(chen.id))
            await directory.deactivate_members(tx, None, company_id, [int(chen.id)])
        await network.live.hub.check_sessions()
        assert await his.close_code() == 4001
        assert (await hers.say("1", "x"))["code"] == "not_found", "she stays"


async def test_of_two_changes_told_the_wrong_way_round_the_later_one_holds(
    lin: Member, zhao: Member, chen: Member, network: Network
) -> None:
    group = await lin.group("群", zhao, chen)
    channel = live.conversation_channel(int(group["id"]))
    async with chen.socket() as his:
        await lin.delete(f"/api/conversations/{group['id']}/participants/{chen.id}")
        await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
        # As from a process whose word of the removal was held up.
        network.db.broker.publish(Listening(int(chen.id), channel, starts=False, position=2))
        await lin.say(group, "你还听得见")
        assert await his.next("message", lambda it: it["message"]["text"] == "你还听得见")
