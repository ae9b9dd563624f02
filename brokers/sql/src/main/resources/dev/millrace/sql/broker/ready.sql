-- SPDX-License-Identifier: Apache-2.0
-- Makes a job ready that is not dead, unless it has expired.
UPDATE ${table} SET time_next = ?, leased = 0, epoch = epoch + 1
WHERE id = ? AND time_acked IS NULL
    AND (expires_at IS NULL OR expires_at > ? OR (leased = 1 AND time_next > ?))
