-- SPDX-License-Identifier: Apache-2.0
-- Where a job is, by its first id: WAITING, DEAD or STREAM, the id there, and how often it was delivered if it is pending.
local function find(first)
    if redis.call('ZSCORE', waiting, first) then
        return 'WAITING', first
    end
    local entry = redis.call('HGET', moved, first) or first
    if string.sub(entry, 1, 5) == 'dead:' then
        return 'DEAD', string.sub(entry, 6)
    end
    if not parts(entry) or not fields_of(entry) then
        return nil
    end
    local count = delivered(group, entry)
    if count or is_after(entry, last_delivered(group)) then
        return 'STREAM', entry, count
    end
    return nil
end
