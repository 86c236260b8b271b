// SPDX-License-Identifier: MIT

package main

import "sync"

const shops = 5

// A request asks five shops for a price, each by a goroutine of its own, and takes
// the lowest.
type scene struct{}

type tender struct {
	article uint64
	prices  chan uint64    // in cents; closed when all shops have been asked
	asking  sync.WaitGroup // the shops that have not sent theirs yet
}

func newTender(article uint64) *tender {
	return &tender{article: article, prices: make(chan uint64)}
}

// By the goroutine of one shop.
func (t *tender) ask(k uint64) {
	t.prices <- 1000 + (7*t.article+31*k)%97
	t.asking.Done()
}

// No price comes any more when all shops have sent theirs.
func (t *tender) finish() {
	t.asking.Wait()
	close(t.prices)
}

// The lowest of all prices that come.
func (t *tender) lowest() uint64 {
	lowest := ^uint64(0)
	for cents := range t.prices {
		if cents < lowest {
			lowest = cents
		}
	}
	return lowest
}
