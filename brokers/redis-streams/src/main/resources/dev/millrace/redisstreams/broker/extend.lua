-- SPDX-License-Identifier: Apache-2.0
-- Renews a lease. ARGV from 3 on: entry:count, length in milliseconds. Replies its new end, or 0 if it has ended.
local this, lease = ARGV[3], tonumber(ARGV[4])
if not held({this})[1] then
    return '0'
end
local lease_end = whole(now + lease)
redis.call('ZADD', leases, lease_end, this)
return lease_end
