-- SPDX-License-Identifier: Apache-2.0
-- Hears of jobs that others commit.
LISTEN ${table}
