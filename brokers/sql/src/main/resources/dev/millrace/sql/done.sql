-- SPDX-License-Identifier: Apache-2.0
-- What was acknowledged before a moment.
SELECT id FROM ${table} WHERE time_acked < ? ORDER BY time_acked LIMIT ? FOR UPDATE SKIP LOCKED
