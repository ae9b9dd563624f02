// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.okq.OkqOptions;
import java.util.Set;

/**
 * Opens {@code okq://[:password@]host:port}, and with TLS {@code okqs://…}; okq itself knows neither password nor TLS, our
 * server does. Option: {@code password}.
 */
public final class OkqBrokerFactory implements BrokerFactory {
    private static final String TLS = "okqs";

    /** For the service loader. */
    public OkqBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("okq", TLS);
    }

    @Override
    public Broker open(BrokerUrl url) {
        url.allowOnly(Set.of("password"));
        String server = url.place().replaceFirst("/$", "");
        if (server.isEmpty() || server.contains(",")) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" does not name one server; write it like okq://host:4777");
        }
        return OkqBroker.builder().server(server).options(options(url)).open();
    }

    private static OkqOptions options(BrokerUrl url) {
        OkqOptions options = url.scheme().equals(TLS) ? OkqOptions.defaults().withTls() : OkqOptions.defaults();
        if (!url.user().isEmpty()) {
            // It may be a password without its colon.
            throw new IllegalArgumentException(
                    "a user is named before the @, and okq knows none; write okq://:password@host:4777");
        }
        String password = url.password();
        return password.isEmpty() ? options : options.withPassword(password);
    }
}
