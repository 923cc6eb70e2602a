-- What no listener took is a fault now and no row of the outbox: what lies there as dead is tried once more, and becomes one then.
update event_delivery set state = 'waiting', attempts = 0, leased = null, queued = current_timestamp, not_before = current_timestamp
where state = 'dead';
