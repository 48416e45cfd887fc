-- fails while it runs
SELECT sum(l_extendedprice / (l_quantity - l_quantity)) AS price
FROM tpch.lineitem
