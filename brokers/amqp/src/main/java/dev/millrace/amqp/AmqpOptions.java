// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/* Over 300 lines: there are many ways to reach RabbitMQ, and each is a method with its Javadoc. */
/** How to reach RabbitMQ. Immutable and thread-safe; each {@code with…} returns another. */
public final class AmqpOptions {
    private static final int MOST_PORT = 65_535;

    private final List<String> addresses;
    private final String virtualHost;
    private final Login login;
    private final Times times;
    private final Reconnection reconnection;
    private final @Nullable Tls tls;

    /**
     * Who logs in.
     *
     * @param user the name
     * @param password the password
     */
    public record Login(String user, String password) {
        /** Does not show the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * How long things may take.
     *
     * @param connect connecting, and the greetings after it; 10 s unless said otherwise
     * @param reply an answer of the server, such as the confirm of what was published; 10 s unless said otherwise
     * @param heartbeat after how much silence a connection counts as lost; zero is never; 10 s unless said otherwise
     */
    public record Times(Duration connect, Duration reply, Duration heartbeat) {
        /** Checks the lengths. */
        public Times {
            positive("the connect timeout", connect);
            positive("the reply timeout", reply);
            if (heartbeat.isNegative()) {
                throw new IllegalArgumentException("the heartbeat " + heartbeat + " is negative; give zero or more");
            }
        }

        private static void positive(String what, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(what + " " + value + " is out of range; give more than zero");
            }
        }
    }

    /**
     * How a lost connection is made anew. One is made when somebody needs it, so nothing is tried while nobody does.
     *
     * @param times how many attempts in a row may fail; after the last one the connection is given up for good. 0 is for ever
     * @param interval how long after a failed attempt the next one is made at the earliest; whoever asks sooner is refused
     */
    public record Reconnection(int times, Duration interval) {
        /** Checks the parts. */
        public Reconnection {
            if (times < 0) {
                throw new IllegalArgumentException("reconnecting " + times + " times is out of range; give 0 or more");
            }
            if (interval.isNegative()) {
                throw new IllegalArgumentException("the interval " + interval + " is negative; give zero or more");
            }
        }

        /**
         * For ever.
         *
         * @param interval how long after a failed attempt the next one is made at the earliest
         * @return the rule
         */
        public static Reconnection forEver(Duration interval) {
            return new Reconnection(0, interval);
        }
    }

    /**
     * How connections are encrypted.
     *
     * @param context what to trust, and whom to be
     * @param namesChecked whether the certificate must name the host
     */
    public record Tls(SSLContext context, boolean namesChecked) {}

    private record Where(List<String> addresses, String virtualHost) {}

    private AmqpOptions(Where where, Login login, Times times, Reconnection reconnection, @Nullable Tls tls) {
        this.addresses = List.copyOf(where.addresses());
        this.virtualHost = where.virtualHost();
        this.login = login;
        this.times = times;
        this.reconnection = reconnection;
        this.tls = tls;
        if (addresses.isEmpty() || addresses.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("no address of RabbitMQ was given; give host or host:port");
        }
        addresses.forEach(AmqpOptions::checkPort);
    }

