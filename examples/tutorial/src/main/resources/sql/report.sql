-- pairs of numbers, so many that it takes a while
SELECT :report AS report, count(*) AS pairs
FROM range(:size) AS a CROSS JOIN range(:size) AS b
WHERE hash(a.id, b.id) % 1000 = 0
