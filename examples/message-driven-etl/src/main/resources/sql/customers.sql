SELECT customer_id, name, city, order_id FROM main.etl.customers
