-- SPDX-License-Identifier: Apache-2.0
-- How the queues stand. What has expired and is with no worker is not counted.
SELECT queue,
    SUM(CASE WHEN time_acked IS NULL AND time_next <= ? AND (expires_at IS NULL OR expires_at > ?) THEN 1 ELSE 0 END) AS ready,
    SUM(CASE WHEN time_acked IS NULL AND time_next > ? AND leased = 0 AND (expires_at IS NULL OR expires_at > ?)
        THEN 1 ELSE 0 END) AS waiting,
    SUM(CASE WHEN time_acked IS NULL AND time_next > ? AND leased = 1 THEN 1 ELSE 0 END) AS leased,
    SUM(CASE WHEN time_acked = 9223372036854775807 THEN 1 ELSE 0 END) AS dead,
    MIN(CASE WHEN time_acked IS NULL AND time_next <= ? AND (expires_at IS NULL OR expires_at > ?)
        THEN enqueued_at END) AS oldest
FROM ${table} WHERE time_acked IS NULL OR time_acked = 9223372036854775807 GROUP BY queue
