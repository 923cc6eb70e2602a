-- What devices say of themselves, the latest of each kind, and what of it differs from what they were given.

create table device_report (
  mac            varchar(12) not null references device (mac) on delete cascade,
  kind           varchar(8)  not null,
  received       timestamp with time zone not null,
  revision       varchar(64),
  cut            varchar(200),
  content_sealed text        not null,
  primary key (mac, kind)
);

create table device_drift (
  mac          varchar(12)  not null references device (mac) on delete cascade,
  parameter    varchar(200) not null,
  action       varchar(8)   not null,
    undecided    boolean      not null,
  was_own      boolean      not null,
  secret       boolean      not null,
  since        timestamp with time zone not null,
  given_sealed text         not null,
  found_sealed text         not null,
  primary key (mac, parameter)
);
create index device_drift_undecided on device_drift (undecided, mac);
