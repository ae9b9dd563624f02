-- SPDX-License-Identifier: Apache-2.0
-- A counter stands elsewhere, never lower.
UPDATE ${table}_meta SET value = CASE WHEN value < ? THEN ? ELSE value END WHERE name = ?
