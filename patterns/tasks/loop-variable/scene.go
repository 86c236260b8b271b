// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

// A request prices an order of eight lines in another currency. Each line has a goroutine of
// its own, which waits for the exchange rate; the request asks for the rate meanwhile. So no
// goroutine looks at its line before the loop that started them all is over.
type scene struct{}

type order struct {
	number    uint64
	lines     [8]uint64 // in cents
	rateKnown chan struct{}
	rate      uint64 // in hundredths
	cents     uint64 // atomic: of the lines priced
	priced    sync.WaitGroup
}

func newOrder(number uint64) *order {
	o := &order{number: number, rateKnown: make(chan struct{})}
	for k := range o.lines {
		o.lines[k] = 100 + (number+13*uint64(k))%900
	}
	o.priced.Add(len(o.lines))
	return o
}

func (o *order) price(cents uint64) {
	atomic.AddUint64(&o.cents, cents*o.rate/100)
	o.priced.Done()
}

// Ask for the rate, then wait for all the lines: what does the order come to?
func (o *order) total() uint64 {
	o.rate = 80 + o.number%40
	close(o.rateKnown)
	o.priced.Wait()
	return o.cents
}
