-- How far feeds have come, and which SIP credentials the platform has.

create table feed_mark (
  feed varchar(100) not null primary key,
  mark varchar(255) not null
);

-- What generated SIP passwords are made from: one row.
create table credential_seed (
  id          integer not null primary key,
  seed_sealed text    not null
);

-- Whose generated passwords the SIP platform has; told is null as long as it has not.
create table sip_credential (
  mac         varchar(12) not null,
  line_number integer     not null,
  sip_user    varchar(63) not null,
  sip_domain  varchar(63) not null,
  told        timestamp with time zone,
  primary key (mac, line_number, sip_user, sip_domain)
);
create index sip_credential_told on sip_credential (told);
