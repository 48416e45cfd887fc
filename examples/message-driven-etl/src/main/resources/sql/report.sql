SELECT c.city, count(*) AS orders, CAST(sum(o.cents) / 100 AS DECIMAL(18, 2)) AS turnover
FROM main.etl.orders AS o
JOIN main.etl.customers AS c ON c.customer_id = o.customer_id
GROUP BY c.city
ORDER BY c.city
