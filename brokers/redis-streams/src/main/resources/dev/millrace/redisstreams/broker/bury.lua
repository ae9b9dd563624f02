-- SPDX-License-Identifier: Apache-2.0
-- Puts deliveries aside. ARGV from 3 on, for each: entry:count, attempts, reason, number of header fields, the header fields.
-- Replies 1 or 0 for each, as an acknowledgement does.
local reply = {}
local i = 3
while i <= #ARGV do
    local this, attempts, reason, count = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
    local entry = entry_of(this)
    local fields = held({this})[1] and fields_of(entry)
    if fields then
        local first = first_of(fields, entry)
        local at = field(fields, 'm:at') or string.match(entry, '^%d+')
        local letter = {'m:id', first, 'm:attempts', attempts, 'm:reason', reason, 'm:at', at}
        local body = field(fields, 'body')
        if body then
            letter[#letter + 1], letter[#letter + 2] = 'body', body
        end
        for j = i + 4, i + 3 + count do
            letter[#letter + 1] = ARGV[j]
        end
        redis.call('ZREM', leases, this)
        finish({entry})
        redis.call('HSET', moved, first, 'dead:' .. redis.call('XADD', dead, '*', unpack(letter)))
    end
    reply[#reply + 1] = fields and 1 or 0
    i = i + 4 + count
end
return reply
