// SPDX-License-Identifier: MIT

// programs.go - the programs of generate.py in Go: what programs.c is in C, function by function.
//
//	programs FILE FROM TO RUNS
//
// It writes a line for each outcome: the program's number, then what each task has noted.
package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

const (
	slots = 3 // channels, locks, contexts: of each kind
	tasks = 4
)

type op struct {
	kind byte
	a, b int
}

type program struct {
	number, tasks         int
	guarded, alone, stays bool // see generate.py
	runs                  bool // several outcomes are possible
	caps                  []int
	functions             [][]op
	steps                 []int
}

// What a task is about.
const (
	atGate = iota
	busy
	over
)

type run struct {
	*program
	gates    [tasks]chan struct{}
	states   [tasks]int32
	notes    [tasks]string
	sent     [tasks]int
	chans    [slots]chan int
	mutexes  [slots]sync.Mutex
	rws      [slots]sync.RWMutex
	held     [slots]int32 // how often each mutex, ...
	reading  [slots]int32
	writing  [slots]int32
	wanting  [slots]int32 // how many ask for each rwmutex
	groups   [slots]sync.WaitGroup
	onces    [slots]sync.Once
	conds    [slots]*sync.Cond
	contexts [slots]context.Context
	cancels  [slots]context.CancelFunc
}

func (r *run) note(t int, format string, args ...any) {
	r.notes[t] += fmt.Sprintf(format, args...) + " "
}

// The driver says when this task may do its next operation.
func (r *run) token(t int) {
	atomic.StoreInt32(&r.states[t], atGate)
	<-r.gates[t]
	atomic.StoreInt32(&r.states[t], busy)
}

func (r *run) value(t int) int {
	r.sent[t]++
	return t*100 + r.sent[t]
}

func (r *run) received(t int, how string, v int, ok bool) {
	if ok {
		r.note(t, "%s%d", how, v)
	} else {
		r.note(t, "%sclosed", how)
	}
}

// Unlocking what nobody has locked is fatal: only a program that has a process of its own does it, and
// only while nobody waits: else Go does not notice.
func (r *run) may(count, waiting *int32) bool {
	if atomic.AddInt32(count, -1) >= 0 {
		return true
	}
	atomic.AddInt32(count, 1)
	return r.alone && atomic.LoadInt32(waiting) == 0
}

func (r *run) onRW(t int, o op) {
	rw, wanting := &r.rws[o.a], &r.wanting[o.a]
	switch o.kind {
	case 'q':
		atomic.AddInt32(wanting, 1)
		rw.RLock()
		atomic.AddInt32(wanting, -1)
		atomic.AddInt32(&r.reading[o.a], 1)
	case 'Q':
		if r.may(&r.reading[o.a], wanting) {
			rw.RUnlock()
		}
	case 'k':
		atomic.AddInt32(wanting, 1)
		rw.Lock()
		atomic.AddInt32(wanting, -1)
		atomic.AddInt32(&r.writing[o.a], 1)
	case 'K':
		if r.may(&r.writing[o.a], wanting) {
			rw.Unlock()
		}
	}
	r.note(t, "%c", o.kind)
}

// Bits 0 to 2 of o.a: a send to that channel; 3 to 5: a receive; 6: a receive from channel o.b%4
// once more; 7: context o.b/4 is done.
func (r *run) doSelect(t int, o op) {
	var to, from [slots]chan int
	var again chan int
	var done <-chan struct{}
	v := r.value(t)
	for i := range to {
		if o.a>>i&1 != 0 {
			to[i] = r.chans[i]
		}
		if o.a>>(3+i)&1 != 0 {
			from[i] = r.chans[i]
		}
	}
	if o.a>>6&1 != 0 {
		again = r.chans[o.b%4]
	}
	if o.a>>7&1 != 0 {
		done = r.contexts[o.b/4].Done()
	}
	if o.kind == 'W' {
		select {
		case to[0] <- v:
			r.note(t, "to0")
		case to[1] <- v:
			r.note(t, "to1")
		case to[2] <- v:
			r.note(t, "to2")
		case x, ok := <-from[0]:
			r.received(t, "from0:", x, ok)
		case x, ok := <-from[1]:
			r.received(t, "from1:", x, ok)
		case x, ok := <-from[2]:
			r.received(t, "from2:", x, ok)
		case x, ok := <-again:
			r.received(t, fmt.Sprintf("from%d:", o.b%4), x, ok)
		case <-done:
			r.note(t, "done")
		default:
			r.note(t, "default")
		}
		return
	}
	select {
	case to[0] <- v:
		r.note(t, "to0")
	case to[1] <- v:
		r.note(t, "to1")
	case to[2] <- v:
		r.note(t, "to2")
	case x, ok := <-from[0]:
		r.received(t, "from0:", x, ok)
	case x, ok := <-from[1]:
		r.received(t, "from1:", x, ok)
	case x, ok := <-from[2]:
		r.received(t, "from2:", x, ok)
	case x, ok := <-again:
		r.received(t, fmt.Sprintf("from%d:", o.b%4), x, ok)
	case <-done:
		r.note(t, "done")
	}
}

