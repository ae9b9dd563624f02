-- SPDX-License-Identifier: Apache-2.0
-- Messages that were handed out come again at a moment, unless they are acknowledged before.
UPDATE ${table} SET time_next = ?, epoch = epoch + 1 WHERE id IN (${values}) AND time_acked IS NULL
