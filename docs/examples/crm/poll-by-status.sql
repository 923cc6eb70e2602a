select * from provisioning_order_view where status = 'new' order by id fetch first 500 rows only
