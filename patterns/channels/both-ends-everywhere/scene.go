// SPDX-License-Identifier: MIT

package main

import "sync/atomic"

const pricesAQuote = 8

// A request adds up prices, which a goroutine sends it one by one and then closes
// the channel. The adding is a helper of its own, as if it came from another team.
type scene struct {
	sent atomic.Uint64
}

func (s *scene) quote(i uint64) chan uint64 {
	prices := make(chan uint64)
	go s.send(i, prices)
	return prices
}

// The only sender, so it may close, and it does.
func (s *scene) send(i uint64, prices chan<- uint64) {
	for k := uint64(1); k <= pricesAQuote; k++ {
		prices <- i + k
		s.sent.Add(1)
	}
	close(prices)
}
