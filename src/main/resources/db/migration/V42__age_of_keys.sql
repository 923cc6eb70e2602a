-- Since when a pair is in force, so that it can be changed by age.

alter table device_key add column made timestamp with time zone default current_timestamp not null;
create index device_key_made on device_key (slot, made);
