"""departments, members, how they are found"""

from alembic import op

revision = "2026_11_24_02"
down_revision = "2026_11_24_01"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = [
    """create table departments (
        company_id bigint not null, id bigint primary key, parent_id bigint, name text not null,
        position integer not null, path bigint[] not null, member_count integer not null,
        constraint departments_name_key unique nulls not distinct (company_id, parent_id, name),
        constraint departments_company_id_fkey foreign key (company_id) references companies (id),
        constraint departments_parent_id_fkey foreign key (parent_id) references departments (id))""",
    "create index departments_parent_id_idx on departments (parent_id)",
    "create index departments_path_idx on departments using gin (path)",
    """create table members (
        person_id bigint primary key, company_id bigint not null, account text not null, alias text, title text,
        gender text, phone text, landline text, personal_email text, work_email text, address text,
        pinyin text not null, source text not null,
        constraint members_gender_check check (gender in ('male', 'female')),
        constraint members_source_check check (source in ('roster', 'manual')),
        constraint members_person_id_fkey foreign key (person_id) references people (id),
        constraint members_company_id_fkey foreign key (company_id) references companies (id))""",
    "create index members_company_id_idx on members (company_id)",
    """create table department_members (
        company_id bigint not null, department_id bigint not null, person_id bigint not null,
        is_head boolean not null, is_main boolean not null, position smallint not null,
        primary key (department_id, person_id),
        constraint department_members_company_id_fkey foreign key (company_id) references companies (id),
        constraint department_members_department_id_fkey foreign key (department_id) references departments (id),
        constraint department_members_person_id_fkey foreign key (person_id) references members (person_id))""",
    "create index department_members_person_id_idx on department_members (person_id)",
    """create table member_keys (
        company_id bigint not null, key text collate "C" not null, person_id bigint not null, rank smallint not null,
        primary key (company_id, key, person_id))""",
    "create index member_keys_person_id_idx on member_keys (person_id)",
]
