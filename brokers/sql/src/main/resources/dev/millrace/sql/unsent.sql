-- SPDX-License-Identifier: Apache-2.0
-- How many of messages that were pushed have not been postponed yet.
SELECT COUNT(*) FROM ${table} WHERE id IN (${values}) AND time_acked IS NULL AND time_next <= ?
