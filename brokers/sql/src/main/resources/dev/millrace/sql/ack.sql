-- SPDX-License-Identifier: Apache-2.0
-- A message is done.
UPDATE ${table} SET time_acked = ?, time_next = NULL WHERE id = ? AND time_acked IS NULL
