-- What every load has: threads that know their number, what they count, and one line of JSON at the end.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

-- Of this thread: answers as they are meant to be, those of the applications among them, and any other ones.
good, made, other = 0, 0, 0

function done(summary, latency)
  local counts = { good = 0, made = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(counts) do
      counts[name] = counts[name] + thread:get(name)
    end
  end
  local errors = summary.errors
  io.write(string.format(
    '{"good": %d, "made": %d, "other": %d, "errors": %d, "bytes": %d, "seconds": %.6f, '
      .. '"p50_ms": %.3f, "p90_ms": %.3f, "p99_ms": %.3f, "max_ms": %.3f}\n',
    counts.good, counts.made, counts.other,
    errors.connect + errors.read + errors.write + errors.timeout, summary.bytes,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(90) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3))
end

function lines(name)
  local list = {}
  for line in io.lines(name) do
    table.insert(list, line)
  end
  return list
end

function whole(name)
  local file = assert(io.open(name))
  local text = file:read("*a")
  file:close()
  return text
end

function post(path, body, session)
  local headers = { ["Content-Type"] = "application/json" }
  if session then
    headers["Authorization"] = "Bearer " .. session
  end
  return wrk.format("POST", path, headers, body)
end

function session_of(body)
  return string.match(body, '"session"%s*:%s*"([%w%-_%.=+/~]+)"')
end

-- One application of each thread differs from all others by the number in it.
local count = 0
function another(template)
  count = count + 1
  return (string.gsub(template, "@NUMBER@", number .. "x" .. count))
end
