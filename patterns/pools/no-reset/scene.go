// SPDX-License-Identifier: MIT

package main

import "sync"

// An order is decoded into an object from a pool. A message holds only the
// fields that its sender has set; one in eight brings a coupon.
type scene struct {
	orders sync.Pool
}

type order struct {
	cents, couponCents uint64
}

func (s *scene) setup(p params) {
	s.orders.New = func() any { return new(order) }
}

// As encoding/json does: set what is in the message, and nothing else.
func (o *order) decode(i uint64) {
	o.cents = 1000 + i%900
	if i%8 == 0 {
		o.couponCents = 500
	}
}

func (o *order) price() uint64 {
	return o.cents - o.couponCents
}
