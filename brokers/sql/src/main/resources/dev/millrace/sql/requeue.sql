-- SPDX-License-Identifier: Apache-2.0
-- A parked message is as if it had never been tried.
UPDATE ${table} SET time_acked = NULL, time_next = ?, epoch = 0 WHERE id = ? AND time_acked = 9223372036854775807
