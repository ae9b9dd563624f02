-- SPDX-License-Identifier: Apache-2.0
-- A message is parked until a person acts. It is out of every poll, and no postponement brings it back.
UPDATE ${table} SET time_acked = 9223372036854775807, time_next = NULL WHERE id = ? AND time_acked IS NULL
