-- is never done
SELECT count(*)
FROM tpch.lineitem a
CROSS JOIN tpch.lineitem b
CROSS JOIN tpch.lineitem c
WHERE a.l_quantity + b.l_quantity + c.l_quantity < 3
