-- SPDX-License-Identifier: Apache-2.0
-- Messages are done.
UPDATE ${table} SET time_acked = ?, time_next = NULL WHERE id IN (${values}) AND time_acked IS NULL
