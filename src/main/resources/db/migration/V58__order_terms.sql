-- What an orderer says beside the items and may ask for again. Orders from before have none of it here.
alter table service_order add column category varchar(255);
alter table service_order add column priority varchar(255);
alter table service_order add column requested_completion timestamp with time zone;
-- when what is not done is late; null when that was told, or for any time
alter table service_order add column due_by timestamp with time zone;
create index service_order_due on service_order (due_by);
