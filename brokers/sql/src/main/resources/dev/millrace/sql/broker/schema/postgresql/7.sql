-- SPDX-License-Identifier: Apache-2.0
CREATE UNIQUE INDEX IF NOT EXISTS ${table}_job ON ${table} (job_id) WHERE job_id IS NOT NULL
