// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.RedisProtocolException;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Protocol;
import dev.millrace.resp.client.Replies;
import dev.millrace.resp.client.UnexpectedReplyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * What Redis speaks on a connection: RESP2, without HELLO.
 *
 * @param login who logs in first, and what is selected
 */
record RedisProtocol(RedisOptions.Login login) implements Protocol {
    @Override
    public String name() {
        return "redis";
    }

    @Override
    public List<Command<?>> greeting() {
        List<Command<?>> said = new ArrayList<>(2);
        String password = login.password();
        if (password != null) {
            String user = login.user();
            CommandArguments auth = new CommandArguments(Verb.AUTH);
            said.add(said(user == null ? auth.add(password) : auth.add(user).add(password)));
        }
        if (login.database() != 0) {
            said.add(said(new CommandArguments(Verb.SELECT).add(login.database())));
        }
        return said;
    }

    private static Command<String> said(CommandArguments arguments) {
        return Command.of(arguments, (reply, server) -> Replies.text(reply));
    }

    @Override
    public Command<?> ping() {
        return said(new CommandArguments(Verb.PING));
    }

    @Override
    public RedisException lost(Loss loss, boolean sent, String message, @Nullable Throwable cause) {
        return new RedisConnectionException(sent, loss == Loss.INTERRUPTED, message, cause);
    }

    @Override
    public boolean isLoss(RuntimeException error) {
        return error instanceof RedisConnectionException;
    }

    @Override
    public RedisException refused(String message) {
        return new RedisServerException(message);
    }

    @Override
    public RedisException unexpected(UnexpectedReplyException error) {
        return new RedisProtocolException(String.valueOf(error.getMessage()), error.getCause());
    }
}
