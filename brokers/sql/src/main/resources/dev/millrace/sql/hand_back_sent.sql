-- SPDX-License-Identifier: Apache-2.0
-- Messages that were pushed and that nobody looked at come again at once, once they have been postponed, as if they had not been sent.
-- With COALESCE, PostgreSQL finds them by their numbers; without, it may walk over all that is not acknowledged.
UPDATE ${table} SET time_next = ?, epoch = epoch - 1
WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0 AND epoch > 0 AND time_next > ?
