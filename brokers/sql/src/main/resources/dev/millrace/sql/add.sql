-- SPDX-License-Identifier: Apache-2.0
-- Adds messages.
INSERT INTO ${table} (id, time_next${columns}) VALUES ${rows}
