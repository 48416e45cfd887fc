-- The tables of the repository of handles, version 1; for PostgreSQL and H2.

create table if not exists databricks_schema (
    version integer not null primary key,
    created_at timestamp with time zone not null
);

create table if not exists databricks_node (
    epoch bigint generated always as identity primary key,
    node varchar(120) not null,
    joined_at timestamp with time zone not null,
    lease_until timestamp with time zone not null,
    ended_at timestamp with time zone
);

create table if not exists databricks_handle (
    handle_key varchar(128) not null primary key,
    endpoint varchar(500) not null,
    state varchar(16) not null,
    version bigint not null,
    owner_epoch bigint,
    due_at timestamp with time zone,
    settled_at timestamp with time zone,
    transport varchar(16) not null,
    workspace varchar(260) not null,
    warehouse varchar(64) not null,
    sql_hash varchar(128) not null,
    headers varchar(70000) not null,
    correlation_id varchar(4000),
    intended_at timestamp with time zone not null,
    row_limit bigint not null,
    statement_id varchar(128),
    sealed_id varchar(512),
    server_state varchar(16),
    error_code varchar(200),
    sql_state varchar(20),
    error_message varchar(8000),
    observed_at timestamp with time zone,
    ended_at timestamp with time zone,
    submitted_at timestamp with time zone,
    completed_at timestamp with time zone,
    keep_alive_by timestamp with time zone,
    result_expires_at timestamp with time zone,
    purged_at timestamp with time zone,
    loss varchar(20),
    claim_node varchar(120),
    claim_until timestamp with time zone,
    delivery_count integer not null,
    dead_reason varchar(4000)
);

create index if not exists databricks_handle_due on databricks_handle (endpoint, due_at, handle_key);

create index if not exists databricks_handle_owner on databricks_handle (owner_epoch, handle_key);

create index if not exists databricks_handle_settled on databricks_handle (settled_at);

create unique index if not exists databricks_handle_statement
    on databricks_handle (workspace, statement_id);

insert into databricks_schema (version, created_at)
    select 1, current_timestamp where not exists (select 1 from databricks_schema);
