SELECT :report AS report, count(*) AS orders, round(sum(sqrt(id)), 2) AS turnover
FROM range(:orders)
