-- SPDX-License-Identifier: Apache-2.0
-- Forgets rows.
DELETE FROM ${table} WHERE id IN (${values})
