"""The browsers in which a person wants to be told, and the key by which push services know this network."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.notifications import model
from hutong.notifications.model import PushState, Subscription
from hutong.notifications.store import pushes


async def get_state(tx: Tx, actor: Actor) -> PushState:
    key = await get_key(tx)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    endpoint = await pushes.find_endpoint(tx, actor.session_id)
    return PushState(public_key=model.base64url(point), endpoint=endpoint)


async def get_key(tx: Tx) -> ec.EllipticCurvePrivateKey:
    """Made once: with another key every browser would have to be asked again."""
    raw = await pushes.find_key(tx)
    if raw is None:
        made = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big")
        await pushes.add_key(tx, made, clock.now())
        # Of two that are made at once the first to commit is the one.
        raw = await pushes.find_key(tx) or made
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


async def subscribe(tx: Tx, actor: Actor, subscription: Subscription, language: str) -> None:
    """This session's browser is told from now on. May be repeated."""
    await pushes.set_subscription(
        tx, actor.session_id, actor.company_id, actor.person_id, subscription, language, clock.now()
    )


async def unsubscribe(tx: Tx, actor: Actor) -> None:
    await pushes.delete_subscription(tx, actor.session_id)
