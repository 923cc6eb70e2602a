-- What tells apart a group of which something is known from one of which nobody was heard, and a device that gets on from one that does not.

-- when it was found, and said, that nothing is known of the group; it counts as through once somebody has let the rollout go on
alter table rollout_group add column doubted timestamp with time zone;

-- versions that the device has shown since it was told, with blanks between; coming back to one of them is no step on the way
alter table rollout_device add column passed varchar(1100);
-- why its last upgrade failed, as it last reported, and what it reported of that before it was told
alter table rollout_device add column reported varchar(200);
alter table rollout_device add column before_error varchar(200);

-- whether devices go back without waiting for window and spread
alter table rollout add column back_now boolean default false not null;
