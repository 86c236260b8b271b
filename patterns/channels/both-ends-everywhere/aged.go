// SPDX-License-Identifier: MIT

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

func init() {
	agedProbes["close-of-receive-only"] = func() (bool, string) {
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, "p.go", "package p; func f(c <-chan int) { close(c) }", 0)
		if err == nil {
			_, err = new(types.Config).Check("p", files, []*ast.File{f}, nil)
		}
		if err == nil {
			return false, "close of a receive-only channel passes"
		}
		return strings.Contains(err.Error(), "receive-only"), err.Error()
	}
}
