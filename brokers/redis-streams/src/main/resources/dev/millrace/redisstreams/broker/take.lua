-- SPDX-License-Identifier: Apache-2.0
-- Delivers jobs: first those whose lease or pause is over, then new ones. ARGV from 3 on: how many at most, the lease in
-- milliseconds (0: at most once), the token of these deliveries.
-- Replies: whether the queue is paused, in how many milliseconds something comes due (-1: nothing known), after which entry
-- and which ring of the bell to wait, when the leases end, and the deliveries: entry, attempt, fields, changed headers.
local max, lease, token = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local lease_end = whole(now + lease)
ensure_group()
catch_up()
local pause = redis.call('HGET', state, 'pause')
local paused = pause == 'OUT' or pause == 'BOTH'
local deliveries, entries = {}, {}

local function deliver(entry, attempt, fields)
    deliveries[#deliveries + 1] = {entry, attempt, fields, changed_headers(entry)}
    entries[#entries + 1] = entry
end

local function deliver_again(from)
    for _, entry in ipairs(due_in(from, max - #entries)) do
        local claimed = redis.call('XCLAIM', stream, group, 'worker', '0', entry)
        forget_delivery({entry})
        if claimed[1] then
            deliver(entry, delivered(group, entry), claimed[1][2])
        end
    end
end

if not paused then
    deliver_again(leases)
    if #entries < max then
        deliver_again(later)
    end
    local again = #entries
    if again < max then
        local alone = redis.call('SCARD', groups) <= 1
        local found = redis.call('XREADGROUP', 'GROUP', group, 'worker', 'COUNT', max - again, 'STREAMS', stream, '>')
        for _, entry in ipairs(found and found[1][2] or {}) do
            local only = not alone and field(entry[2], 'group')
            if only and only ~= group then
                finish({entry[1]})
            else
                deliveries[#deliveries + 1] = {entry[1], 1, entry[2], false}
                entries[#entries + 1] = entry[1]
            end
        end
    end
end

if #entries > 0 then
    if lease == 0 then
        finish(entries)
    else
        local ends, tokens = {}, {}
        for i, entry in ipairs(entries) do
            ends[2 * i - 1], ends[2 * i] = lease_end, entry
            tokens[2 * i - 1], tokens[2 * i] = entry, token
        end
        redis.call('ZADD', leases, unpack(ends))
        redis.call('HSET', owners, unpack(tokens))
    end
end

if #entries == max then
    return {0, 0, '', '', lease_end, deliveries}
end
local due = paused and math.huge or next_due()
local rung = redis.call('XREVRANGE', bell, '+', '-', 'COUNT', 1)
return {
    paused and 1 or 0,
    due == math.huge and -1 or math.max(0, due - now),
    last_delivered(group),
    rung[1] and rung[1][1] or '0-0',
    lease_end,
    deliveries
}
