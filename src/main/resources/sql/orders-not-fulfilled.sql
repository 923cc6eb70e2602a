select o.id as "ID" from service_order o
where o.id in (select i.order_id
    from (select distinct order_id, mac from service_order_item where state in ('acknowledged', 'pending')) i
    where not exists (select 1 from service_order_item e join service_order p on p.id = e.order_id
      where e.mac = i.mac and e.state in ('acknowledged', 'pending', 'held')
        and p.seq < (select q.seq from service_order q where q.id = i.order_id)
        and (p.requested_start is null or p.requested_start <= current_timestamp)))
  and (o.requested_start is null or o.requested_start <= current_timestamp)
order by o.seq
