// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.broker.Stock.Flow;
import dev.millrace.amqp.link.Causes;
import dev.millrace.amqp.link.Channels;
import dev.millrace.amqp.link.Uninterrupted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/*
 * The server pushes to a consumer until so many messages are unsettled as the consumer was told to have at most. All that is not
 * settled is returned to its queue when the channel ends.
 *
 * Questions to the server are asked under one lock, so that nobody has it push while another stops it, and acknowledgements are said
 * under another: between finding out what may be said together and saying it, nobody may say anything.
 *
 * The channel is ended once. The client library frees the number of a channel that is ended a second time before the server has
 * ended it; the next channel gets that number, and the server ends the whole connection for it.
 */
/** One channel of a receiver, with its consumers and with what came on it. Thread-safe. */
final class Session {
    private static final int MOST_PREFETCH = 65_535;
    private static final long CANCEL_SECONDS = 10;

    private final Channel channel;
    private final String consumerTag;
    private final List<String> queues;
    private final Stock stock = new Stock();
    private final ReentrantLock questions = new ReentrantLock();
    private final ReentrantLock acknowledging = new ReentrantLock();
    private final ReentrantLock ending = new ReentrantLock();
    private List<Pushing> pushing = List.of();
    private boolean ended;

    /** The consumer of one queue. */
    private final class Pushing extends DefaultConsumer {
        private final String queue;
        private final Flow flow;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private String tag = "";

        Pushing(String queue, Flow flow) {
            super(channel);
            this.queue = queue;
            this.flow = flow;
        }

        Flow flow() {
            return flow;
        }

        @Override
        public void handleDelivery(String consumer, Envelope envelope, BasicProperties properties, byte[] body) {
            stock.came(new Message(queue, envelope.getDeliveryTag(), envelope.isRedeliver(), properties, body), flow);
        }

        @Override
        public void handleCancelOk(String consumer) {
            stopped.countDown();
        }

        /** The server ends it: the queue is gone. */
        @Override
        public void handleCancel(String consumer) {
            stopped.countDown();
            stock.broke(
                    AmqpException.passing("queue " + queue + " was deleted, or the node that has it is gone", null));
        }

        @Override
        public void handleShutdownSignal(String consumer, ShutdownSignalException signal) {
            stopped.countDown();
        }
    }

    /** Gives back what comes for a consumer that has ended. */
    private static final class Stray extends DefaultConsumer {
        Stray(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String consumer, Envelope envelope, BasicProperties properties, byte[] body)
                throws IOException {
            getChannel().basicNack(envelope.getDeliveryTag(), false, true);
        }
    }

    Session(Channel channel, String consumerTag, List<String> queues) {
        this.channel = channel;
        this.consumerTag = consumerTag;
        this.queues = List.copyOf(queues);
        channel.setDefaultConsumer(new Stray(channel));
        channel.addShutdownListener(signal -> stock.broke(Causes.told("receiving from " + queues, signal)));
    }

    /** What came and is not settled. */
    Stock stock() {
        return stock;
    }

    /** Whoever settles a message takes it first; false if somebody did, or the channel is gone, and the message with it. */
    boolean claim(long number) {
        return channel.isOpen() && stock.claim(number);
    }

    /** Puts into the stock what is there at this moment, so many at most. */
    void fetch(int most) {
        ask("fetching from " + queues, () -> {
            // What is pushed must not overtake what is fetched: acknowledging together counts on the order.
            stopPushing();
            int fetched = 0;
            for (String queue : queues) {
                Flow flow = new Flow(most);
                while (fetched < most && fetch(queue, flow)) {
                    fetched++;
                }
            }
        });
    }

    private boolean fetch(String queue, Flow flow) throws IOException {
        GetResponse got = channel.basicGet(queue, false);
        if (got == null) {
            return false;
        }
        Envelope envelope = got.getEnvelope();
        stock.came(
                new Message(queue, envelope.getDeliveryTag(), envelope.isRedeliver(), got.getProps(), got.getBody()),
                flow);
        return true;
    }

