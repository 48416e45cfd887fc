SELECT id, name, city FROM main.crm.customers WHERE id = :id