func (r *run) onChan(t int, o op) {
	c := r.chans[o.a]
	switch o.kind {
	case 's':
		c <- r.value(t)
		r.note(t, "sent")
	case 'r':
		v, ok := <-c
		r.received(t, "got:", v, ok)
	case 'S':
		select {
		case c <- r.value(t):
			r.note(t, "sent")
		default:
			r.note(t, "default")
		}
	case 'R':
		select {
		case v, ok := <-c:
			r.received(t, "got:", v, ok)
		default:
			r.note(t, "default")
		}
	case 'x':
		close(c)
		r.note(t, "closed")
	case 'g':
		for v := range c {
			r.note(t, "next:%d", v)
		}
		r.note(t, "end")
	case 'l':
		r.note(t, "len:%d/%d", len(c), cap(c))
	}
}

func (r *run) onLock(t int, o op) {
	switch o.kind {
	case 'm':
		r.mutexes[o.a].Lock()
		atomic.AddInt32(&r.held[o.a], 1)
	case 't':
		if !r.mutexes[o.a].TryLock() {
			r.note(t, "no")
			return
		}
		atomic.AddInt32(&r.held[o.a], 1)
	case 'M':
		if r.may(&r.held[o.a], new(int32)) {
			r.mutexes[o.a].Unlock()
		}
	case 'a':
		r.groups[o.a].Add(o.b)
	case 'A':
		r.groups[o.a].Wait()
	case 'o':
		r.onces[o.a].Do(func() { r.body(t, o.b) })
	case 'c':
		r.conds[o.a].L.Lock()
		r.conds[o.a].Wait()
		r.conds[o.a].L.Unlock()
	case 'C':
		r.conds[o.a].Signal()
	case 'B':
		r.conds[o.a].Broadcast()
	}
	r.note(t, "%c", o.kind)
}

func (r *run) onContext(t int, o op) {
	x := r.contexts[o.a] // another may have its place while this one is waited for
	switch o.kind {
	case 'n':
		x, r.cancels[o.a] = context.WithCancel(r.contexts[o.b])
		r.contexts[o.a] = x
	case 'N':
		x, r.cancels[o.a] = context.WithTimeout(r.contexts[o.b], 0)
		r.contexts[o.a] = x
	case 'X':
		if r.cancels[o.a] != nil {
			r.cancels[o.a]()
		}
	case 'D':
		<-x.Done()
	}
	r.note(t, "%c%v", o.kind, x.Err())
}

func (r *run) do(t int, o op) {
	switch o.kind {
	case 'w', 'W':
		r.doSelect(t, o)
	case 's', 'r', 'S', 'R', 'x', 'g', 'l':
		r.onChan(t, o)
	case 'n', 'N', 'X', 'D', 'e':
		r.onContext(t, o)
	case 'q', 'Q', 'k', 'K':
		r.onRW(t, o)
	default:
		r.onLock(t, o)
	}
}

func (r *run) catch(t int) {
	if p := recover(); p != nil {
		r.note(t, "caught(%v)", p)
	}
}

func (r *run) guard(t int, what func()) {
	defer r.catch(t)
	what()
}

