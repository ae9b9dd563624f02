// SPDX-License-Identifier: Apache-2.0

// Drivers for libraries in Go, each a program of its own: go build -tags okq turns.go tally.go okq.go, where Go finds the
// library. Arguments: host and port of the server. They read and answer the lines that class Turns of benchmarks/peers
// describes. None of the libraries has a way to enqueue many at once, so a parcel is as many single calls.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"sync"
	"time"
)

const patience = time.Minute

// peer is a library's own way to queue jobs and to work them off, each with a text for its payload.
type peer interface {
	// clear throws away what is queued.
	clear()
	// enqueue returns when the server has the job; any goroutine may call it.
	enqueue(payload string)
	// work begins to work jobs off with so many handlers at once; what it returns ends that.
	work(handlers int, handle func(payload string)) (stop func())
}

// serve takes turns until standard input ends.
func serve(p peer) {
	deeds := map[string]func(peer, int, int) string{"single": enqueueAll, "bulk": enqueueAll, "work": work, "latency": latency}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var deed string
		var jobs, threads int
		_, err := fmt.Sscan(lines.Text(), &deed, &jobs, &threads)
		must(err)
		p.clear()
		fmt.Println(deeds[deed](p, jobs, threads))
	}
}

func enqueueAll(p peer, jobs, threads int) string {
	var all sync.WaitGroup
	begin := time.Now()
	for thread := 0; thread < threads; thread++ {
		all.Add(1)
		go func(first int) {
			defer all.Done()
			enqueue(p, first, jobs/threads)
		}(thread * (jobs / threads))
	}
	all.Wait()
	return rate(jobs, time.Since(begin))
}

func enqueue(p peer, first, jobs int) {
	for number := first; number < first+jobs; number++ {
		p.enqueue(payload(int64(number)))
	}
}

func work(p peer, jobs, handlers int) string {
	enqueue(p, 0, jobs)
	t := newTally(jobs)
	begin := time.Now()
	stop := p.work(handlers, func(payload string) { t.add(int(number(payload))) })
	t.await()
	answer := rate(jobs, time.Since(begin))
	stop()
	lost, repeated := t.count()
	return fmt.Sprint(answer, " ", lost, " ", repeated)
}

func latency(p peer, jobs, handlers int) string {
	epoch := time.Now()
	starts := make(chan time.Duration)
	stop := p.work(handlers, func(payload string) { starts <- time.Since(epoch) - time.Duration(number(payload)) })
	var micros []int64
	for len(micros) < jobs {
		time.Sleep(2 * time.Millisecond)
		p.enqueue(payload(int64(time.Since(epoch))))
		select {
		case took := <-starts:
			micros = append(micros, took.Microseconds())
		case <-time.After(patience):
			panic("a job did not start in " + patience.String())
		}
	}
	stop()
	sort.Slice(micros, func(a, b int) bool { return micros[a] < micros[b] })
	return fmt.Sprintf("latency %d %d", micros[jobs/2], micros[jobs*99/100])
}

func rate(jobs int, took time.Duration) string {
	return fmt.Sprintf("rate %f", float64(jobs)/took.Seconds())
}

// payload is a number, in as many characters as every payload has.
func payload(number int64) string {
	return fmt.Sprintf("%064d", number)
}

func number(payload string) int64 {
	number, err := strconv.ParseInt(payload, 10, 64)
	must(err)
	return number
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
