// SPDX-License-Identifier: Apache-2.0

package main

import (
	"sync"
	"time"
)

const stall = 30 * time.Second

// tally knows which of some numbered jobs came, and how often.
type tally struct {
	mu    sync.Mutex
	times []int
	came  int
	lost  int
	all   chan struct{}
}

func newTally(jobs int) *tally {
	return &tally{times: make([]int, jobs), lost: jobs, all: make(chan struct{})}
}

func (t *tally) add(number int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.came++
	t.times[number]++
	if t.times[number] > 1 {
		return
	}
	t.lost--
	if t.lost == 0 {
		close(t.all)
	}
}

// await waits for all; it gives up when nothing came for a while.
func (t *tally) await() {
	for before, now := -1, 0; now > before; {
		select {
		case <-t.all:
			return
		case <-time.After(stall):
		}
		t.mu.Lock()
		before, now = now, t.came
		t.mu.Unlock()
	}
}

func (t *tally) count() (lost, repeated int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lost, t.came - (len(t.times) - t.lost)
}
