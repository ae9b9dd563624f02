-- SPDX-License-Identifier: Apache-2.0
-- Which of these chosen ids are taken.
SELECT job_id FROM ${table} WHERE job_id IN (${values})
