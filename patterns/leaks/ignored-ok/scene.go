// SPDX-License-Identifier: MIT

package main

import "sync/atomic"

// A request serves a batch of orders: it would take `batch` of them, and fewer
// lie in the channel, which is closed behind the last.
type scene struct {
	batch    uint64
	phantoms uint64 // atomic
}

const ordersInBatch = 8

type order struct {
	customer, cents uint64 // customers count from 1
}

func (s *scene) setup(p params) { s.batch = p.size }

func (s *scene) probe(out sample) { out["phantoms"] = int64(atomic.LoadUint64(&s.phantoms)) }

func ordersOf(i uint64) <-chan order {
	orders := make(chan order, ordersInBatch)
	for k := uint64(0); k < ordersInBatch; k++ {
		orders <- order{customer: 1 + k, cents: 100 + i%900}
	}
	close(orders)
	return orders
}

func (s *scene) serve(o order) uint64 {
	if o.customer == 0 {
		atomic.AddUint64(&s.phantoms, 1)
	}
	return o.cents
}
