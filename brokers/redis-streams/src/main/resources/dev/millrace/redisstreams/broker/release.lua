-- SPDX-License-Identifier: Apache-2.0
-- Gives deliveries back. ARGV from 3 on, for each: entry, token, delay in milliseconds, its attempt if that is not to count
-- or else 0, number of fields of its headers from
-- now on or -1 if they stay, those fields. Replies 1 or 0 for each, as an acknowledgement does.
local reply = {}
local earliest = next_due()
local at_once = false
local i = 3
while i <= #ARGV do
    local entry, token, delay, attempt = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
    local count = tonumber(ARGV[i + 4])
    local ok = held({entry}, {token})[1]
    if ok then
        forget_delivery({entry})
        redis.call('ZADD', later, whole(now + delay), entry)
        if attempt > 0 then
            redis.call('XCLAIM', stream, group, 'worker', '0', entry, 'RETRYCOUNT', attempt - 1, 'JUSTID')
        end
        if count >= 0 then
            redis.call('HSET', notes, entry, cmsgpack.pack({unpack(ARGV, i + 5, i + 4 + count)}))
        end
        at_once = at_once or delay == 0
    end
    reply[#reply + 1] = ok and 1 or 0
    i = i + 5 + math.max(0, count)
end
if at_once or next_due() < earliest then
    ring()
end
return reply
