-- SPDX-License-Identifier: Apache-2.0
-- The next priority that there are messages of.
SELECT MIN(priority) FROM ${table} WHERE time_acked IS NULL AND priority > ?
