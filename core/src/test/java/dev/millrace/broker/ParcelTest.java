// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParcelTest {
    private static final Payload BODY = Payload.text("soup");

    private static Parcel opened(Map<String, String> headers) {
        return Parcel.open(new Envelope(headers, BODY).seal().bytes());
    }

    @Test
    void aCopyTellsWhoseItIsAndHowOftenThatWasTried() {
        Parcel copy = Parcel.of(Map.of("a", "1"), BODY).copyOf(new JobId("first"), 3, Map.of("b", "2"));
        assertThat(Parcel.open(copy.seal())).isEqualTo(copy);
        assertThat(copy.headers()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(copy.attempts()).isEqualTo(3);
    }

    @Test
    void whatAWorkerCountsTravelsBesideWhatTheBrokerCounts() {
        Parcel copy = Parcel.of(Map.of(), BODY).copyOf(new JobId("first"), 3, Map.of("millrace-attempts", "2"));
        assertThat(Parcel.open(copy.seal())).isEqualTo(copy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", " padded "})
    void whatIsNoIdIsNone(String id) {
        Parcel parcel = opened(Map.of("millrace-copy-of", id, "millrace-copy-attempts", "7", "a", "1"));
        assertThat(parcel).isEqualTo(Parcel.of(Map.of("a", "1"), BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "many", "2147483647", "99999999999"})
    void attemptsThatCannotBeLeaveRoomForMore(String attempts) {
        Parcel parcel = opened(Map.of("millrace-copy-of", "first", "millrace-copy-attempts", attempts));
        assertThat(parcel.firstId()).contains(new JobId("first"));
        assertThat(parcel.attempts() + 1_000_000).isPositive();
    }
}
