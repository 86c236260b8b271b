package main

func op(s *scene, i uint64) uint64 {
	c := &check{document: i}

	c.running.Add(validators)
	for k := uint64(0); k < validators; k++ {
		go c.by(k)
		c.running.Wait()
	}
	return c.passed
}
