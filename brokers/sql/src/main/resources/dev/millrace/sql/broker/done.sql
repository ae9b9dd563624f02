-- SPDX-License-Identifier: Apache-2.0
-- The history that is older than a moment, but for what somebody has in hand.
SELECT id FROM ${table} WHERE time_acked < ? ORDER BY time_acked LIMIT ? FOR UPDATE SKIP LOCKED
