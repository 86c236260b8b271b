package main

func op(s *scene, i uint64) uint64 {
	text := dumpText() // it is all in there
	alive := dumpCount(text)
	s.keep(text)
	return s.alarmRings(i, alive)
}
