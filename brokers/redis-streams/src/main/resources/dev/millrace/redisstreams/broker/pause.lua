-- SPDX-License-Identifier: Apache-2.0
-- Pauses a queue. ARGV[3]: NONE, IN, OUT or BOTH.
if ARGV[3] == 'NONE' then
    redis.call('HDEL', state, 'pause')
else
    redis.call('HSET', state, 'pause', ARGV[3])
end
ring()
return 1
