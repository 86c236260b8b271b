package main

func search(q *query) {
	q.hits <- q.find()
}

func op(s *scene, i uint64) uint64 {
	q := s.query(i)

	for k := 0; k < shards; k++ {
		go search(q)
	}
	first := <-q.hits
	close(q.hits) // one is enough, so tell the others
	return first
}
