package main

func serve(s *scene, c *conn) {
	line := make([]byte, 32)

	if n, err := c.Read(line); err == nil {
		s.reply(c, string(line[:n]))
	}
	c.Close()
}

func op(s *scene, i uint64) uint64 {
	c, peer := s.connect(i)

	go serve(s, c)
	return answer(peer, i)
}
