// SPDX-License-Identifier: Apache-2.0

//go:build streams

// The queuer on Redis Streams of github.com/jakewright/home-automation, libraries/go/queuer, with go-redis 8.
// STREAMS_GO names what this is built into.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/go-redis/redis/v8"
	"github.com/jakewright/home-automation/libraries/go/queuer"
)

const (
	stream = "queuer"
	group  = "group"
	body   = "body"
)

type messages struct {
	client    *redis.Client
	publisher *queuer.Publisher
}

func main() {
	client := redis.NewClient(&redis.Options{Addr: os.Args[1] + ":" + os.Args[2], PoolSize: 64})
	serve(messages{client, queuer.NewPublisher(&queuer.PublisherOptions{Redis: client})})
}

// A consumer makes its group where there is none, but that group does not see what was published before it.
func (m messages) clear() {
	must(m.client.Del(context.Background(), stream).Err())
	must(m.client.XGroupCreateMkStream(context.Background(), stream, group, "0").Err())
}

func (m messages) enqueue(payload string) {
	message := queuer.Message{Stream: stream, Values: map[string]interface{}{body: payload}}
	must(m.publisher.Publish(context.Background(), &message))
}

// The options are those with which its own project uses it, but for how long it reads, which is how long it takes to end.
func (m messages) work(handlers int, handle func(string)) func() {
	consumer := queuer.NewConsumer(&queuer.ConsumerOptions{
		Group:          group,
		Consumer:       "consumer",
		Redis:          m.client,
		ReadTimeout:    time.Second,
		HandlerTimeout: 30 * time.Second,
		PendingTimeout: time.Minute,
		ClaimInterval:  time.Minute,
		MaxRetry:       10,
		Concurrency:    handlers,
		BufferSize:     100,
		NetworkRetry:   10,
	})
	consumer.Subscribe(stream, queuer.HandlerFunc(func(_ context.Context, message *queuer.Message) queuer.Result {
		handle(message.Values[body].(string))
		return queuer.Success()
	}))
	go func() {
		for err := range consumer.Errors {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- consumer.Listen(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			fmt.Fprintln(os.Stderr, "the consumer ended:", err)
		}
	}
}
