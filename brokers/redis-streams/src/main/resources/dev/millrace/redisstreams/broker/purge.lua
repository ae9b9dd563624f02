-- SPDX-License-Identifier: Apache-2.0
-- Throws away what is ready or waits, as many as one step handles. Replies how many, and 1 if there may be more.
ensure_group()
catch_up()
local count = 0
for _, id in ipairs(redis.call('ZRANGE', waiting, 0, BATCH - 1)) do
    redis.call('ZREM', waiting, id)
    redis.call('ZREM', expiries, id)
    redis.call('HDEL', jobs, id)
    count = count + 1
end
local ended = {}
for _, this in ipairs(due_in(leases, BATCH)) do
    redis.call('ZREM', leases, this)
    ended[#ended + 1] = entry_of(this)
end
finish(ended)
local given_back = redis.call('ZRANGE', later, 0, BATCH - 1)
if #given_back > 0 then
    redis.call('ZREM', later, unpack(given_back))
    finish(given_back)
end
local entries = {}
local found = redis.call('XREADGROUP', 'GROUP', group, 'worker', 'COUNT', BATCH, 'STREAMS', stream, '>')
for _, entry in ipairs(found and found[1][2] or {}) do
    entries[#entries + 1] = entry[1]
end
finish(entries)
count = count + #ended + #given_back + #entries
return {count, count >= BATCH and 1 or 0}
