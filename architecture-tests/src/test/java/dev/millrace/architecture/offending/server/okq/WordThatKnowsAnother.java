// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.server.okq;

import dev.millrace.architecture.offending.server.disque.WordThatKnowsItsServer;

public record WordThatKnowsAnother(WordThatKnowsItsServer word) {}
