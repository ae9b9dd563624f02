// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContractRunTest {
    static final class Keeping {
        @Test
        void good() {
            assertThat(1).isOne();
        }
    }

    static final class Breaking {
        @Test
        void bad() {
            assertThat(1).isZero();
        }
    }

    static final class Empty {}

    @Test
    void contractThatIsKeptPasses() {
        assertThatCode(() -> ContractRun.of(Keeping.class)).doesNotThrowAnyException();
    }

    @Test
    void testThatFailsIsNamed() {
        assertThatThrownBy(() -> ContractRun.of(Breaking.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bad()");
    }

    @Test
    void contractWithoutTestsFailsTheRun() {
        assertThatThrownBy(() -> ContractRun.of(Empty.class)).isInstanceOf(AssertionError.class);
    }
}
