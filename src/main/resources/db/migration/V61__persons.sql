-- Whose a token is, where its name says something else; and who has made a rollout, so that the same person cannot agree to it.
alter table access_token add column person varchar(63);
alter table rollout add column person varchar(255);
