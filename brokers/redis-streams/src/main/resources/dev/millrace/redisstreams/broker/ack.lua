-- SPDX-License-Identifier: Apache-2.0
-- Ends deliveries. ARGV from 3 on: entry and token of each. Replies 1 or 0 for each: 0 if it belonged to somebody else by then.
local entries, tokens = {}, {}
for i = 3, #ARGV, 2 do
    entries[#entries + 1], tokens[#tokens + 1] = ARGV[i], ARGV[i + 1]
end
local reply, done, seen = {}, {}, {}
for i, ok in ipairs(held(entries, tokens)) do
    ok = ok and not seen[entries[i]]
    reply[i] = ok and 1 or 0
    if ok then
        seen[entries[i]] = true
        done[#done + 1] = entries[i]
    end
end
finish(done)
return reply
