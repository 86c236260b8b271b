// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"sync"
)

// Requests share an account book under a lock. A request that makes no sense
// panics; the server recovers, answers it with 0, and goes on.
type scene struct {
	mutex  sync.Mutex
	booked uint64
}

type request struct {
	scene          *scene
	number, answer uint64
}

func (r *request) book() uint64 {
	if r.number%8 == 7 {
		panic(fmt.Sprintf("request %d books less than nothing", r.number))
	}
	r.scene.booked += r.number
	return r.number
}
