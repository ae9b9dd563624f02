// SPDX-License-Identifier: Apache-2.0

//go:build dispatcher

// The dispatcher of tasks for Go, github.com/gofort/dispatcher, on RabbitMQ; github.com/streadway/amqp, on which it stands,
// empties its queue. DISPATCHER_GO names what this is built into.
package main

import (
	"fmt"
	"os"

	"github.com/gofort/dispatcher"
	"github.com/streadway/amqp"
)

const queue = "dispatcher"

type tasks struct {
	server  *dispatcher.Server
	channel *amqp.Channel
	workers int
}

func main() {
	url := "amqp://guest:guest@" + os.Args[1] + ":" + os.Args[2] + "/"
	server, _, err := dispatcher.NewServer(&dispatcher.ServerConfig{
		AMQPConnectionString: url,
		Exchange:             queue,
		DefaultRoutingKey:    queue,
		InitQueues:           []dispatcher.Queue{{Name: queue, BindingKeys: []string{queue}}},
		Logger:               errorsOnly{},
	})
	must(err)
	connection, err := amqp.Dial(url)
	must(err)
	channel, err := connection.Channel()
	must(err)
	serve(&tasks{server: server, channel: channel})
}

func (t *tasks) clear() {
	_, err := t.channel.QueuePurge(queue, false)
	must(err)
}

// Publish waits for the confirm of each task.
func (t *tasks) enqueue(payload string) {
	must(t.server.Publish(&dispatcher.Task{Name: "job", Args: []dispatcher.TaskArgument{{Type: "string", Value: payload}}}))
}

func (t *tasks) work(handlers int, handle func(string)) func() {
	t.workers++
	worker, err := t.server.NewWorker(
		&dispatcher.WorkerConfig{Queue: queue, Name: fmt.Sprint("worker-", t.workers), Limit: handlers},
		map[string]dispatcher.TaskConfig{"job": {Function: handle}})
	must(err)
	must(worker.Start(t.server))
	return worker.Close
}

// errorsOnly stands for the dispatcher's own log, which has two lines for each task.
type errorsOnly struct{}

func (errorsOnly) Debug(...interface{})          {}
func (errorsOnly) Debugf(string, ...interface{}) {}
func (errorsOnly) Info(...interface{})           {}
func (errorsOnly) Infof(string, ...interface{})  {}

func (errorsOnly) Error(words ...interface{}) { fmt.Fprintln(os.Stderr, words...) }

func (errorsOnly) Errorf(format string, words ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", words...)
}
