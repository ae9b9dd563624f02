-- SPDX-License-Identifier: Apache-2.0
-- The numbers of the dead letters, the oldest first.
SELECT id FROM ${table} WHERE time_acked = 9223372036854775807 AND queue = ? ORDER BY dead_at, id LIMIT ? FOR UPDATE SKIP LOCKED
