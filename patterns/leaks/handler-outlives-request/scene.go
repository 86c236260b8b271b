// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"context"
	"runtime"
)

const bodyBytes = 16 << 10

// An HTTP handler answers at once and leaves the indexing of the body to a
// goroutine that calls another service, which is down and never answers. The
// server cancels the request's context when the handler has returned.
type scene struct {
	indexer chan struct{}
}

type request struct {
	number uint64
	ctx    context.Context
	cancel context.CancelFunc
	body   []byte
}

func (s *scene) setup(p params) { s.indexer = make(chan struct{}) }

func read(i uint64) *request {
	r := &request{number: i, body: bytes.Repeat([]byte{byte(i) | 1}, bodyBytes)}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	return r
}

// Write the answer, which lets others run; then the handler has returned.
func (r *request) end() uint64 {
	runtime.Gosched()
	r.cancel()
	return r.number
}

func (s *scene) index(ctx context.Context, r *request) int {
	select {
	case <-s.indexer:
	case <-ctx.Done():
	}
	return len(r.body)
}
