-- TPC-H query 6: forecasting revenue change
SELECT sum(l_extendedprice * l_discount) AS revenue
FROM tpch.lineitem
WHERE l_shipdate >= :date
  AND l_shipdate < add_months(:date, 12)
  AND l_discount BETWEEN :discount - 0.01 AND :discount + 0.01
  AND l_quantity < :quantity
