// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"fmt"
	"io"
	"io/ioutil"
	"net"
	"net/http"
)

const bodyBytes = 2000

// A request asks another service over HTTP, by way of the loopback device, and wants
// to know the status alone. The client keeps connections that are free, and dials
// only when it has none.
type scene struct {
	client  *http.Client
	service *http.Server
	address string
}

// One item in eight is not there.
func serveItem(w http.ResponseWriter, r *http.Request) {
	var item uint64
	if _, err := fmt.Sscanf(r.URL.Path, "/items/%d", &item); err != nil {
		panic(err)
	}
	w.Header().Set("Content-Length", fmt.Sprint(bodyBytes))
	if item%8 == 0 {
		w.WriteHeader(http.StatusNotFound)
	}
	w.Write(bytes.Repeat([]byte("x"), bodyBytes))
}

// The first connection is there before the requests come.
func (s *scene) setup(p params) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	s.address = listener.Addr().String()
	s.service = &http.Server{Handler: http.HandlerFunc(serveItem)}
	go s.service.Serve(listener)
	s.client = &http.Client{Transport: new(http.Transport)}
	readAndClose(s.get(0))
}

func (s *scene) tearDown() { s.service.Close() }

func (s *scene) get(i uint64) *http.Response {
	response, err := s.client.Get(fmt.Sprintf("http://%s/items/%d", s.address, i))
	if err != nil {
		panic(err)
	}
	return response
}

// What C's response_close() does: up to Go 1.26 Close alone ends the connection.
func readAndClose(r *http.Response) {
	io.Copy(ioutil.Discard, r.Body)
	r.Body.Close()
}
