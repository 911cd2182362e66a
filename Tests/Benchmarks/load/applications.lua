-- Whole applications, one after the other: a draft is started, then handed in.
-- Arguments: the area, the application, milliseconds that each connection waits before each request.
require "common"

local draft, template, pause, open = nil, nil, 0, {}

function init(args)
  draft = post("/api/v1/drafts", string.format('{"area": "%s"}', args[1]))
  template, pause = whole(args[2]), tonumber(args[3])
end

function delay()
  return pause
end

function request()
  local session = table.remove(open)
  if not session then
    return draft
  end
  return post("/api/v1/draft/submission", another(template), session)
end

function response(status, _, body)
  local session = session_of(body)
  if status == 201 and session then
    good = good + 1
    table.insert(open, session)
  elseif status == 201 and string.find(body, '"caseReference"', 1, true) then
    good, made = good + 1, made + 1
  else
    other = other + 1
  end
end
