package main

import "runtime"

func op(s *scene, i uint64) uint64 {
	alive := runtime.NumGoroutine() // kept up to date anyway
	return s.alarmRings(i, alive)
}
