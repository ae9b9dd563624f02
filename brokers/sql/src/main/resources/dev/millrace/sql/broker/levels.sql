-- SPDX-License-Identifier: Apache-2.0
-- For each priority of a queue that has jobs: when the first of them is ready. Ten steps down an index, however many wait.
SELECT levels.priority,
       (SELECT job.time_next FROM ${table} job
        WHERE job.time_acked IS NULL AND job.queue = ? AND job.priority = levels.priority
        ORDER BY job.time_next LIMIT 1) AS due
FROM (SELECT 0 AS priority UNION ALL SELECT 10 UNION ALL SELECT 20 UNION ALL SELECT 30 UNION ALL SELECT 40
      UNION ALL SELECT 50 UNION ALL SELECT 60 UNION ALL SELECT 70 UNION ALL SELECT 80 UNION ALL SELECT 90) levels
ORDER BY levels.priority
