-- SPDX-License-Identifier: Apache-2.0
-- Shows a job. ARGV[3]: its first id. Replies nothing, or: state, attempts, when it comes due or -1, fields, changed headers.
catch_up()
local place, id, count = find(ARGV[3])
if place == 'WAITING' then
    local fields = cmsgpack.unpack(redis.call('HGET', jobs, id))
    return {'WAITING', 0, redis.call('ZSCORE', waiting, id), fields, false}
end
if place == 'DEAD' then
    local letter = redis.call('XRANGE', dead, id, id)[1]
    return {'DEAD', tonumber(field(letter[2], 'm:attempts')) or 0, '-1', letter[2], false}
end
if place == 'STREAM' and count then
    local untried, headers = notes_of(id)
    local lease, due = redis.call('ZSCORE', leases, delivery(id, count)), redis.call('ZSCORE', later, id)
    if lease and tonumber(lease) > now then
        return {'LEASED', count - untried, lease, fields_of(id), headers}
    end
    if due and tonumber(due) > now then
        return {'WAITING', count - untried, due, fields_of(id), headers}
    end
    return {'READY', count - untried, '-1', fields_of(id), headers}
end
return place and {'READY', 0, '-1', fields_of(id), false}
