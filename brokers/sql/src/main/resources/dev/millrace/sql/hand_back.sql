-- SPDX-License-Identifier: Apache-2.0
-- Messages that nobody looked at come again at once, as if they had not been handed out.
-- With COALESCE, PostgreSQL finds them by their numbers; without, it may walk over all that is not acknowledged.
UPDATE ${table} SET time_next = ?, epoch = epoch - 1 WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0 AND epoch > 0
