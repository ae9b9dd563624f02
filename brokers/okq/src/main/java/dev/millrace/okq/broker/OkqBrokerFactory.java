// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.okq.OkqOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
        String authority = url.rest().startsWith("//") ? url.rest().substring(2) : "";
        if (authority.endsWith("/")) {
            authority = authority.substring(0, authority.length() - 1);
        }
        int at = authority.lastIndexOf('@');
        String server = authority.substring(at + 1);
        if (server.isEmpty() || server.contains(",")) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" does not name one server; write it like okq://host:4777");
        }
        return OkqBroker.builder()
                .server(server)
                .options(options(url, authority.substring(0, Math.max(0, at))))
                .open();
    }

    private static OkqOptions options(BrokerUrl url, String login) {
        OkqOptions options = url.scheme().equals(TLS) ? OkqOptions.defaults().withTls() : OkqOptions.defaults();
        String before = URLDecoder.decode(login.substring(login.indexOf(':') + 1), StandardCharsets.UTF_8);
        String password = url.options().getOrDefault("password", before);
        return password.isEmpty() ? options : options.withPassword(password);
    }
}
