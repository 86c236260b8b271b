package main

func (r *request) serve() {
	defer func() { recover() }()
	r.scene.mutex.Lock()
	defer r.scene.mutex.Unlock() // whatever comes next, a panic included
	r.answer = r.book()
}

func op(s *scene, i uint64) uint64 {
	r := request{scene: s, number: i}

	r.serve()
	return r.answer
}
