-- SPDX-License-Identifier: Apache-2.0
-- Tells all who listen, once this is committed, in which queue there is something.
SELECT pg_notify('${table}', ?)
