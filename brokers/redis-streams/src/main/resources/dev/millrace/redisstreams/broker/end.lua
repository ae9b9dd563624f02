-- SPDX-License-Identifier: Apache-2.0
-- Ends a job, whatever its state. ARGV[3]: its first id. Replies 1, or 0 if there is none.
catch_up()
local first = ARGV[3]
local place, id, count = find(first)
if place == 'WAITING' then
    redis.call('ZREM', waiting, id)
    redis.call('ZREM', expiries, id)
    redis.call('HDEL', jobs, id)
elseif place == 'DEAD' then
    redis.call('XDEL', dead, id)
    redis.call('HDEL', moved, first)
elseif place == 'STREAM' then
    if count then
        redis.call('ZREM', leases, delivery(id, count))
        redis.call('ZREM', later, id)
        finish({id})
    else
        redis.call('XDEL', stream, id)
        redis.call('ZREM', expiries, id)
        redis.call('HDEL', moved, first)
    end
end
return place and 1 or 0
