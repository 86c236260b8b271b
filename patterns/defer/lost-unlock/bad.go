package main

func (r *request) serve() {
	defer func() { recover() }()
	r.scene.mutex.Lock()
	r.answer = r.book()
	r.scene.mutex.Unlock()
}

func op(s *scene, i uint64) uint64 {
	r := request{scene: s, number: i}

	r.serve()
	return r.answer
}
