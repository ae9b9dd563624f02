// SPDX-License-Identifier: Apache-2.0

//go:build okq

// The client of okq for Go, github.com/mediocregopher/okq-go.v2, on a real okq. OKQ_GO names what this is built into.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	okq "github.com/mediocregopher/okq-go.v2"
	"github.com/mediocregopher/radix.v2/pool"
)

const (
	queue       = "bench"
	connections = 64
	// A consumer learns between two notifies that it is to end: every 27 seconds, were it not told this.
	notify = 2 * time.Second
)

type events struct{ *okq.Client }

func main() {
	connections, err := pool.New("tcp", os.Args[1]+":"+os.Args[2], connections)
	must(err)
	serve(events{okq.NewWithOpts(okq.Opts{RedisPool: connections, NotifyTimeout: notify})})
}

func (e events) clear() {
	connection, err := e.Get()
	must(err)
	defer e.Put(connection)
	must(connection.Cmd("QFLUSH", queue).Err)
}

// With NoBlock it would be quicker, but okq answers then before it has the event, and drops some when it is busy.
func (e events) enqueue(payload string) {
	must(e.Push(queue, payload, okq.Normal))
}

func (e events) work(handlers int, handle func(string)) func() {
	ctx, cancel := context.WithCancel(context.Background())
	callback := func(_ context.Context, event okq.Event) bool {
		handle(event.Contents)
		return true
	}
	var all sync.WaitGroup
	for i := 0; i < handlers; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for ctx.Err() == nil {
				if err := <-e.Consumer(ctx, callback, queue); err != context.Canceled {
					fmt.Fprintln(os.Stderr, "a consumer ended:", err)
				}
			}
		}()
	}
	return func() {
		cancel()
		all.Wait()
	}
}
