-- SPDX-License-Identifier: Apache-2.0
-- Delivers pending entries again. KEYS: the stream. ARGV: group, consumer, for how many milliseconds they must be idle (-1:
-- they must be this consumer's, however idle), and of each its id and the count of deliveries that it has from now on.
-- Replies one for each: {0} if it may not be had, {1, fields} if it is this consumer's now, {2} if the stream has it no more.
local stream, group, consumer, idle = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])

local function may_be_had(id)
    if idle < 0 then
        return redis.call('XPENDING', stream, group, id, id, 1, consumer)[1]
    end
    return redis.call('XPENDING', stream, group, 'IDLE', idle, id, id, 1)[1]
end

local taken = {}
for i = 4, #ARGV, 2 do
    local answer = {0}
    if may_be_had(ARGV[i]) then
        local claimed = redis.call('XCLAIM', stream, group, consumer, 0, ARGV[i], 'RETRYCOUNT', ARGV[i + 1])
        answer = claimed[1] and {1, claimed[1][2]} or {2}
    end
    taken[#taken + 1] = answer
end
return taken
