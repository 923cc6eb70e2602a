-- TMF641 orders, each for a device and a line of its own. FIRST is the number of the first; take another for each run.
--   TOKEN=$(cat data/admin.token) FIRST=0 wrk -t1 -c50 -d60s --timeout 20s -s src/bench/wrk/orders.lua http://127.0.0.1:8081
local number = tonumber(os.getenv("FIRST") or "0")
local headers = {
  ["Authorization"] = "Bearer " .. os.getenv("TOKEN"),
  ["Content-Type"] = "application/json",
  ["Host"] = "127.0.0.1"
}

request = function()
  number = number + 1
  local body = string.format([[{"externalId": "B-%d", "priority": "4", "category": "voice", "@type": "ServiceOrder",
    "relatedParty": [{"id": "cust-%d", "role": "customer", "@type": "RelatedParty", "@referredType": "Organization"}],
    "serviceOrderItem": [{"id": "1", "action": "add", "service": {"state": "active", "serviceCharacteristic": [
      {"name": "macAddress", "value": "%012x"}, {"name": "deviceModel", "value": "SPA508G"},
      {"name": "lineNumber", "value": 1}, {"name": "directoryNumber", "value": "+49891%d"},
      {"name": "displayName", "value": "Customer %d"}, {"name": "sipUser", "value": "49891%d"},
      {"name": "sipPassword", "value": "Pw-%d-secret"}, {"name": "sipDomain", "value": "sip.example.net"},
      {"name": "plan", "value": "office"}]}}]}]],
    number, number, 0x000e08000000 + number, number, number, number, number)
  return wrk.format("POST", "/tmf-api/serviceOrdering/v4/serviceOrder", headers, body)
end

done = function(summary, latency)
  local refused = summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect
  io.write(string.format("%.1f orders/s, p50 %.1f ms, p99 %.1f ms, %d refused or failed\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, refused))
end
