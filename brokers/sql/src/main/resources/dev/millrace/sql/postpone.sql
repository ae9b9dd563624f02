-- SPDX-License-Identifier: Apache-2.0
-- Messages that were handed out come again at a moment, unless they are acknowledged before.
-- With COALESCE, PostgreSQL finds them by their numbers; without, it may walk over all that is not acknowledged.
UPDATE ${table} SET time_next = ?, epoch = epoch + 1 WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0
