<?xml version="1.0" encoding="utf-8"?>
<settings>
  <phone-settings>
    <setting_server perm="R">${public.https}/snom/D735-{mac}.xml</setting_server>
  </phone-settings>
</settings>
