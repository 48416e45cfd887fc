CREATE OR REPLACE TABLE tpch.lineitem AS
SELECT *
FROM read_files(
  :file,
  format => 'csv',
  sep => '|',
  schema => 'l_orderkey BIGINT, l_partkey BIGINT, l_suppkey BIGINT, l_linenumber INT, l_quantity DECIMAL(15,2),
             l_extendedprice DECIMAL(15,2), l_discount DECIMAL(15,2), l_tax DECIMAL(15,2), l_returnflag STRING,
             l_linestatus STRING, l_shipdate DATE, l_commitdate DATE, l_receiptdate DATE, l_shipinstruct STRING,
             l_shipmode STRING, l_comment STRING')
