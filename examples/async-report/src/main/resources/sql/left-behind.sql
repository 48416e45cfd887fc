SELECT o_orderpriority, count(*) AS orders, sum(o_totalprice) AS price
FROM tpch.orders
GROUP BY o_orderpriority
ORDER BY o_orderpriority
