-- SPDX-License-Identifier: Apache-2.0
-- Messages that were pushed and that nobody looked at come again at once, once they have been postponed, as if they had not been sent.
UPDATE ${table} SET time_next = ?, epoch = epoch - 1
WHERE id IN (${values}) AND time_acked IS NULL AND epoch > 0 AND time_next > ?
