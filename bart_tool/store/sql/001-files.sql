-- bart's sessions in PostgreSQL 13 or newer. Run once in a database of its own, as a superuser:
--     psql -v ON_ERROR_STOP=1 -d bart -f 001-files.sql
-- Nobody logs in as the owner. Whoever uses bart is in the group bart_facilitator, and owns nothing.

begin;

do $$
begin
    if not exists (select from pg_roles where rolname = 'bart_owner') then
        create role bart_owner nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'bart_facilitator') then
        create role bart_facilitator nologin;
    end if;
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to bart_facilitator', current_database());
end
$$;

create schema bart authorization bart_owner;
set local role bart_owner;

-- The files in this folder that were run; bart refuses a database that is older or newer.
create table bart.versions (number int primary key);
insert into bart.versions values (1);

create table bart.sessions (
    id bigint generated always as identity unique,
    name text collate "C" primary key
);

create table bart.members (
    session bigint not null references bart.sessions (id) on delete cascade,
    member name not null,
    primary key (session, member)
);

-- `content` is null for a folder; `fingerprint` is the SHA-256 by which a change is seen.
create table bart.files (
    session text collate "C" not null
        references bart.sessions on update cascade on delete cascade,
    path text collate "C" not null,
    folder text collate "C" not null
        generated always as (regexp_replace(path, '/?[^/]*$', '')) stored,
    content bytea,
    fingerprint text,
    primary key (session, path)
);
create index on bart.files (session, folder);

-- What was replaced or erased is cleaned out soon, whatever the server does with other tables.
alter table bart.files set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 50
);

-- Whoever makes a session is its first member; there is no other way in but bart.add_member.
create function bart.begin_membership() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into bart.members values (new.id, session_user);
    return new;
end
$$;
create trigger begin_membership after insert on bart.sessions
    for each row execute function bart.begin_membership();

-- The session of that name, if it is theirs who logged in; no `set role` changes who that is.
create function bart.own(session_name text) returns bigint
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_id bigint := (
        select s.id from bart.sessions s join bart.members m on m.session = s.id
        where s.name = session_name and m.member = session_user
    );
begin
    if found_id is null then
        raise insufficient_privilege using message = 'only a member of a session may do this';
    end if;
    return found_id;
end
$$;

create function bart.add_member(to_session text, new_member name) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (
        select from pg_roles r where r.rolname = new_member and r.rolcanlogin
        and pg_has_role(r.oid, 'bart_facilitator', 'member')
    ) then
        raise insufficient_privilege using message = 'not somebody who may use bart';
    end if;
    insert into bart.members values (bart.own(to_session), new_member) on conflict do nothing;
end
$$;

create function bart.remove_member(from_session text, old_member name) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_id bigint := bart.own(from_session);
begin
    delete from bart.members m where m.session = found_id and m.member = old_member;
    if not exists (select from bart.members m where m.session = found_id) then
        raise insufficient_privilege using message = 'a session has at least one member';
    end if;
end
$$;

create function bart.members_of(of_session text) returns setof name
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query
        select m.member from bart.members m where m.session = bart.own(of_session) order by 1;
end
$$;

alter table bart.versions enable row level security;
alter table bart.sessions enable row level security;
alter table bart.members enable row level security;
alter table bart.files enable row level security;

create policy to_all on bart.versions for select using (true);
create policy own on bart.members for select using (member = session_user);
create policy to_make on bart.sessions for insert with check (name <> '');
create policy to_see on bart.sessions for select
    using (id in (select m.session from bart.members m));
create policy to_rename on bart.sessions for update
    using (id in (select m.session from bart.members m)) with check (name <> '');
create policy to_remove on bart.sessions for delete
    using (id in (select m.session from bart.members m));
create policy of_members on bart.files
    using (session in (select s.name from bart.sessions s));
-- What lies beside all sessions, the municipality's colours, is read by all: it is of session ''.
create policy beside_all on bart.files for select using (session = '');

insert into bart.sessions (name) values ('');
delete from bart.members;

revoke all on all functions in schema bart from public;
grant usage on schema bart to bart_facilitator;
grant select on bart.versions, bart.members to bart_facilitator;
grant select, insert (name), update (name), delete on bart.sessions to bart_facilitator;
grant select, insert, update, delete on bart.files to bart_facilitator;
grant execute on function
    bart.add_member(text, name), bart.remove_member(text, name), bart.members_of(text)
    to bart_facilitator;

commit;
