"""Is there room for more? On the disk, in a person's day, and in what all customers may take together.

What is on its way in other requests at the same moment is not counted: each of them asks again after 8 MB.
"""

from hutong.core import clock
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.files import model, store, uploading
from hutong.files.filestore import FileStore
from hutong.files.uploading import OfContacts, TooMuchFromContacts, TooMuchToday


async def check_disk(file_store: FileStore, more: int) -> None:
    """Raises StorageFull."""
    if await file_store.spool.free_bytes() - more < file_store.limits.spare_bytes:
        raise model.StorageFull


async def check_day(tx: Tx, file_store: FileStore, actor: Actor, more: int) -> None:
    """Raises TooMuchToday."""
    limits = file_store.limits
    limit = limits.member_day_bytes if actor.kind == "member" else limits.contact_day_bytes
    if await store.sum_sent(tx, actor.person_id, clock.now() - uploading.DAY) + more > limit:
        raise TooMuchToday(limit=model.megabytes(limit))


async def check_announced(tx: Tx, file_store: FileStore, actor: Actor, size: int) -> None:
    """For an upload that is to begin. What members announce is theirs; a customer's room grows with what comes.

    Raises TooMuchToday, TooMuchFromContacts, StorageFull.
    """
    await check_day(tx, file_store, actor, size)
    if actor.kind == "member":
        await check_disk(file_store, await store.sum_awaited(tx) + size)
    else:
        contacts = await _sum_of_contacts(tx, file_store)
        await _check_contacts(file_store, contacts, min(size, uploading.CONTACT_AHEAD_BYTES))


async def check_next(db: Database, file_store: FileStore, actor: Actor, more: int) -> None:
    """For the next bytes of an upload. Raises TooMuchToday, TooMuchFromContacts, StorageFull."""
    async with db.begin() as tx:
        await check_day(tx, file_store, actor, more)
        contacts = await _sum_of_contacts(tx, file_store) if actor.kind == "contact" else None
    if contacts:
        await _check_contacts(file_store, OfContacts(contacts.held, 0), more)
    await check_disk(file_store, more)


async def _sum_of_contacts(tx: Tx, file_store: FileStore) -> OfContacts:
    # In a bucket what is whole takes nothing of this disk.
    return await store.sum_of_contacts(tx, clock.now() - uploading.DAY, with_finished=file_store.is_folder)


async def _check_contacts(file_store: FileStore, contacts: OfContacts, more: int) -> None:
    free = await file_store.spool.free_bytes()
    if not uploading.contacts_fit(contacts, free, file_store.limits.spare_bytes, more):
        raise TooMuchFromContacts
