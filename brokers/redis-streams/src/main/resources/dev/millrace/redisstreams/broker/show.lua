-- SPDX-License-Identifier: Apache-2.0
-- Shows a job. ARGV[3]: its first id. Replies nothing, or: state, attempts, when it comes due or -1, fields, changed headers.
catch_up()
local place, id = find(ARGV[3])
if place == 'WAITING' then
    local fields = cmsgpack.unpack(redis.call('HGET', jobs, id))
    return {'WAITING', 0, redis.call('ZSCORE', waiting, id), fields, false}
end
if place == 'DEAD' then
    local letter = redis.call('XRANGE', dead, id, id)[1]
    return {'DEAD', tonumber(field(letter[2], 'attempts')), '-1', letter[2], false}
end
if place == 'STREAM' then
    local attempts = delivered(group, id) or 0
    local changed = changed_headers(id)
    local lease, due = redis.call('ZSCORE', leases, id), redis.call('ZSCORE', later, id)
    if lease and tonumber(lease) > now then
        return {'LEASED', attempts, lease, fields_of(id), changed}
    end
    if due and tonumber(due) > now then
        return {'WAITING', attempts, due, fields_of(id), changed}
    end
    return {'READY', attempts, '-1', fields_of(id), changed}
end
return false