    /** Has the server push so many at most from each queue that are not settled; what came before is not counted. */
    void open(int most) {
        ask("consuming from " + queues, () -> {
            stopPushing();
            int prefetch = Math.min(most, MOST_PREFETCH);
            List<Pushing> started = new ArrayList<>();
            channel.basicQos(prefetch);
            for (String queue : queues) {
                Pushing one = new Pushing(queue, new Flow(prefetch));
                one.tag = channel.basicConsume(queue, false, tag(started.size()), one);
                started.add(one);
            }
            pushing = started;
            stock.flow(started.stream().map(Pushing::flow).toList());
        });
    }

    /** The consumer's name, if it has one: on a channel each must have another. */
    private String tag(int number) {
        return consumerTag.isEmpty() || number == 0 ? consumerTag : consumerTag + "-" + number;
    }

    /** Has the server push no more; what was on its way is in the stock then. */
    void stop() {
        ask("ending to consume from " + queues, this::stopPushing);
    }

    private void stopPushing() throws IOException {
        List<Pushing> old = pushing;
        pushing = List.of();
        stock.flow(List.of());
        for (Pushing one : old) {
            if (one.stopped.getCount() > 0) {
                channel.basicCancel(one.tag);
            }
        }
        for (Pushing one : old) {
            await(one.stopped);
        }
    }

    private static void await(CountDownLatch latch) {
        if (!Uninterrupted.await(latch, TimeUnit.SECONDS.toNanos(CANCEL_SECONDS))) {
            throw AmqpException.passing("a consumer did not end within " + CANCEL_SECONDS + " s", null);
        }
    }

    /**
     * Has the server push no more, and returns to their queues what nobody has asked for. All in one: whoever asks meanwhile gets
     * what was given back before what comes after it.
     */
    void rest(BooleanSupplier asked) {
        ask("giving back to " + queues, () -> {
            if (asked.getAsBoolean()) {
                return;
            }
            stopPushing();
            List<Message> back = stock.unwanted();
            for (Message message : back) {
                channel.basicNack(message.number(), false, true);
            }
            if (!back.isEmpty()) {
                channel.basicQos(1);
            }
        });
    }

    /** Returns when the server has seen all that was said on this channel. */
    void barrier() {
        ask("asking", () -> channel.basicQos(1));
    }

    /** Acknowledges messages that were handed out; false if the channel is gone, and they come again. */
    boolean acknowledge(Collection<Long> numbers) {
        acknowledging.lock();
        try {
            Stock.Numbers all = stock.settled(numbers);
            if (all.together() > 0) {
                channel.basicAck(all.together(), true);
            }
            for (long number : all.singly()) {
                channel.basicAck(number, false);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            stock.broke(Causes.told("acknowledging", e));
            return false;
        } finally {
            acknowledging.unlock();
        }
    }

    /** Returns to their queues what was handed out and could not be delivered. */
    void giveBack(Collection<Message> messages) {
        acknowledging.lock();
        try {
            stock.settled(messages.stream().map(Message::number).toList());
            for (Message message : messages) {
                channel.basicNack(message.number(), false, true);
            }
        } catch (IOException | RuntimeException e) {
            stock.broke(Causes.told("giving back", e));
        } finally {
            acknowledging.unlock();
        }
    }

    private interface Question {
        void ask() throws IOException;
    }

    private void ask(String doing, Question question) {
        questions.lock();
        try {
            question.ask();
        } catch (IOException | RuntimeException e) {
            AmqpException told = Causes.told(doing, e);
            stock.broke(told);
            throw told;
        } finally {
            questions.unlock();
        }
    }

    /** Ends the channel; what is not settled is back in its queue then. Whoever comes second waits for the first. */
    void close() {
        stock.close();
        ending.lock();
        try {
            if (!ended) {
                ended = true;
                Channels.close(channel);
            }
        } finally {
            ending.unlock();
        }
    }
}
