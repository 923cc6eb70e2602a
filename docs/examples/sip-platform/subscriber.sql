insert into subscriber (username, domain, ha1) values (:#user, :#realm, :#ha1)
on conflict (username, domain) do update set ha1 = excluded.ha1
