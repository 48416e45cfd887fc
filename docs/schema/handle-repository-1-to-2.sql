-- Brings the tables of the repository of handles from version 1 to version 2; for PostgreSQL and H2.

alter table databricks_handle add column if not exists returns_rows boolean;

alter table databricks_handle add column if not exists added_at timestamp with time zone;

alter table databricks_handle add column if not exists sealed_key varchar(32);

insert into databricks_schema (version, created_at)
    select 2, current_timestamp where not exists (select 1 from databricks_schema where version = 2);
