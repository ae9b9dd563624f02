-- SPDX-License-Identifier: Apache-2.0
-- Microseconds since 1970. Not by way of local time, of which an hour comes twice in autumn.
SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6))
