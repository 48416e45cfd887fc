select handle_key, endpoint, statement_id, delivery_count, dead_reason, settled_at
from databricks_handle where state = 'DEAD' order by settled_at;
