DROP SCHEMA IF EXISTS main.etl CASCADE;
CREATE SCHEMA main.etl;
CREATE VOLUME main.etl.landing;
CREATE TABLE main.etl.orders (order_id BIGINT, customer_id BIGINT, name STRING, city STRING, cents BIGINT);
-- one row for each customer, as of the latest order
CREATE TABLE main.etl.customers (customer_id BIGINT, name STRING, city STRING, order_id BIGINT)
