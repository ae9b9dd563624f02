-- SPDX-License-Identifier: Apache-2.0
-- Microseconds since 1970. Not by way of local time, of which an hour comes twice in autumn; and from a table, because a vtgate that
-- is asked for nothing of a table answers by a clock of its own.
SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6)) FROM ${table}_meta WHERE name = 'node'
