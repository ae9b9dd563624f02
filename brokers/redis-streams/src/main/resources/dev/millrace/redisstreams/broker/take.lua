-- SPDX-License-Identifier: Apache-2.0
-- Delivers jobs: first those whose lease or pause is over, then new ones. ARGV from 3 on: how many at most, the lease in
-- milliseconds (0: at most once).
-- Replies: whether the queue is paused, in how many milliseconds something comes due (-1: nothing known), after which entry
-- and which ring of the bell to wait, when the leases end, what is delivered again (entry, count, attempt, fields, changed
-- headers), and what is new (entry, fields).
local max, lease = tonumber(ARGV[3]), tonumber(ARGV[4])
local lease_end = whole(now + lease)
ensure_group()
catch_up()
local pause = redis.call('HGET', state, 'pause')
local paused = pause == 'OUT' or pause == 'BOTH'
local again, fresh = {}, {}

local function deliver_again(from)
    for _, member in ipairs(due_in(from, max - #again)) do
        local entry = from == leases and entry_of(member) or member
        redis.call('ZREM', from, member)
        local claimed = redis.call('XCLAIM', stream, group, 'worker', '0', entry)
        if claimed[1] then
            local count = delivered(group, entry)
            local untried, headers = notes_of(entry)
            again[#again + 1] = {entry, count, count - untried, claimed[1][2], headers}
        end
    end
end

local function deliver_new(room)
    local found = redis.call('XREADGROUP', 'GROUP', group, 'worker', 'COUNT', room, 'STREAMS', stream, '>')
    fresh = found and found[1][2] or {}
    if redis.call('SCARD', groups) > 1 then
        local mine = {}
        for _, entry in ipairs(fresh) do
            local only = field(entry[2], 'm:group')
            if only and only ~= group then
                finish({entry[1]})
            else
                mine[#mine + 1] = entry
            end
        end
        fresh = mine
    end
end

if not paused then
    deliver_again(leases)
    if #again < max then
        deliver_again(later)
    end
    if #again < max then
        deliver_new(max - #again)
    end
end

local count = #again + #fresh
if count > 0 and lease > 0 then
    local ends = {}
    for _, entry in ipairs(again) do
        ends[#ends + 1], ends[#ends + 2] = lease_end, delivery(entry[1], entry[2])
    end
    for _, entry in ipairs(fresh) do
        ends[#ends + 1], ends[#ends + 2] = lease_end, entry[1] .. ':1'
    end
    redis.call('ZADD', leases, unpack(ends))
elseif count > 0 then
    local entries = {}
    for _, list in ipairs({again, fresh}) do
        for _, entry in ipairs(list) do
            entries[#entries + 1] = entry[1]
        end
    end
    finish(entries)
end

if count == max then
    return {0, 0, '', '', lease_end, again, fresh}
end
local due = paused and math.huge or next_due()
local rung = redis.call('XREVRANGE', bell, '+', '-', 'COUNT', 1)
return {
    paused and 1 or 0,
    due == math.huge and -1 or math.max(0, due - now),
    last_delivered(group),
    rung[1] and rung[1][1] or '0-0',
    lease_end,
    again,
    fresh
}
