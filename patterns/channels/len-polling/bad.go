package main

func op(s *scene, i uint64) uint64 {
	s.read(i)
	for k := uint64(0); k < s.looks; k++ {
		if len(s.inbox) > 0 {
			getReady()
			if job, ok := s.takeSurely(); ok { // "it is there, I have just looked"
				s.do(job)
			}
		}
	}
	return i
}
