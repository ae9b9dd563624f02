-- SPDX-License-Identifier: Apache-2.0
-- A job comes again with other headers.
UPDATE ${table} SET time_next = ?, leased = 0, epoch = epoch + 1, attempts = attempts - ?, headers = ?
WHERE id = ? AND time_acked IS NULL
