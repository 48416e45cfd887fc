SELECT id, kind FROM events
