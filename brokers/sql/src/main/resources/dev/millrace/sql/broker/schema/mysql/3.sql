-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE IF NOT EXISTS ${table}_pause (
    queue VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    pause VARCHAR(8) NOT NULL
) ENGINE = InnoDB
