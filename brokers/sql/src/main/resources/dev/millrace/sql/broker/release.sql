-- SPDX-License-Identifier: Apache-2.0
-- Jobs come again.
UPDATE ${table} SET time_next = ?, leased = 0, epoch = epoch + 1, attempts = attempts - ?
WHERE id IN (${values}) AND time_acked IS NULL
