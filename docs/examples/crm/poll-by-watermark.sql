select * from provisioning_order_view where id >= cast(:#watermark as bigint) order by id fetch first 500 rows only
