// SPDX-License-Identifier: MIT

package main

import "sync/atomic"

// A request reads many files, each opened and closed.
type scene struct {
	files uint64
	peak  atomic.Int64 // most files one request had open
}

func (s *scene) setup(p params) {
	s.files = p.size
}

// Go does not tell how many deferred calls are pending: count what they close.
func (s *scene) probe(out sample) {
	out["cleanups_peak"] = s.peak.Load()
}

type request struct {
	scene *scene
	open  int64
}

type file struct {
	request *request
	number  uint64
	buffer  [4096]byte
}

func (r *request) openFile(number uint64) *file {
	r.open++
	for peak := r.scene.peak.Load(); r.open > peak; peak = r.scene.peak.Load() {
		if r.scene.peak.CompareAndSwap(peak, r.open) {
			break
		}
	}
	return &file{request: r, number: number}
}

func (f *file) read() uint64 {
	f.buffer[0] = byte(f.number)
	return f.number
}

func (f *file) close() {
	f.request.open--
}
