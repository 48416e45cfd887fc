SELECT sum(amount) AS total FROM main.sales.orders WHERE month = :month
