-- SPDX-License-Identifier: Apache-2.0
-- Acknowledges entries, and removes those that no group needs any more: it was delivered to all of them, and none has it pending.
-- KEYS: the stream. ARGV: group, ids. Replies one for each: 1, or 0 if it was not pending. Redis 8.2 has it as XACKDEL ACKED.
local stream = KEYS[1]

local function field(pairs, name)
    for i = 1, #pairs, 2 do
        if pairs[i] == name then
            return pairs[i + 1]
        end
    end
end

local groups
local function is_needed(id)
    groups = groups or redis.call('XINFO', 'GROUPS', stream)
    for _, group in ipairs(groups) do
        if redis.call('XPENDING', stream, field(group, 'name'), id, id, 1)[1]
            or redis.call('XRANGE', stream, '(' .. field(group, 'last-delivered-id'), id, 'COUNT', 1)[1] then
            return true
        end
    end
    return false
end

local acknowledged = {}
for i = 2, #ARGV do
    local done = redis.call('XACK', stream, ARGV[1], ARGV[i])
    if done == 1 and not is_needed(ARGV[i]) then
        redis.call('XDEL', stream, ARGV[i])
    end
    acknowledged[i - 1] = done
end
return acknowledged
