-- SPDX-License-Identifier: Apache-2.0
-- Shows what workers get next. ARGV[3]: how many at most. Replies for each: entry, attempts, fields, changed headers.
catch_up()
local max = tonumber(ARGV[3])
local reply = {}

local function show_pending(entry)
    local fields, count = fields_of(entry), delivered(group, entry)
    if fields and count then
        local untried, headers = notes_of(entry)
        reply[#reply + 1] = {entry, count - untried, fields, headers}
    end
end

for _, this in ipairs(due_in(leases, max)) do
    show_pending(entry_of(this))
end
for _, entry in ipairs(due_in(later, max - #reply)) do
    show_pending(entry)
end
if #reply < max and redis.call('EXISTS', stream) == 1 then
    local fresh = redis.call('XRANGE', stream, '(' .. last_delivered(group), '+', 'COUNT', max - #reply)
    for _, entry in ipairs(fresh) do
        reply[#reply + 1] = {entry[1], 0, entry[2], false}
    end
end
return reply
