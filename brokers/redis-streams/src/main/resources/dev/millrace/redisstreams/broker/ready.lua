-- SPDX-License-Identifier: Apache-2.0
-- Makes a job ready at once, whatever its state; a dead letter is left to the redriving step. ARGV[3]: its first id.
-- Replies 0 if there is none, 1 if it is ready, or the id of the dead letter.
catch_up()
local place, id, count = find(ARGV[3])
if place == 'WAITING' then
    promote(id)
elseif place == 'DEAD' then
    return id
elseif count then
    redis.call('ZREM', leases, delivery(id, count))
    redis.call('ZADD', later, whole(now), id)
    ring()
end
return place and 1 or 0
