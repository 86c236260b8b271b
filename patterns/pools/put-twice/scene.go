// SPDX-License-Identifier: MIT

package main

import "sync"

// An order is decoded into an object from a pool. To price it, the order that the
// customer gave last is read again, into another object from the same pool. One
// message in five cannot be decoded.
type scene struct {
	orders sync.Pool
}

type order struct{ cents uint64 }

func (s *scene) setup(p params) {
	s.orders.New = func() any { return new(order) }
}

// false: it is no order, and o is as it was.
func (o *order) decode(i uint64) bool {
	if i%5 == 2 {
		return false
	}
	o.cents = 1000 + i%900
	return true
}

// A tenth of what the customer paid last is taken off.
func (s *scene) price(o *order, customer uint64) uint64 {
	last := s.orders.Get().(*order)
	last.cents = 100 + customer%500
	off := last.cents / 10
	s.orders.Put(last)
	return o.cents - off
}
