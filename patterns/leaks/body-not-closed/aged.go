// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// How often the client of one service dials for n requests, of which each closes its body
// and reads nothing of it.
func agedDials(n int) int64 {
	var dials int64
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	service := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Write(bytes.Repeat([]byte("x"), 2000))
		}),
		ConnState: func(c net.Conn, state http.ConnState) {
			if state == http.StateNew {
				atomic.AddInt64(&dials, 1)
			}
		},
	}
	go service.Serve(listener)
	client := &http.Client{Transport: new(http.Transport)}
	for i := 0; i < n; i++ {
		response, err := client.Get("http://" + listener.Addr().String())
		if err != nil {
			panic(err)
		}
		response.Body.Close()
		time.Sleep(5 * time.Millisecond) // it may be read meanwhile
	}
	return atomic.LoadInt64(&dials)
}

func init() {
	agedProbes["close-drains"] = func() (bool, string) {
		dials := agedDials(8)
		return dials <= 2, fmt.Sprintf("8 requests dialled %d times", dials)
	}
}
