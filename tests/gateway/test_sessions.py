"""A socket lives as long as the session behind it, however that ends."""

from hutong import directory
from hutong.core import live
from hutong.core.db import Database
from hutong.core.live import HearingChanged, Listening
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


async def test_whose_hearing_changed_is_cut_off_reads_it_anew_and_is_told_to_look_again(
    lin: Member, chen: Member, network: Network
) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "第一句")
    async with chen.socket() as his, lin.socket() as hers:
        network.db.broker.publish(HearingChanged((int(chen.id),)))
        assert (await his.next("look_again"))["within_seconds"] == 0
        await hers.say(talk, "还在听")
        assert (await his.next("message"))["message"]["text"] == "还在听"
        assert await hers.heard_nothing("look_again")


async def test_after_signals_may_have_been_lost_everybody_hears_what_the_rows_say(
    lin: Member, zhao: Member, chen: Member, network: Network, db: Database
) -> None:
    group = await lin.group("群", zhao, chen)
    async with chen.socket() as his, zhao.socket() as theirs, lin.socket() as hers:
        async with db.begin() as tx:  # a process that died before it could tell
            await tx.execute(
                "update participants set left_at = joined_at where conversation_id = $1 and person_id = $2",
                int(group["id"]), int(chen.id),
            )  # fmt: skip
        network.db.broker.publish(HearingChanged(None))
        for socket in (his, theirs, hers):
            assert (await socket.next("look_again"))["within_seconds"] == 0
        await hers.say(group, "只给在的人")
        assert (await theirs.next("message"))["message"]["text"] == "只给在的人"
        assert await his.heard_nothing("message")
