-- SPDX-License-Identifier: Apache-2.0
-- Shows what workers get next. ARGV[3]: how many at most. Replies for each: entry, attempts, fields, changed headers.
catch_up()
local max = tonumber(ARGV[3])
local reply = {}
for _, key in ipairs({leases, later}) do
    for _, entry in ipairs(due_in(key, max - #reply)) do
        local fields = fields_of(entry)
        if fields then
            reply[#reply + 1] = {entry, delivered(group, entry) or 0, fields, changed_headers(entry)}
        end
    end
end
if #reply < max and redis.call('EXISTS', stream) == 1 then
    local fresh = redis.call('XRANGE', stream, '(' .. last_delivered(group), '+', 'COUNT', max - #reply)
    for _, entry in ipairs(fresh) do
        reply[#reply + 1] = {entry[1], 0, entry[2], false}
    end
end
return reply
