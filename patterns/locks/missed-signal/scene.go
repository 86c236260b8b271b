// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

// A request asks a warehouse for a price and for the stock, over one connection. The
// connection's goroutine brings the answers as they come: the stock first, then the price.
type scene struct {
	asked atomic.Uint64
}

type answer struct {
	mutex   sync.Mutex
	came    *sync.Cond
	isThere bool
	value   uint64
}

type query struct {
	number       uint64
	stock, price answer
}

func (a *answer) bring(value uint64) {
	a.mutex.Lock()
	a.value = value
	a.isThere = true
	a.came.Signal()
	a.mutex.Unlock()
}

// The connection's goroutine.
func (q *query) bringAnswers() {
	q.stock.bring(q.number % 10)
	q.price.bring(990 + q.number%7)
}

func (s *scene) send(i uint64) *query {
	q := &query{number: i}
	q.stock.came, q.price.came = sync.NewCond(&q.stock.mutex), sync.NewCond(&q.price.mutex)
	s.asked.Add(1)
	go q.bringAnswers()
	return q
}
