package main

func search(q *query) {
	q.hits <- q.find()
	if q.sentLast() { // whoever sends last
		close(q.hits) // knows that nothing comes after it
	}
}

func op(s *scene, i uint64) uint64 {
	q := s.query(i)

	for k := 0; k < shards; k++ {
		go search(q)
	}
	first := <-q.hits
	for range q.hits { // let the others finish
	}
	return first
}
