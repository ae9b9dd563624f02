-- SPDX-License-Identifier: Apache-2.0
-- Renews a lease. ARGV from 3 on: entry, token, length in milliseconds. Replies its new end, or 0 if it is somebody else's.
local entry, token, lease = ARGV[3], ARGV[4], tonumber(ARGV[5])
if not held({entry}, {token})[1] then
    return '0'
end
local lease_end = whole(now + lease)
redis.call('ZADD', leases, lease_end, entry)
return lease_end
