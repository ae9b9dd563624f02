-- SPDX-License-Identifier: Apache-2.0
-- Removes the names of consumers that were idle for long and have nothing pending, which XGROUP DELCONSUMER would take with them.
-- KEYS: the stream. ARGV: group, the consumer that stays in any case, milliseconds. Replies how many.
local function field(pairs, name)
    for i = 1, #pairs, 2 do
        if pairs[i] == name then
            return pairs[i + 1]
        end
    end
end

local removed = 0
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
    local name = field(consumer, 'name')
    if name ~= ARGV[2] and field(consumer, 'pending') == 0 and field(consumer, 'idle') >= tonumber(ARGV[3]) then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], name)
        removed = removed + 1
    end
end
return removed
