-- SPDX-License-Identifier: Apache-2.0
-- Microseconds since 1970.
SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)
