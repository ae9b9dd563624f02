-- SPDX-License-Identifier: Apache-2.0
-- Puts deliveries aside. ARGV from 3 on, for each: entry, token, attempts, reason, number of header fields, the header
-- fields. Replies 1 or 0 for each, as an acknowledgement does.
local reply = {}
local i = 3
while i <= #ARGV do
    local entry, token, attempts, reason, count = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], tonumber(ARGV[i + 4])
    local fields = held({entry}, {token})[1] and fields_of(entry)
    if fields then
        local first = field(fields, 'id') or entry
        local letter = {'id', first, 'attempts', attempts, 'reason', reason, 'at', field(fields, 'at') or ''}
        local body = field(fields, 'body')
        if body then
            letter[#letter + 1], letter[#letter + 2] = 'body', body
        end
        for j = i + 5, i + 4 + count do
            letter[#letter + 1] = ARGV[j]
        end
        finish({entry})
        redis.call('HSET', moved, first, 'dead:' .. redis.call('XADD', dead, '*', unpack(letter)))
    end
    reply[#reply + 1] = fields and 1 or 0
    i = i + 5 + count
end
return reply
