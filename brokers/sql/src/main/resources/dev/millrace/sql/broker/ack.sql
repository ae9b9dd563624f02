-- SPDX-License-Identifier: Apache-2.0
-- Jobs are done. Their chosen ids are free.
UPDATE ${table} SET time_acked = ?, time_next = NULL, leased = 0, job_id = NULL
WHERE id IN (${values}) AND time_acked IS NULL
