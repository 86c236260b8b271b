package main

import "sync"

func sortParallel(readings, space []uint64) {
	if len(readings) <= enough {
		sortAlone(readings, space) // not worth a goroutine
		return
	}
	var left sync.WaitGroup
	half := len(readings) / 2
	left.Add(1)
	go func() {
		sortParallel(readings[:half], space[:half])
		left.Done()
	}()
	sortParallel(readings[half:], space[half:])
	left.Wait()
	merge(readings, space)
}

func op(s *scene, i uint64) uint64 {
	readings := s.make(i)

	sortParallel(readings, make([]uint64, len(readings)))
	return sumOf(readings)
}
