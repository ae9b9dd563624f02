-- SPDX-License-Identifier: Apache-2.0
-- A message comes again at a moment.
UPDATE ${table} SET time_next = ? WHERE id = ? AND time_acked IS NULL
