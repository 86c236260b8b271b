package main

func op(s *scene, i uint64) uint64 {
	d := s.document(i)
	body := make([]byte, len(d))

	n := copy(body, d)
	return weighBody(body[:n])
}
