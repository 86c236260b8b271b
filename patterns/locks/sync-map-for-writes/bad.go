package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < messages; k++ {
		device := deviceOf(i, k)
		if k < s.reports {
			s.sync.Store(device, readingOf(device))
		} else {
			sum += isFit(device, s.syncLoad(device))
		}
	}
	return sum
}
