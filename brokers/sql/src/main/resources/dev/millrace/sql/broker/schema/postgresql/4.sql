-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE IF NOT EXISTS ${table} (
    id BIGINT NOT NULL PRIMARY KEY,
    priority SMALLINT NOT NULL DEFAULT 50,
    epoch BIGINT NOT NULL DEFAULT 0,
    time_next BIGINT DEFAULT 0,
    time_acked BIGINT DEFAULT NULL,
    queue VARCHAR(255) COLLATE "C" NOT NULL,
    job_id VARCHAR(255) COLLATE "C" DEFAULT NULL,
    leased SMALLINT NOT NULL DEFAULT 0,
    attempts INT NOT NULL DEFAULT 0,
    enqueued_at BIGINT NOT NULL,
    expires_at BIGINT DEFAULT NULL,
    dead_at BIGINT DEFAULT NULL,
    dead_reason TEXT DEFAULT NULL,
    headers BYTEA DEFAULT NULL,
    payload BYTEA NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)
