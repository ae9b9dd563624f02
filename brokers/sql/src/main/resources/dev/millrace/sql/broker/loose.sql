-- SPDX-License-Identifier: Apache-2.0
-- Jobs of a queue that no worker has.
SELECT id, expires_at FROM ${table}
WHERE time_acked IS NULL AND queue = ? AND (leased = 0 OR time_next <= ?) ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED
