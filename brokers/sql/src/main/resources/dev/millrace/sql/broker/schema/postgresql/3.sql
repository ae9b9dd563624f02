-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE IF NOT EXISTS ${table}_pause (
    queue VARCHAR(255) COLLATE "C" NOT NULL PRIMARY KEY,
    pause VARCHAR(8) NOT NULL
)
