-- SPDX-License-Identifier: Apache-2.0
-- A message that was pushed comes again at a moment, once it has been postponed.
UPDATE ${table} SET time_next = ? WHERE id = ? AND time_acked IS NULL AND time_next > ?
