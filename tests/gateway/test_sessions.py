"""A socket lives as long as the session behind it, however that ends."""

from hutong import directory
from hutong.core.db import Database
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
