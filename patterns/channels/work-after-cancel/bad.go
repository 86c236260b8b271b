package main

func op(s *scene, i uint64) uint64 {
	b := s.batch(i)

	for {
		select {
		case <-b.ctx.Done():
			return b.end()
		case job := <-b.jobs:
			b.do(job)
		}
	}
}
