-- SPDX-License-Identifier: Apache-2.0
-- What every step begins with. KEYS are those of one queue and one group, always the same; ARGV[1] is the group and ARGV[2]
-- the time in milliseconds, or -1 for the clock of Redis.
--
--   waiting (zset: id -> due) ──▶ stream (entries of the group: not delivered, or pending)
--   jobs    (hash: id -> fields)      pending: leases (zset: entry:count -> end), count being how often it was delivered
--                                              later  (zset: entry -> due), for those that were given back
--                                              notes  (hash: entry -> attempts that do not count, changed headers)
--                                     dead (stream): put aside by the group
--   moved   (hash: first id -> entry, or dead:entry), for jobs whose entry is not their first id
--   expiries (zset: id or entry -> end), state (hash), groups (set), bell (stream of one entry): wakes who waits

local stream, waiting, jobs, bell, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local expiries, moved, groups = KEYS[6], KEYS[7], KEYS[8]
local leases, later, notes, dead = KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local group = ARGV[1]
local now = tonumber(ARGV[2])
-- By another clock than that of Redis entries are named after that.
local name = now < 0 and '*' or string.format('%.0f-*', now)
if now < 0 then
    local time = redis.call('TIME')
    now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- As many as one step handles of what has come due; the rest is for the next step.
local BATCH = 1000

local function whole(number)
    return string.format('%.0f', number)
end

local function ring()
    redis.call('XADD', bell, 'MAXLEN', '1', '*', 'r', '')
end

local function head(key)
    local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    return first[2] and tonumber(first[2]) or math.huge
end

-- When something comes due next.
local function next_due()
    return math.min(head(waiting), head(leases), head(later))
end

local function due_in(key, room)
    return redis.call('ZRANGEBYSCORE', key, '-inf', whole(now), 'LIMIT', 0, room)
end

local function fields_of(entry)
    local found = redis.call('XRANGE', stream, entry, entry)
    return found[1] and found[1][2]
end

local function field(fields, name)
    for i = 1, #fields, 2 do
        if fields[i] == name then
            return fields[i + 1]
        end
    end
end

-- The first id of a job: what its entry says of that, unless somebody wrote there what is none; else the entry itself.
local function first_of(fields, entry)
    local first = field(fields, 'm:id')
    return first and string.find(first, '^w?%d+%-%d+$') and first or entry
end

-- How many deliveries of an entry do not count, and its headers if they were changed.
local function notes_of(entry)
    local packed = redis.call('HGET', notes, entry)
    if packed then
        return unpack(cmsgpack.unpack(packed))
    end
    return 0, false
end

-- A delivery in the hands of a worker.
local function delivery(entry, count)
    return entry .. ':' .. count
end

local function entry_of(member)
    return string.sub(member, 1, string.find(member, ':', 1, true) - 1)
end

-- The group begins with the oldest job that is there.
local function ensure_group()
    if redis.call('SISMEMBER', groups, group) == 0 or redis.call('EXISTS', stream) == 0 then
        redis.pcall('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM')
        redis.call('SADD', groups, group)
    end
end

local function last_delivered(of)
    if redis.call('EXISTS', stream) == 1 then
        for _, known in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
            if field(known, 'name') == of then
                return field(known, 'last-delivered-id')
            end
        end
    end
    return '0-0'
end

local function parts(entry)
    local ms, seq = string.match(entry, '^(%d+)-(%d+)$')
    return tonumber(ms), tonumber(seq)
end

local function is_after(entry, other)
    local ms, seq = parts(entry)
    local other_ms, other_seq = parts(other)
    return ms > other_ms or (ms == other_ms and seq > other_seq)
end

-- How often a pending entry was delivered; nil if it is not pending, or there is no such group yet.
local function delivered(of, entry)
    local pending = redis.pcall('XPENDING', stream, of, entry, entry, 1)
    return pending[1] and pending[1][4]
end

