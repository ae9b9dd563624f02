-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX IF NOT EXISTS ${table}_poller ON ${table} (queue, priority, time_next, id) WHERE time_acked IS NULL
