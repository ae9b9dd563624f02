-- SPDX-License-Identifier: Apache-2.0
-- The number of a job with a chosen id.
SELECT id FROM ${table} WHERE job_id = ?
