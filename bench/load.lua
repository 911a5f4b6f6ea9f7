-- Asks for the URLs of a file in turn: a URL a line, with an ETag after a tab where the copy is to be confirmed.
-- Reports one line of JSON: requests, microseconds, errors, latency in microseconds.

local requests, turn = {}, 0

function init(args)
  local pause = tonumber(args[2])
  if pause > 0 then
    -- Somewhere around the pause, so that the connections do not march in step.
    function delay() return pause * (0.5 + math.random()) end
  end
  for line in io.lines(args[1]) do
    local url, etag = line:match("^([^\t]+)\t?(.*)$")
    local headers = {}
    for name, value in pairs(wrk.headers) do headers[name] = value end
    if etag ~= "" then headers["If-None-Match"] = etag end
    requests[#requests + 1] = wrk.format("GET", url, headers)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "microseconds": %d, "errors": %d, "p50": %d, "p95": %d}',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(95)))
end
