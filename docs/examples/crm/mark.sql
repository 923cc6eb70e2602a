update provisioning_order
set status = case when :#hubStatus = 'ok' then 'done' else 'refused' end,
    status_reason = :#hubReason,
    hub_order = :#hubOrder,
    sip_password = null
where id = :#id
