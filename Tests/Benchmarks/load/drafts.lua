-- Starts drafts, and writes down the session of each. Arguments: the area, the beginning of the files' names.
require "common"

local draft, file

function init(args)
  draft = post("/api/v1/drafts", string.format('{"area": "%s"}', args[1]))
  file = assert(io.open(args[2] .. number, "a"))
  file:setvbuf("line")
end

function request()
  return draft
end

function response(status, _, body)
  local session = session_of(body)
  if status == 201 and session then
    good = good + 1
    file:write(session, "\n")
  else
    other = other + 1
  end
end
