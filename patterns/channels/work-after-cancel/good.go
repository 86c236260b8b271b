package main

func op(s *scene, i uint64) uint64 {
	b := s.batch(i)

	for {
		select {
		case <-b.ctx.Done():
			return b.end()
		case job := <-b.jobs:
			if b.ctx.Err() != nil {
				return b.end() // both could be received, and it was the job
			}
			b.do(job)
		}
	}
}
