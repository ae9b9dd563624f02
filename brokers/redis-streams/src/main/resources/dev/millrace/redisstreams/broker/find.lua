-- SPDX-License-Identifier: Apache-2.0
-- Where a job is, by its first id: WAITING, DEAD or STREAM, and the id there.
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
    if is_after(entry, last_delivered(group)) or delivered(group, entry) then
        return 'STREAM', entry
    end
    return nil
end
