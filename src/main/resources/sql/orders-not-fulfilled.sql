select o.id as "ID" from service_order o
where o.state in ('acknowledged', 'pending', 'held', 'inProgress')
  and (o.requested_start is null or o.requested_start <= current_timestamp)
  and exists (select 1 from service_order_item i where i.order_id = o.id and i.state in ('acknowledged', 'pending')
    and not exists (select 1 from service_order_item e join service_order p on p.id = e.order_id
      where e.mac = i.mac and e.state in ('acknowledged', 'pending', 'held') and p.seq < o.seq
        and (p.requested_start is null or p.requested_start <= current_timestamp)))
order by o.seq
