-- Which rollout has told the device the version it is to run; null where that is not known, or none has.
alter table device add column rolled_by bigint;
-- The same of what the device was told before.
alter table rollout_device add column before_by bigint;

update device set rolled_by = (
  select max(x.rollout_id) from rollout_device x
  where x.mac = device.mac and x.state not in ('waiting', 'left') and x.target = device.rolled_version)
where rolled_version is not null and not rolled_down;
update device set rolled_by = (
  select max(x.rollout_id) from rollout_device x
  where x.mac = device.mac and x.state not in ('waiting', 'left') and x.target is not null and x.before_version = device.rolled_version)
where rolled_version is not null and rolled_down;
