package main

import "time"

func op(s *scene, i uint64) uint64 {
	done := make(chan struct{})
	slow := time.AfterFunc(budget(i), func() { <-done })

	answer := serve(i)
	_ = slow
	return answer
}
