-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE IF NOT EXISTS ${table}_meta (
    name VARCHAR(32) NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
)
