-- SPDX-License-Identifier: Apache-2.0
-- Where a counter stands.
SELECT value FROM ${table}_meta WHERE name = ?
