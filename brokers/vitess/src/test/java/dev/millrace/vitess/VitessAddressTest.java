// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VitessAddressTest {
    @Test
    void addressIsRead() {
        VitessAddress address = VitessAddress.of("vitess://mary:a%3Ab@[::1]:15301/users:-80?tls=true&timeout=PT1S");
        assertThat(address.host()).isEqualTo("[::1]");
        assertThat(address.port()).isEqualTo(15_301);
        assertThat(address.keyspace()).isEqualTo("users:-80");
        assertThat(address.access()).isEqualTo(new VitessAddress.Access(true, "mary", "a:b"));
        assertThat(address.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(address.toString() + address.access()).doesNotContain("a:b");
    }

    @Test
    void whatIsNotSaidIsUsual() {
        VitessAddress address = VitessAddress.of("vitess://vtgate/shop");
        assertThat(address)
                .isEqualTo(new VitessAddress(
                        "vtgate", 15_991, "shop", VitessAddress.Access.PLAIN, Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vitess://vtgate",
                "vitess://vtgate/",
                "vitess:///shop",
                "jdbc:mysql://vtgate/shop",
                "vitess://vtgate/shop@replica",
                "vitess://vtgate/shop;drop",
                "vitess://vtgate/shop?tls=perhaps",
                "vitess://vtgate/shop?timeout=1",
                "vitess://vtgate/shop?timeout=PT0S",
                "vitess://vtgate:99999/shop",
                "vitess://vtgate/%"
            })
    void whatIsNoAddressIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> VitessAddress.of(url));
    }
}
