-- SPDX-License-Identifier: Apache-2.0
-- Throws dead letters away, as many as one step handles. Replies how many, and 1 if there may be more.
local letters = redis.call('XRANGE', dead, '-', '+', 'COUNT', BATCH)
for _, letter in ipairs(letters) do
    redis.call('HDEL', moved, first_of(letter[2], letter[1]))
    redis.call('XDEL', dead, letter[1])
end
return {#letters, #letters >= BATCH and 1 or 0}
