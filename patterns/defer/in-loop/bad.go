package main

func op(s *scene, i uint64) uint64 {
	r := request{scene: s}
	var sum uint64

	for k := uint64(0); k < s.files; k++ {
		f := r.openFile(i + k)
		defer f.close() // when the function ends
		sum += f.read()
	}
	return sum
}
