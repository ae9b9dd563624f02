-- SPDX-License-Identifier: Apache-2.0
-- How many of messages that were pushed have not been postponed yet.
-- With COALESCE, PostgreSQL finds them by their numbers; without, it may walk over all that is not acknowledged.
SELECT COUNT(*) FROM ${table} WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0 AND time_next <= ?
