SELECT count(*) AS orders, count(DISTINCT order_id) AS different, coalesce(sum(cents), 0) AS cents FROM main.etl.orders
