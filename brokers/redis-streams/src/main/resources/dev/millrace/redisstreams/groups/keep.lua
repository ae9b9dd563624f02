-- SPDX-License-Identifier: Apache-2.0
-- Sets for how long pending entries of a consumer count as idle. KEYS: the stream. ARGV: group, consumer, and of each entry its
-- id, the milliseconds, and the count of deliveries that it has from now on (-1: as it is).
-- Replies one for each: 0 if it is not this consumer's, 1 if it was done, 2 if the stream has it no more.
local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
local kept = {}
for i = 3, #ARGV, 3 do
    local id, idle, count = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    local answer = 0
    if redis.call('XPENDING', stream, group, id, id, 1, consumer)[1] then
        local claimed
        if count == '-1' then
            claimed = redis.call('XCLAIM', stream, group, consumer, 0, id, 'IDLE', idle, 'JUSTID')
        else
            claimed = redis.call('XCLAIM', stream, group, consumer, 0, id, 'IDLE', idle, 'RETRYCOUNT', count, 'JUSTID')
        end
        answer = claimed[1] and 1 or 2
    end
    kept[#kept + 1] = answer
end
return kept
