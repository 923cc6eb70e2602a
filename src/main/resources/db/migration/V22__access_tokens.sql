-- Tokens of the administration interface. Of the tokens themselves there are only digests: they are random enough that
-- a SHA-256 gives nothing away.

create table access_token (
  id              varchar(16) not null primary key,
  name            varchar(63) not null,
  roles           varchar(64) not null,
  digest          varchar(64) not null,
  previous_digest varchar(64),
  previous_until  timestamp with time zone,
  created         timestamp with time zone not null,
  issued          timestamp with time zone not null,
  expires         timestamp with time zone,
  last_used       timestamp with time zone,
  revoked         timestamp with time zone,
  constraint access_token_digest unique (digest)
);
create index access_token_previous on access_token (previous_digest);
