-- Hands in drafts that are there, each with an application of its own, until none is left.
-- Arguments: the application, the beginning of the names of the files of sessions.
require "common"

local template, sessions, at = nil, {}, 0

function init(args)
  template = whole(args[1])
  sessions = lines(args[2] .. number)
end

function request()
  at = at + 1
  if at > #sessions then
    wrk.thread:stop()
    return wrk.format("GET", "/")
  end
  return post("/api/v1/draft/submission", another(template), sessions[at])
end

function response(status, _, body)
  if status == 201 and string.find(body, '"caseReference"', 1, true) then
    good, made = good + 1, made + 1
  elseif at <= #sessions or status ~= 200 then
    other = other + 1
  end
end
