-- SPDX-License-Identifier: Apache-2.0
-- Stores jobs. ARGV from 3 on, for each: delay in milliseconds, expiry in milliseconds or -1, number of fields, the fields.
-- Replies whether the queue is new, and the first id of each job; or PAUSED.
local pause = redis.call('HGET', state, 'pause')
if pause == 'IN' or pause == 'BOTH' then
    return {0, 'PAUSED'}
end
catch_up()
local reply = {redis.call('EXISTS', stream, waiting) == 0 and 1 or 0}
local earliest
local at = whole(now)
local i = 3
while i <= #ARGV do
    local delay, expiry, count = tonumber(ARGV[i]), tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
    local id
    if delay > 0 then
        earliest = earliest or next_due()
        local fields = {unpack(ARGV, i + 3, i + 2 + count)}
        fields[#fields + 1], fields[#fields + 2] = 'm:at', at
        id = 'w' .. at .. '-' .. redis.call('HINCRBY', state, 'waited', 1)
        redis.call('HSET', jobs, id, cmsgpack.pack(fields))
        redis.call('ZADD', waiting, whole(now + delay), id)
    else
        id = redis.call('XADD', stream, name, unpack(ARGV, i + 3, i + 2 + count))
    end
    if expiry >= 0 then
        redis.call('ZADD', expiries, whole(now + expiry), id)
    end
    reply[#reply + 1] = id
    i = i + 3 + count
end
if earliest and next_due() < earliest then
    ring()
end
return reply
