-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE IF NOT EXISTS ${table} (
    id BIGINT NOT NULL,
    priority TINYINT NOT NULL DEFAULT 50,
    epoch BIGINT NOT NULL DEFAULT 0,
    time_next BIGINT DEFAULT 0,
    time_acked BIGINT DEFAULT NULL,
    queue VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    job_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
    leased TINYINT NOT NULL DEFAULT 0,
    attempts INT NOT NULL DEFAULT 0,
    enqueued_at BIGINT NOT NULL,
    expires_at BIGINT DEFAULT NULL,
    dead_at BIGINT DEFAULT NULL,
    dead_reason LONGTEXT CHARACTER SET utf8mb4 DEFAULT NULL,
    headers LONGBLOB DEFAULT NULL,
    payload LONGBLOB NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ${table}_job (job_id),
    KEY ${table}_poller (time_acked, queue, priority, time_next)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC
  COMMENT 'vitess_message,vt_ack_wait=30,vt_purge_after=3600,vt_batch_size=10,vt_cache_size=10000,vt_poller_interval=1,vt_message_cols=id|queue|job_id|epoch|attempts|enqueued_at|expires_at|headers|payload'
