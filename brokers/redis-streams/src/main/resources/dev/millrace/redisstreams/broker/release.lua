-- SPDX-License-Identifier: Apache-2.0
-- Gives deliveries back. ARGV from 3 on, for each: entry:count, delay in milliseconds, whether the attempt counts (1 or 0), number
-- of fields of its headers from now on or -1 if they stay, those fields. Replies 1 or 0 for each, as an acknowledgement does.
local reply = {}
local earliest = next_due()
local at_once = false
local i = 3
while i <= #ARGV do
    local this, delay, counts, count = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2], tonumber(ARGV[i + 3])
    local ok = held({this})[1]
    if ok then
        local entry = entry_of(this)
        redis.call('ZREM', leases, this)
        redis.call('ZADD', later, whole(now + delay), entry)
        if counts == '0' or count >= 0 then
            local untried, headers = notes_of(entry)
            if count >= 0 then
                headers = {unpack(ARGV, i + 4, i + 3 + count)}
            end
            redis.call('HSET', notes, entry, cmsgpack.pack({untried + (counts == '0' and 1 or 0), headers}))
        end
        at_once = at_once or delay == 0
    end
    reply[#reply + 1] = ok and 1 or 0
    i = i + 4 + math.max(0, count)
end
if at_once or next_due() < earliest then
    ring()
end
return reply
