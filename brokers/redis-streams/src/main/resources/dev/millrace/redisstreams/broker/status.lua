-- SPDX-License-Identifier: Apache-2.0
-- Counts. Replies: ready, waiting, leased, dead, when the oldest ready job was enqueued or -1, the time, how it is paused.
catch_up()
local exists = redis.call('EXISTS', stream) == 1
local last = last_delivered(group)
local ended = redis.call('ZCOUNT', leases, '-inf', whole(now))
local given_back = redis.call('ZCOUNT', later, '-inf', whole(now))
local fresh = 0
if exists then
    if redis.call('SCARD', groups) <= 1 then
        local pending = redis.pcall('XPENDING', stream, group)
        fresh = math.max(0, redis.call('XLEN', stream) - (pending.err and 0 or pending[1]))
    else
        local from = last
        repeat
            local some = redis.call('XRANGE', stream, '(' .. from, '+', 'COUNT', BATCH)
            fresh = fresh + #some
            from = some[#some] and some[#some][1]
        until #some < BATCH
    end
end

local oldest = math.huge
local function consider(entry, fields)
    local at = tonumber(fields and field(fields, 'm:at') or '') or parts(entry)
    oldest = math.min(oldest, at or math.huge)
end
if exists then
    local next = redis.call('XRANGE', stream, '(' .. last, '+', 'COUNT', 1)
    if next[1] then
        consider(next[1][1], next[1][2])
    end
    for _, this in ipairs(due_in(leases, 1)) do
        consider(entry_of(this), fields_of(entry_of(this)))
    end
    for _, entry in ipairs(due_in(later, 1)) do
        consider(entry, fields_of(entry))
    end
end

return {
    fresh + ended + given_back,
    redis.call('ZCARD', waiting) + redis.call('ZCARD', later) - given_back,
    redis.call('ZCARD', leases) - ended,
    redis.call('XLEN', dead),
    oldest == math.huge and -1 or oldest,
    now,
    redis.call('HGET', state, 'pause') or 'NONE'
}
