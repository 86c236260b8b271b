package main

func op(s *scene, i uint64) uint64 {
	r := request{scene: s}
	var sum uint64

	for k := uint64(0); k < s.files; k++ {
		func() { // a scope a turn
			f := r.openFile(i + k)
			defer f.close()
			sum += f.read()
		}()
	}
	return sum
}
