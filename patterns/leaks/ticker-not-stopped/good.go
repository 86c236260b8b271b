package main

func report(j *job) {
	for {
		select {
		case <-j.tick.C:
			j.report()
		case <-j.done:
			return
		}
	}
}

func op(s *scene, i uint64) uint64 {
	j := s.begin(i)

	go report(j)
	answer := j.run()
	j.tick.Stop()
	close(j.done) // a stopped ticker is silent, and closes nothing
	return answer
}
