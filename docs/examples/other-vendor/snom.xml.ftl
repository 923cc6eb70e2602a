<?xml version="1.0" encoding="utf-8"?>
<settings>
  <phone-settings>
    <language perm="R">${values.Snom_Language}</language>
    <admin_mode_password perm="R">${values.Snom_Admin_Password}</admin_mode_password>
<#list lines as line>
    <user_active idx="${line.number}" perm="R">on</user_active>
    <user_realname idx="${line.number}" perm="R">${line.displayName!line.sipUser}</user_realname>
    <user_name idx="${line.number}" perm="R">${line.sipUser}</user_name>
    <user_pname idx="${line.number}" perm="R">${line.sipAuthUser!line.sipUser}</user_pname>
    <user_pass idx="${line.number}" perm="R">${line.sipPassword}</user_pass>
    <user_host idx="${line.number}" perm="R">${line.sipDomain}</user_host>
<#if line.sipProxy??>
    <user_outbound idx="${line.number}" perm="R">${line.sipProxy}</user_outbound>
</#if>
</#list>
  </phone-settings>
</settings>
