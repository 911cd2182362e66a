-- Looks at one page, by turns as each of many sessions. Arguments: the path, a file of sessions or "-".
require "common"

local requests, at = {}, 0

function init(args)
  local path, sessions = args[1], args[2]
  if sessions == "-" then
    requests = { wrk.format("GET", path) }
  else
    for _, session in ipairs(lines(sessions)) do
      table.insert(requests, wrk.format("GET", path, { ["Cookie"] = "session=" .. session }))
    end
  end
  -- Threads begin at different ones.
  at = number * math.floor(#requests / 2)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function response(status)
  if status == 200 then good = good + 1 else other = other + 1 end
end
