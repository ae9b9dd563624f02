-- SPDX-License-Identifier: Apache-2.0
-- Makes dead letters ready again, the oldest first. ARGV[3]: how many at most; ARGV[4]: only this letter, or nothing.
-- Replies how many. Where there are other groups, the new entry is for this one alone.
local letters
if ARGV[4] ~= '' then
    letters = redis.call('XRANGE', dead, ARGV[4], ARGV[4])
else
    letters = redis.call('XRANGE', dead, '-', '+', 'COUNT', math.min(BATCH, tonumber(ARGV[3])))
end
for _, letter in ipairs(letters) do
    local fields = {}
    for i = 1, #letter[2], 2 do
        local name = letter[2][i]
        if name ~= 'm:attempts' and name ~= 'm:reason' and name ~= 'm:group' then
            fields[#fields + 1], fields[#fields + 2] = name, letter[2][i + 1]
        end
    end
    if redis.call('SCARD', groups) > 1 then
        fields[#fields + 1], fields[#fields + 2] = 'm:group', group
    end
    local entry = redis.call('XADD', stream, name, unpack(fields))
    redis.call('HSET', moved, first_of(fields, letter[1]), entry)
    redis.call('XDEL', dead, letter[1])
end
return #letters
