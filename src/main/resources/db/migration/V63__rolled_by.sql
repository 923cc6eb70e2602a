-- Which rollout has told the device the version it is to run; null where that is not known, or none has.
alter table device add column rolled_by bigint;
