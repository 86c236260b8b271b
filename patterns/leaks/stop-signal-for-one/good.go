package main

func fetch(c *crawl) {
	for {
		select {
		case page := <-c.pages:
			c.fetch(page)
		case <-c.stop:
			return
		}
	}
}

func op(s *scene, i uint64) uint64 {
	c := begin(i)

	for k := uint64(0); k < s.fetchers; k++ {
		go fetch(c)
	}
	words := c.run(2 * s.fetchers)
	close(c.stop) // stop, all of you
	return words
}
