package main

func op(s *scene, i uint64) uint64 {
	s.read(i)
	for k := uint64(0); k < s.looks; k++ {
		select {
		case job := <-s.inbox: // to look is to take
			getReady()
			s.do(job)
		default:
		}
	}
	return i
}
