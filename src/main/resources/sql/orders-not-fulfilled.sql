select id as "ID" from service_order where state = 'acknowledged' order by order_date
