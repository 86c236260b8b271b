package main

import "time"

func op(s *scene, i uint64) uint64 {
	stream := s.streamOf(i)
	var sum uint64

	for k := uint64(0); k < s.readings; k++ {
		select {
		case reading := <-stream:
			sum += reading
		case <-time.After(patience):
			return sum
		}
	}
	return sum
}
