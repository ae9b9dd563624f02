-- SPDX-License-Identifier: Apache-2.0
-- The queues that are paused.
SELECT queue, pause FROM ${table}_pause
