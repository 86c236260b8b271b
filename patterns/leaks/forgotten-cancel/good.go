package main

import "context"

func op(s *scene, i uint64) uint64 {
	limit, cancel := context.WithTimeout(s.request(i), patience)
	defer cancel() // it has answered: nothing is left to be limited

	return s.ask(limit, i)
}
