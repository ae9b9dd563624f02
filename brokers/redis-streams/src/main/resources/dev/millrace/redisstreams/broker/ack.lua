-- SPDX-License-Identifier: Apache-2.0
-- Ends deliveries. ARGV from 3 on: entry:count of each. Replies 1 or 0 for each: 0 if its lease had ended by then.
local deliveries = {unpack(ARGV, 3)}
local reply, over, done, seen = {}, {}, {}, {}
for i, ok in ipairs(held(deliveries)) do
    local this = deliveries[i]
    ok = ok and not seen[this]
    reply[i] = ok and 1 or 0
    if ok then
        seen[this] = true
        over[#over + 1] = this
        done[#done + 1] = entry_of(this)
    end
end
if #over > 0 then
    redis.call('ZREM', leases, unpack(over))
    finish(done)
end
return reply