    /** What follows the host; an address in brackets has colons of its own. */
    private static void checkPort(String address) {
        int colon = address.indexOf(':', Math.max(0, address.lastIndexOf(']')));
        String port = colon < 0 ? "5672" : address.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > MOST_PORT) {
            throw new IllegalArgumentException("address \"" + address + "\" has no port from 1 to " + MOST_PORT
                    + " behind the colon; give host or host:port");
        }
    }

    /**
     * Servers, with the defaults: guest with the password guest, the virtual host {@code /}, no TLS.
     *
     * @param addresses of the nodes of one cluster, {@code host} or {@code host:port}; tried in this order. The port is 5672,
     *     with TLS 5671, unless it is given
     * @return the options
     */
    public static AmqpOptions servers(String... addresses) {
        return new AmqpOptions(
                new Where(List.of(addresses), "/"),
                new Login("guest", "guest"),
                new Times(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                Reconnection.forEver(Duration.ZERO),
                null);
    }

    /**
     * What a connection string says, such as {@code amqp://user:password@host:5672/vhost}. Several hosts may stand there, with
     * commas between. {@code amqps} encrypts, and checks certificates and their names. Without a path, and with only a slash,
     * the virtual host is {@code /}.
     *
     * @param uri the string; user, password and virtual host percent-encoded
     * @return the options
     * @throws IllegalArgumentException if it is no such string; the message does not repeat it, for it may hold a password
     */
    public static AmqpOptions uri(String uri) {
        boolean tls = uri.startsWith("amqps://");
        if (!tls && !uri.startsWith("amqp://")) {
            throw new IllegalArgumentException(
                    "the connection string does not begin with amqp:// or amqps://; write it like amqp://host:5672/vhost");
        }
        String rest = uri.substring(uri.indexOf("//") + 2);
        int slash = rest.indexOf('/', Math.max(0, rest.lastIndexOf('@')));
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        int at = authority.lastIndexOf('@');
        AmqpOptions options = servers(authority.substring(at + 1).split(",", -1));
        options = path.isEmpty() ? options : options.withVirtualHost(decoded(path));
        options = at < 0 ? options : options.withLogin(login(authority.substring(0, at)));
        return tls ? options.withTls() : options;
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Login(decoded(text), "guest")
                : new Login(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    /** A plus is a plus here, not a space. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the connection string has a percent sign without two hexadecimal digits; write %25", e);
        }
    }

    /**
     * Another virtual host.
     *
     * @param name its name
     * @return the options with it
     */
    public AmqpOptions withVirtualHost(String name) {
        return new AmqpOptions(new Where(addresses, name), login, times, reconnection, tls);
    }

    /**
     * Another user.
     *
     * @param who the login
     * @return the options with it
     */
    public AmqpOptions withLogin(Login who) {
        return new AmqpOptions(where(), who, times, reconnection, tls);
    }

    /**
     * How long things may take.
     *
     * @param chosen all of them
     * @return the options with them
     */
    public AmqpOptions withTimes(Times chosen) {
        return new AmqpOptions(where(), login, chosen, reconnection, tls);
    }

    /**
     * Encrypts connections, trusts what the JDK trusts, and checks the names of hosts.
     *
     * @return the options with it
     */
    public AmqpOptions withTls() {
        try {
            return withTls(new Tls(SSLContext.getDefault(), true));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no usual TLS context", e);
        }
    }

    /**
     * Encrypts connections.
     *
     * @param how what to trust, and whether names are checked
     * @return the options with it
     */
    public AmqpOptions withTls(Tls how) {
        return new AmqpOptions(where(), login, times, reconnection, how);
    }

    private Where where() {
        return new Where(addresses, virtualHost);
    }

    /**
     * How a lost connection is made anew; for ever and at once unless this is called.
     *
     * @param rule how often and when
     * @return the options with it
     */
    public AmqpOptions withReconnection(Reconnection rule) {
        return new AmqpOptions(where(), login, times, rule, tls);
    }

    /**
     * How a lost connection is made anew.
     *
     * @return the rule
     */
    public Reconnection reconnection() {
        return reconnection;
    }

    /**
     * Where the servers are.
     *
     * @return {@code host} or {@code host:port} of each
     */
    public List<String> addresses() {
        return addresses;
    }

    /**
     * The virtual host.
     *
     * @return its name
     */
    public String virtualHost() {
        return virtualHost;
    }

    /**
     * Who logs in.
     *
     * @return the login
     */
    public Login login() {
        return login;
    }

    /**
     * How long things may take.
     *
     * @return the times
     */
    public Times times() {
        return times;
    }

    /**
     * How connections are encrypted.
     *
     * @return empty if they are not
     */
    public Optional<Tls> tls() {
        return Optional.ofNullable(tls);
    }

    /**
     * What to call the server.
     *
     * @return its address as a URL without user and password
     */
    public String url() {
        String scheme = tls == null ? "amqp" : "amqps";
        return scheme + "://" + String.join(",", addresses) + path();
    }

    private String path() {
        try {
            return virtualHost.equals("/")
                    ? ""
                    : "/"
                            + new URI(null, null, "/" + virtualHost, null)
                                    .getRawPath()
                                    .substring(1);
        } catch (URISyntaxException e) {
            return "/" + virtualHost;
        }
    }

    /** Shows addresses and the user, never the password. */
    @Override
    public String toString() {
        return Stream.of("AmqpOptions[" + url(), login + "]")
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }
}
