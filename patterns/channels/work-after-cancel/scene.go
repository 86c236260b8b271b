// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"sync/atomic"
)

const (
	jobs     = 64 // in a batch
	hopeless = 8  // counted from 0, the one that fails
)

// A request works through a batch of jobs. The ninth cannot be done, and with that
// the batch has failed: it is cancelled, and no other job may be begun.
type scene struct {
	late atomic.Int64 // jobs begun after the batch was cancelled
}

func (s *scene) probe(out sample) { out["out_of_turn"] = s.late.Load() }

type batch struct {
	scene  *scene
	number uint64
	jobs   chan uint64 // all of them, from the beginning
	ctx    context.Context
	cancel context.CancelFunc
	failed uint64 // which job
}

func (s *scene) batch(i uint64) *batch {
	b := &batch{scene: s, number: i, jobs: make(chan uint64, jobs)}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	for job := uint64(0); job < jobs; job++ {
		b.jobs <- job
	}
	return b
}

// Do one job.
func (b *batch) do(job uint64) {
	if b.ctx.Err() != nil {
		b.scene.late.Add(1)
	}
	if job == hopeless {
		b.failed = job
		b.cancel()
	}
}

// Which job of it failed.
func (b *batch) end() uint64 {
	b.cancel()
	return b.number*jobs + b.failed
}
