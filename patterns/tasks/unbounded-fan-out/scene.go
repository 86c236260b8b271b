// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
)

const atOnce = 8

// A request exports its records. Each is put into a form of its own, which is sent over a link
// that takes one at a time; while it is busy all others get to run.
type scene struct {
	records uint64        // a request
	slots   chan struct{} // has room for atOnce
	link    sync.Mutex
}

func (s *scene) setup(p params) {
	s.records = p.size
	s.slots = make(chan struct{}, atOnce)
}

// The export of a request.
type job struct {
	scene    *scene
	first    uint64 // number of its first record
	sum      uint64 // under the scene's link
	exported sync.WaitGroup
}

func (s *scene) job(i uint64) *job {
	j := &job{scene: s, first: i * s.records}
	j.exported.Add(int(s.records))
	return j
}

// 16 KiB.
type form struct {
	lines [32]struct {
		value  uint64
		remark [504]byte // most are empty
	}
}

func (j *job) send(f *form) {
	j.scene.link.Lock()
	runtime.Gosched() // the link takes its time
	for k := range f.lines {
		j.sum += f.lines[k].value
	}
	j.scene.link.Unlock()
}

func (j *job) export(k uint64) {
	f := new(form)
	for n := range f.lines {
		f.lines[n].value = j.first + k + uint64(n)
	}
	j.send(f)
}

// When all have been exported: the sum of what was sent.
func (j *job) total() uint64 {
	j.exported.Wait()
	return j.sum
}
