-- SPDX-License-Identifier: Apache-2.0
-- Lets a queue go.
DELETE FROM ${table}_pause WHERE queue = ?
