package main

import "context"

func op(s *scene, i uint64) uint64 {
	limit, _ := context.WithTimeout(s.request(i), patience)

	return s.ask(limit, i)
}
