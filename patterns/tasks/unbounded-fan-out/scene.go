// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
)

const textBytes, atOnce = 16 << 10, 8

// A request exports its records. Each is rendered into a text of its own, which is sent over a
// link that takes one at a time; while it is busy all others get to run.
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

func (j *job) send(text []byte) {
	j.scene.link.Lock()
	runtime.Gosched() // the link takes its time
	for k := 0; k < len(text); k += 256 {
		j.sum += uint64(text[k])
	}
	j.scene.link.Unlock()
}

func (j *job) export(k uint64) {
	text := make([]byte, textBytes)
	for b := range text {
		text[b] = byte(j.first + k + uint64(b/64))
	}
	j.send(text)
}

// When all have been exported: the sum of what was sent.
func (j *job) total() uint64 {
	j.exported.Wait()
	return j.sum
}
