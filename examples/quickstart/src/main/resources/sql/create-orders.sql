CREATE OR REPLACE TABLE tpch.orders AS
SELECT *
FROM read_files(
  :file,
  format => 'csv',
  sep => '|',
  schema => 'o_orderkey BIGINT, o_custkey BIGINT, o_orderstatus STRING, o_totalprice DECIMAL(15,2), o_orderdate DATE,
             o_orderpriority STRING, o_clerk STRING, o_shippriority INT, o_comment STRING')
