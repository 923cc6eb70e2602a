-- Labels of devices, what filters ask of them, and work on many devices.

create table device_label (
  mac   varchar(12) not null references device (mac) on delete cascade,
  label varchar(63) not null,
  primary key (mac, label)
);
create index device_label_label on device_label (label, mac);

-- Those of a device's own settings that its revision's digest is made of, as JSON; empty for none, null when not known yet.
alter table device add column own_firmware varchar(4000);
update device set own_firmware = '' where settings_sealed is null;
create index device_version on device (running_version);

create table device_job (
  id      varchar(32)   not null primary key,
  action  varchar(16)   not null,
  filter  varchar(2000) not null,
  who     varchar(255)  not null,
  state   varchar(16)   not null check (state in ('running', 'done', 'failed', 'interrupted')),
  total   bigint        not null,
  done    bigint        not null,
  changed bigint        not null,
  failed  bigint        not null,
  reason  varchar(1000),
  started timestamp with time zone not null,
  updated timestamp with time zone not null,
  ended   timestamp with time zone
);
create index device_job_started on device_job (started);