// A function of the program: called, started or deferred.
func (r *run) body(t, f int) {
	for _, o := range r.functions[f] {
		switch o := o; o.kind {
		case 'j':
			r.note(t, "%d", o.a)
		case 'F':
			defer r.body(t, o.a)
		case 'p':
			r.token(t)
			panic(fmt.Sprintf("oops %d", o.a))
		case 'v':
			r.note(t, "recovered(%v)", recover())
		case 'z':
			runtime.Goexit()
		case 'f':
			if f == t {
				r.token(t)
			}
			if f == t && r.guarded {
				r.guard(t, func() { r.body(t, o.a) })
			} else {
				r.body(t, o.a)
			}
		default:
			r.token(t)
			if f == t && r.guarded {
				r.guard(t, func() { r.do(t, o) })
			} else {
				r.do(t, o)
			}
		}
	}
}

func (r *run) task(t int) {
	defer func() { atomic.StoreInt32(&r.states[t], over) }()
	if r.alone {
		r.body(t, t)
	} else {
		r.guard(t, func() { r.body(t, t) })
	}
}

var stacks = make([]byte, 1<<20)

// Until all tasks wait.  With one processor each of them has had several turns by then.
func settle() {
	if runtime.GOMAXPROCS(0) == 1 {
		for i := 0; i < 10; i++ {
			runtime.Gosched()
		}
		return
	}
	for {
		runtime.Gosched()
		all := stacks[:runtime.Stack(stacks, true)]
		if len(all) == len(stacks) {
			panic("too many stacks")
		}
		if bytes.Count(all, []byte(" [running"))+bytes.Count(all, []byte(" [runnable")) == 1 {
			return
		}
	}
}

func (p *program) run() {
	r := &run{program: p}
	for i := range r.chans {
		if p.caps[i] >= 0 {
			r.chans[i] = make(chan int, p.caps[i])
		}
		r.conds[i] = sync.NewCond(new(sync.Mutex))
		r.contexts[i] = context.Background()
	}
	for t := 0; t < p.tasks; t++ {
		r.gates[t] = make(chan struct{}, 1)
	}
	for t := 0; t < p.tasks; t++ {
		go r.task(t)
	}
	settle()
	for _, t := range p.steps {
		if atomic.LoadInt32(&r.states[t]) == atGate {
			r.gates[t] <- struct{}{}
			settle()
		}
	}
	out := ""
	for t := 0; t < p.tasks; t++ {
		out += r.notes[t] + [...]string{"gate", "waits", "over"}[r.states[t]] + "|"
	}
	fmt.Println(p.number, out)
	if p.stays {
		select {}
	}
}

// number tasks guarded alone stays | caps | function | function ... | steps
func parse(line string) *program {
	parts := strings.Split(line, "|")
	numbers := func(text string) (ns []int) {
		for _, word := range strings.Fields(text) {
			n, _ := strconv.Atoi(word)
			ns = append(ns, n)
		}
		return
	}
	head, last := numbers(parts[0]), len(parts)-1
	p := &program{number: head[0], tasks: head[1], guarded: head[2] != 0, alone: head[3] != 0, stays: head[4] != 0,
		caps: numbers(parts[1]), steps: numbers(parts[last])}
	for _, text := range parts[2:last] {
		var f []op
		for _, word := range strings.Fields(text) {
			o := op{}
			fmt.Sscanf(word, "%c%d,%d", &o.kind, &o.a, &o.b)
			p.runs = p.runs || o.kind == 'w' || o.kind == 'W'
			f = append(f, o)
		}
		p.functions = append(p.functions, f)
	}
	return p
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	from, _ := strconv.Atoi(os.Args[2])
	to, _ := strconv.Atoi(os.Args[3])
	runs, _ := strconv.Atoi(os.Args[4])
	debug.SetGCPercent(-1) // a collection keeps tasks from their turns
	lines := bufio.NewScanner(file)
	for i := 0; lines.Scan(); i++ {
		if i < from || i >= to {
			continue
		}
		p := parse(lines.Text())
		if p.alone && to-from > 1 {
			continue
		}
		for n := 0; n < runs && (n == 0 || p.runs); n++ {
			p.run()
		}
	}
}
