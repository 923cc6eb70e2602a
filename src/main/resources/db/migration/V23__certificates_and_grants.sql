-- The certificate that each device is bound to, and permissions to be given a key without a good one.

create table device_certificate (
  mac         varchar(12)   not null primary key references device (mac) on delete cascade,
  fingerprint varchar(64)   not null,
  issuer      varchar(1000) not null,
  number      varchar(64)   not null,
  serial      varchar(64),
  not_before  timestamp with time zone not null,
  not_after   timestamp with time zone not null,
  bound       timestamp with time zone not null
);
create index device_certificate_end on device_certificate (not_after);

create table key_grant (
  id           varchar(32)  not null primary key,
  kind         varchar(16)  not null check (kind in ('exception', 'token', 'targeted')),
  mac          varchar(12),
  serial       varchar(64),
  token_digest varchar(64),
  made         timestamp with time zone not null,
  until        timestamp with time zone not null,
  used_from    varchar(64),
  fault        varchar(1000),
  constraint key_grant_token unique (token_digest)
);
create index key_grant_mac on key_grant (mac, kind);
create index key_grant_until on key_grant (kind, until);

-- Certificates and devices that are believed no more.
create table revocation (
  kind   varchar(16)   not null check (kind in ('mac', 'certificate')),
  what   varchar(64)   not null,
  reason varchar(1000) not null,
  since  timestamp with time zone not null,
  primary key (kind, what)
);
