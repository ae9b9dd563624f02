// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Ends channels. What goes wrong there means that the channel has ended already. */
public final class Channels {
    private Channels() {}

    /**
     * Ends a channel, and returns when the server has taken back what was not settled there.
     *
     * @param channel which; may be broken
     */
    public static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException | TimeoutException | RuntimeException e) {
            abort(channel);
        }
    }

    /**
     * Ends a channel that may be broken.
     *
     * @param channel which
     */
    public static void abort(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | RuntimeException e) {
            // It had ended before.
        }
    }
}
