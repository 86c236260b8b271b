package main

import "time"

func serve(s *scene, c *conn) {
	line := make([]byte, 32)

	c.SetReadDeadline(time.Now().Add(limit)) // or it has had its chance
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
