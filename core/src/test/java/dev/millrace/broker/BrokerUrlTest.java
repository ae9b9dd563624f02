// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {
    @Test
    void addressIsTakenApart() {
        BrokerUrl url = BrokerUrl.parse("file:./jobs?sync=never&max-payload=5");
        assertThat(url.scheme()).isEqualTo("file");
        assertThat(url.rest()).isEqualTo("./jobs");
        assertThat(url.options()).containsExactly(Map.entry("sync", "never"), Map.entry("max-payload", "5"));
    }

    @Test
    void schemeAloneIsEnough() {
        BrokerUrl url = BrokerUrl.parse("MEM:");
        assertThat(url.scheme()).isEqualTo("mem");
        assertThat(url.rest()).isEmpty();
        assertThat(url.options()).isEmpty();
        assertThat(BrokerUrl.parse("mem:?").options()).isEmpty();
    }

    @Test
    void colonsOfSubSchemesAndPortsBelongToTheRest() {
        assertThat(BrokerUrl.parse("jdbc:mariadb://h:3306/jobs").rest()).isEqualTo("mariadb://h:3306/jobs");
    }

    @Test
    void optionsArePercentDecoded() {
        assertThat(BrokerUrl.parse("x:?a=1%262&b=%3D").options())
                .containsEntry("a", "1&2")
                .containsEntry("b", "=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jobs", "./jobs", ":jobs", "4x:jobs", "a b:c", "/tmp/x:y"})
    void addressWithoutASchemeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerUrl.parse(text))
                .withMessageContainingAll("\"" + text + "\"", "no scheme", "file:./jobs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:?a", "x:?=1", "x:?a=1&a=2", "x:?a=1&", "x:?a=1&&b=2"})
    void brokenOptionsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerUrl.parse(text))
                .withMessageContainingAll("broken option", "name=value");
    }

    @Test
    void brokenPercentSignsAreRefusedWithTheAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerUrl.parse("x:?a=%zz"))
                .withMessageContaining("x:?a=%zz");
    }

    @Test
    void unknownOptionIsRefusedWithTheKnownOnes() {
        BrokerUrl url = BrokerUrl.parse("x:?sync=1&typo=2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> url.allowOnly(Set.of("sync", "lease", "depth")))
                .withMessageContainingAll("\"typo\"", "depth, lease, sync");
        url.allowOnly(Set.of("sync", "typo"));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://ann:s3cret@h:6379, redis://ann:***@h:6379",
        "redis://:s3cret@h:6379, redis://:***@h:6379",
        "jdbc:mysql://ann:s3cret@h/db, jdbc:mysql://ann:***@h/db",
        "x://h?password=s3cret&a=1, x://h?password=***&a=1",
        "x://h?a=1&token=s3cret, x://h?a=1&token=***",
        "redis://ann:s3/cr@et@h:1, redis://ann:***@h:1",
        "'disque://a:s3cret@h1:7711,b:s3cret@h2:7711', 'disque://a:***@h2:7711'"
    })
    void passwordsAreNeverShown(String text, String masked) {
        assertThat(BrokerUrl.parse(text)).hasToString(masked);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerUrl.parse(text + (text.contains("?") ? "&" : "?") + "broken"))
                .withMessageNotContaining("s3");
    }

    @Test
    void portWithoutAPasswordIsShown() {
        assertThat(BrokerUrl.parse("amqp://h:5672/v")).hasToString("amqp://h:5672/v");
        assertThat(BrokerUrl.parse("amqp://h:5672/v@w")).hasToString("amqp://h:5672/v@w");
        assertThat(BrokerUrl.parse("file:/a@b:c@d")).hasToString("file:/a@b:c@d");
    }

    @Test
    void optionsCannotBeChanged() {
        Map<String, String> options = BrokerUrl.parse("x:?a=1").options();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> options.put("b", "2"));
    }

    @Test
    void unknownSchemeIsRefusedWithItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("nosuch://h"))
                .withMessageContainingAll("nosuch://h", "unknown scheme \"nosuch\"", "known here");
    }

    @Test
    void loginStandsBeforeThePlace() {
        BrokerUrl url = BrokerUrl.parse("x://us%40er:p+ss:%20w%40rd@a:1,b:2/4?y=z");
        assertThat(url.user()).isEqualTo("us@er");
        assertThat(url.password()).isEqualTo("p+ss: w@rd");
        assertThat(url.place()).isEqualTo("a:1,b:2/4");
        assertThat(BrokerUrl.parse("x://:only@a").user()).isEmpty();
        assertThat(BrokerUrl.parse("x://:only@a").password()).isEqualTo("only");
        assertThat(BrokerUrl.parse("x://user@a").user()).isEqualTo("user");
        assertThat(BrokerUrl.parse("x://user@a").password()).isEmpty();
        assertThat(BrokerUrl.parse("x://a:1").user()).isEmpty();
        assertThat(BrokerUrl.parse("x://a:1").place()).isEqualTo("a:1");
        assertThat(BrokerUrl.parse("x:/a@b").place()).isEmpty();
        assertThat(BrokerUrl.parse("x:/a@b").user()).isEmpty();
        assertThat(BrokerUrl.parse("x://@").place()).isEmpty();
    }

    @Test
    void passwordAmongTheOptionsGoesBeforeOneInTheLogin() {
        assertThat(BrokerUrl.parse("x://u:one@a?password=two").password()).isEqualTo("two");
    }

    @Test
    void percentSignThatEncodesNothingIsRefusedWithoutThePassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerUrl.parse("x://u:se%zzcret@a").password())
                .withMessageContaining("write %25")
                .withMessageNotContaining("cret");
    }

    @Test
    void optionsHaveTypes() {
        BrokerUrl url = BrokerUrl.parse("x:?yes=true&no=false&n=-7&a=500MS&b=2d&c=PT0.5S&shout=TRUE");
        assertThat(url.flag("yes", false)).isTrue();
        assertThat(url.flag("no", true)).isFalse();
        assertThat(url.flag("missing", true)).isTrue();
        assertThat(url.flag("shout", false)).isTrue();
        assertThat(url.number("n")).isEqualTo(-7);
        assertThat(url.duration("a")).isEqualTo(Duration.ofMillis(500));
        assertThat(url.duration("b")).isEqualTo(Duration.ofDays(2));
        assertThat(url.duration("c")).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void lengthOfTimeThatIsTooLongIsRefused() {
        for (String value : List.of("99999999999999999999s", "999999999999999999d", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BrokerUrl.parse("x:?a=" + value).duration("a"))
                    .withMessageContaining("has a \"" + value + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5x", "5 s", "maybe"})
    void optionOfAnotherTypeIsRefusedWithWhatWouldBeRight(String value) {
        BrokerUrl url = BrokerUrl.parse("x:?a=" + value + "z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> url.duration("a"))
                .withMessageContainingAll("has a \"" + value + "z\"", "such as 500ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> url.flag("a", true))
                .withMessageContainingAll(value, "true or false");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> url.number("a"))
                .withMessageContainingAll(value, "a whole number");
    }
}
