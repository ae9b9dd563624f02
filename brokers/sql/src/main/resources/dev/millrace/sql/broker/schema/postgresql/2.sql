-- SPDX-License-Identifier: Apache-2.0
INSERT INTO ${table}_meta (name, value) VALUES ('node', 0), ('steps', 0)
