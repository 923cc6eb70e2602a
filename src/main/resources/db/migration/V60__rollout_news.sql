-- What is to be told of rollouts stays untold until it has been told; meanwhile the hub that is at it has it for itself.

-- since when a hub is at it; long ago for none
alter table rollout add column telling timestamp with time zone default timestamp with time zone '1970-01-01 00:00:00+00:00' not null;
alter table rollout_device add column telling timestamp with time zone
  default timestamp with time zone '1970-01-01 00:00:00+00:00' not null;
drop index rollout_device_untold;
create index rollout_device_telling on rollout_device (untold, telling);
