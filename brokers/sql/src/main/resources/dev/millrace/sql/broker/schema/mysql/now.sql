-- SPDX-License-Identifier: Apache-2.0
-- Microseconds since 1970.
SELECT CAST(ROUND(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000) AS SIGNED)
