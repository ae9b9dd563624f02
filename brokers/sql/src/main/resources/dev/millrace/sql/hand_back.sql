-- SPDX-License-Identifier: Apache-2.0
-- Messages that nobody looked at come again at once, as if they had not been handed out.
UPDATE ${table} SET time_next = ?, epoch = epoch - 1 WHERE id IN (${values}) AND time_acked IS NULL AND epoch > 0
