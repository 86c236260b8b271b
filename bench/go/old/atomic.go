// SPDX-License-Identifier: MIT
//
// Package atomic is sync/atomic as Go 1.19 completed it, for the releases before: as much of it
// as the twins use. go.mk imports it in the place of sync/atomic there.
package atomic

import "sync/atomic"

func AddInt64(at *int64, delta int64) int64     { return atomic.AddInt64(at, delta) }
func AddUint64(at *uint64, delta uint64) uint64 { return atomic.AddUint64(at, delta) }
func LoadInt64(at *int64) int64                 { return atomic.LoadInt64(at) }
func LoadUint64(at *uint64) uint64              { return atomic.LoadUint64(at) }

type Int32 struct{ v int32 }

func (x *Int32) Load() int32           { return atomic.LoadInt32(&x.v) }
func (x *Int32) Store(v int32)         { atomic.StoreInt32(&x.v, v) }
func (x *Int32) Add(delta int32) int32 { return atomic.AddInt32(&x.v, delta) }

// Both processors that this project knows keep eight bytes at a multiple of eight.
type Int64 struct{ v int64 }

func (x *Int64) Load() int64           { return atomic.LoadInt64(&x.v) }
func (x *Int64) Store(v int64)         { atomic.StoreInt64(&x.v, v) }
func (x *Int64) Add(delta int64) int64 { return atomic.AddInt64(&x.v, delta) }
func (x *Int64) CompareAndSwap(old, v int64) bool {
	return atomic.CompareAndSwapInt64(&x.v, old, v)
}

type Uint64 struct{ v uint64 }

func (x *Uint64) Load() uint64            { return atomic.LoadUint64(&x.v) }
func (x *Uint64) Store(v uint64)          { atomic.StoreUint64(&x.v, v) }
func (x *Uint64) Add(delta uint64) uint64 { return atomic.AddUint64(&x.v, delta) }

type Value = atomic.Value
