-- SPDX-License-Identifier: Apache-2.0
-- Pauses a queue that is not.
INSERT INTO ${table}_pause (queue, pause) VALUES (?, ?)
