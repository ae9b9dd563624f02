-- SPDX-License-Identifier: Apache-2.0
-- Counts on.
UPDATE ${table}_meta SET value = value + ? WHERE name = ?
