-- Iemand die met bart werkt:   psql -d bart -v who=begeleider -f facilitator.sql
-- Geef daarna een wachtwoord:  psql -d bart -c '\password begeleider'
\set ON_ERROR_STOP on
select not exists (select from pg_roles where rolname = :'who') as is_new \gset
\if :is_new
create role :"who" login nosuperuser nocreatedb nocreaterole;
\endif
grant bart_facilitator to :"who";
