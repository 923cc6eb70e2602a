-- Devices of which nothing was heard for many of their own periods.

create table device_silence (
  mac        varchar(12) not null primary key references device (mac) on delete cascade,
  -- when it was last heard of
  since      timestamp with time zone not null,
  period_s   bigint      not null,
  -- null when it is silent; else its own period is longer than that of devices like it, and it is not silent before this
  not_before timestamp with time zone,
  told       boolean     not null
);
create index device_silence_untold on device_silence (told, mac);

-- To count devices without reading them
create index device_standing on device (claimed, state);
