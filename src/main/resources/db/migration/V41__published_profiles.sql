-- Files on an ordinary file server, one for each directory of a device, and what is known of devices that have none.

create table published_profile (
  mac              varchar(12)   not null,
  directory_digest varchar(64)   not null,
  name_sealed      varchar(1000) not null,
  file             boolean       not null,
  revision         varchar(64),
  device_revision  bigint        not null,
  claimed          boolean       not null,
  since            timestamp with time zone not null,
  removed          timestamp with time zone,
  primary key (mac, directory_digest)
);
create index published_profile_directory on published_profile (directory_digest);
