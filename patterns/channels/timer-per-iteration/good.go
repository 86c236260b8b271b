package main

import "time"

func op(s *scene, i uint64) uint64 {
	stream := s.streamOf(i)
	var sum uint64

	limit := time.NewTimer(patience) // one for all of them,
	defer limit.Stop()               // stopped when it is over
	for k := uint64(0); k < s.readings; k++ {
		if !limit.Stop() { // and wound up again each time
			<-limit.C // (Go <= 1.22: it fired meanwhile)
		}
		limit.Reset(patience)
		select {
		case reading := <-stream:
			sum += reading
		case <-limit.C:
			return sum
		}
	}
	return sum
}