local function is_needed_elsewhere(entry)
    for _, other in ipairs(redis.call('SMEMBERS', groups)) do
        if other ~= group and (is_after(entry, last_delivered(other)) or delivered(other, entry)) then
            return true
        end
    end
    return false
end

-- Forgets under which entries jobs go that are not named after them.
local function forget_moved(entries)
    for _, entry in ipairs(entries) do
        local fields = fields_of(entry)
        local first = fields and first_of(fields, entry)
        if first and redis.call('HGET', moved, first) == entry then
            redis.call('HDEL', moved, first)
        end
    end
end

-- Deletes entries of the only group. What is done comes mostly in order, and before everything that is pending a stream can
-- be cut off, which is a tenth of the work of deleting entry by entry.
local function delete(entries)
    local pending = redis.call('XPENDING', stream, group)
    local first = pending[1] > 0 and pending[2] or last_delivered(group)
    if redis.call('XTRIM', stream, 'MINID', '=', first) < #entries then
        redis.call('XDEL', stream, unpack(entries))
    end
end

-- Removes entries that this group is done with, once no other group needs them.
local function remove(entries)
    local alone = redis.call('SCARD', groups) <= 1
    local gone = entries
    if not alone then
        gone = {}
        for _, entry in ipairs(entries) do
            if not is_needed_elsewhere(entry) then
                gone[#gone + 1] = entry
            end
        end
    end
    if #gone == 0 then
        return
    end
    if redis.call('EXISTS', moved) == 1 then
        forget_moved(gone)
    end
    if redis.call('EXISTS', expiries) == 1 then
        redis.call('ZREM', expiries, unpack(gone))
    end
    if alone then
        delete(gone)
    else
        redis.call('XDEL', stream, unpack(gone))
    end
end

-- The group is done with these entries, whose deliveries are over.
local function finish(entries)
    if #entries > 0 then
        redis.call('XACK', stream, group, unpack(entries))
        if redis.call('EXISTS', notes) == 1 then
            redis.call('HDEL', notes, unpack(entries))
        end
        remove(entries)
    end
end

-- Whether these deliveries are still in the hands of their workers: a list of true and false.
local function held(deliveries)
    local result = {}
    if #deliveries > 0 then
        for i, lease_end in ipairs(redis.call('ZMSCORE', leases, unpack(deliveries))) do
            result[i] = lease_end and tonumber(lease_end) > now
        end
    end
    return result
end

-- A job that waits becomes an entry.
local function promote(id)
    local fields = cmsgpack.unpack(redis.call('HGET', jobs, id))
    fields[#fields + 1] = 'm:id'
    fields[#fields + 1] = id
    local entry = redis.call('XADD', stream, name, unpack(fields))
    redis.call('HSET', moved, id, entry)
    local expiry = redis.call('ZSCORE', expiries, id)
    if expiry then
        redis.call('ZREM', expiries, id)
        redis.call('ZADD', expiries, expiry, entry)
    end
    redis.call('ZREM', waiting, id)
    redis.call('HDEL', jobs, id)
    return entry
end

-- Forgets what expired before anybody took it.
local function forget_expired()
    for _, id in ipairs(due_in(expiries, BATCH)) do
        if redis.call('ZREM', waiting, id) == 1 then
            redis.call('HDEL', jobs, id)
        else
            local taken = false
            for _, one in ipairs(redis.call('SMEMBERS', groups)) do
                taken = taken or not is_after(id, last_delivered(one))
            end
            if not taken then
                local fields = fields_of(id)
                if fields then
                    redis.call('HDEL', moved, first_of(fields, id))
                end
                redis.call('XDEL', stream, id)
            end
        end
        redis.call('ZREM', expiries, id)
    end
end

-- What time has changed since the last step.
local function catch_up()
    if redis.call('EXISTS', expiries) == 1 then
        forget_expired()
    end
    if redis.call('EXISTS', waiting) == 1 then
        for _, id in ipairs(due_in(waiting, BATCH)) do
            promote(id)
        end
    end
end
