-- SPDX-License-Identifier: Apache-2.0
-- Which of these deliveries of one epoch were done at a moment.
SELECT id FROM ${table} WHERE time_acked = ? AND epoch = ? AND id IN (${values})
