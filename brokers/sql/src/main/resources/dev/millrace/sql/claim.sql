-- SPDX-License-Identifier: Apache-2.0
-- The messages of a priority that are due and that nobody else is just claiming, the oldest first.
SELECT id, epoch, priority${columns} FROM ${table}
WHERE time_acked IS NULL AND priority = ? AND time_next < ?
ORDER BY time_next LIMIT ? FOR UPDATE SKIP LOCKED
