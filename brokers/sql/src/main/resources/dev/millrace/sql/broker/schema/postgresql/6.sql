-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX IF NOT EXISTS ${table}_acked ON ${table} (time_acked, queue) WHERE time_acked IS NOT NULL
