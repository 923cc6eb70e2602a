-- Rollouts of firmware and of layers: groups, devices, and what each device was given by them.

create table rollout (
  id          bigint       not null primary key,
  kind        varchar(16)  not null check (kind in ('firmware', 'layers')),
  state       varchar(20)  not null,
  priority    integer      not null,
  -- what was asked for, as JSON; never changes
  plan        varchar(16000) not null,
  devices     bigint       not null,
  created     timestamp with time zone not null,
  created_by  varchar(255) not null,
  approved_by varchar(255),
  starts      timestamp with time zone,
  started     timestamp with time zone,
  ended       timestamp with time zone,
  -- when it was last looked at, and from when on silence counts: a hub that was away has heard nobody
  watched     timestamp with time zone,
  heard_from  timestamp with time zone,
  reason      varchar(1000),
  -- whether its end is still to be told
  untold      boolean      not null
);
create index rollout_state on rollout (state, id);

create table rollout_group (
  rollout_id bigint  not null references rollout (id) on delete cascade,
  number     integer not null,
  devices    bigint  not null,
  begun      timestamp with time zone,
  done       timestamp with time zone,
  -- failures from before somebody said that it goes on
  forgiven   bigint  not null,
  primary key (rollout_id, number)
);

create table rollout_device (
  mac            varchar(12) not null references device (mac) on delete cascade,
  rollout_id     bigint      not null references rollout (id) on delete cascade,
  group_no       integer     not null,
  -- its place in the spread of its group, 0 to 9999
  turn           integer     not null,
  state          varchar(16) not null check (state in ('waiting', 'told', 'downloading', 'running', 'failed', 'left', 'returned')),
  target         varchar(128),
  -- what it ran, and what rollouts had told it, when it was told
  before_version varchar(128),
  before_target  varchar(128),
  shown          varchar(128),
  repeats        integer     not null,
  pushed         integer     not null,
  changed        timestamp with time zone not null,
  reason         varchar(300),
  untold         boolean     not null,
  primary key (mac, rollout_id)
);
create index rollout_device_state on rollout_device (rollout_id, state, group_no);
create index rollout_device_untold on rollout_device (untold, rollout_id);

-- One row while every rollout is held.
create table rollout_hold (
  id    integer      not null primary key check (id = 1),
  since timestamp with time zone not null,
  who   varchar(255) not null
);

-- The layers before and after a change that is rolled out.
create table rollout_layers (
  rollout_id    bigint not null primary key references rollout (id) on delete cascade,
  before_sealed text   not null,
  after_sealed  text   not null
);

alter table device add column rolled_version varchar(128);
alter table device add column rolled_down boolean default false not null;
alter table device add column rolled_layers bigint;
