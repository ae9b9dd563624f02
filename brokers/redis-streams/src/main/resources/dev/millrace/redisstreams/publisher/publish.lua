-- SPDX-License-Identifier: Apache-2.0
-- Adds an entry, and then removes old ones of a stream that is too long, but for those that a group still needs: what was not
-- delivered to it, or is pending there. KEYS: the stream. ARGV: the id, how many entries there may be, how many more are let be,
-- and the fields. Replies the id.
-- At most STEP entries go at once, so that a long stream that may be trimmed again does not hold up everybody.
local STEP = 100
local stream = KEYS[1]
local id = redis.call('XADD', stream, ARGV[1], unpack(ARGV, 4))
local excess = redis.call('XLEN', stream) - tonumber(ARGV[2])
if excess <= tonumber(ARGV[3]) then
    return id
end

-- Numbers in Lua have 53 bits, those in ids 64: they are compared as they are written.
local function smaller(a, b)
    return #a < #b or (#a == #b and a < b)
end

local function before(a, b)
    local a_time, a_sequence = a:match('(%d+)-(%d+)')
    local b_time, b_sequence = b:match('(%d+)-(%d+)')
    if a_time ~= b_time then
        return smaller(a_time, b_time)
    end
    return smaller(a_sequence, b_sequence)
end

local function field(pairs, name)
    for i = 1, #pairs, 2 do
        if pairs[i] == name then
            return pairs[i + 1]
        end
    end
end

-- The first entry that a group needs; nil if it needs none.
local function first_needed(group)
    local pending = redis.call('XPENDING', stream, field(group, 'name'))
    if pending[1] > 0 then
        return pending[2]
    end
    local next = redis.call('XRANGE', stream, '(' .. field(group, 'last-delivered-id'), '+', 'COUNT', 1)
    return next[1] and next[1][1]
end

local needed
for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    local first = first_needed(group)
    if first and (not needed or before(first, needed)) then
        needed = first
    end
end

local oldest = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1][1]
if needed and not before(oldest, needed) then
    return id
end
local entries = redis.call('XRANGE', stream, '-', '+', 'COUNT', math.min(excess, STEP) + 1)
local cut = entries[#entries][1]
if needed and before(needed, cut) then
    cut = needed
end
redis.call('XTRIM', stream, 'MINID', '=', cut)
return id
