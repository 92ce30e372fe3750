"""Who is this? Companies, the people who may speak, how they prove who they are, and for how long we believe it.

Tables: companies, people (members and contacts alike: the one table of faces), logins, passwords, sessions,
invitations, recovery_links, sign_in_attempts. The rooms above keep what else they know of a person under the same id.

Promises:
- A secret is stored as a digest only: passwords by argon2, tokens by SHA-256.
- A login (account or phone, lower case) names one person of a company, or nobody.
- Whoever is deactivated is signed out in the same transaction, and their sockets close at its commit.
- Guessing is limited by login and by address, counted before the password is looked at.
"""

from hutong.identity.actions.companies import create_company
from hutong.identity.actions.invitations import create_invitation, read_invitation
from hutong.identity.actions.passwords import describe_account, make_hash, reset_password, set_password
from hutong.identity.actions.people import (
    activate_people,
    deactivate_people,
    grant_admin,
    insert_people,
    rename_people,
    set_logins,
)
from hutong.identity.actions.recovery import claim_recovery_link, create_recovery_link, find_recovery_link
from hutong.identity.actions.sessions import (
    Recognizer,
    end_sessions,
    find_contact_actor,
    forget_expired,
    list_valid_sessions,
    start_contact_session,
)
from hutong.identity.browser import COOKIE, device_of, find_member, session_cookie
from hutong.identity.model import (
    CONTACT_SESSION,
    Account,
    Company,
    CompanyNotFound,
    Device,
    LoginTaken,
    NewPerson,
    Person,
    PersonKind,
    WeakPassword,
    check_password,
    person_out,
)
from hutong.identity.store import (
    find_company,
    find_login_holders,
    get_company,
    list_companies,
    list_people,
)

__all__ = [
    "CONTACT_SESSION",
    "COOKIE",
    "Account",
    "Company",
    "CompanyNotFound",
    "Device",
    "LoginTaken",
    "NewPerson",
    "Person",
    "PersonKind",
    "Recognizer",
    "WeakPassword",
    "activate_people",
    "check_password",
    "claim_recovery_link",
    "create_company",
    "create_invitation",
    "create_recovery_link",
    "deactivate_people",
    "describe_account",
    "device_of",
    "end_sessions",
    "find_company",
    "find_contact_actor",
    "find_login_holders",
    "find_member",
    "find_recovery_link",
    "forget_expired",
    "get_company",
    "grant_admin",
    "insert_people",
    "list_companies",
    "list_people",
    "list_valid_sessions",
    "make_hash",
    "person_out",
    "read_invitation",
    "rename_people",
    "reset_password",
    "session_cookie",
    "set_logins",
    "set_password",
    "start_contact_session",
]
