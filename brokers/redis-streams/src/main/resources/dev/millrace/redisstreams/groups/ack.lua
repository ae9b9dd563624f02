-- SPDX-License-Identifier: Apache-2.0
-- Acknowledges entries. KEYS: the stream. ARGV: group, ids. Replies one for each: 1, or 0 if it was not pending.
local acknowledged = {}
for i = 2, #ARGV do
    acknowledged[i - 1] = redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
end
return acknowledged
