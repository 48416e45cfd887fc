CREATE OR REPLACE TABLE tpch.customer AS
SELECT *
FROM read_files(
  :file,
  format => 'csv',
  sep => '|',
  schema => 'c_custkey BIGINT, c_name STRING, c_address STRING, c_nationkey BIGINT, c_phone STRING,
             c_acctbal DECIMAL(15,2), c_mktsegment STRING, c_comment STRING')
