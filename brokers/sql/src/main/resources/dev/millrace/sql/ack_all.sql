-- SPDX-License-Identifier: Apache-2.0
-- Messages are done.
-- With COALESCE, PostgreSQL finds them by their numbers; without, it may walk over all that is not acknowledged.
UPDATE ${table} SET time_acked = ?, time_next = NULL WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0
