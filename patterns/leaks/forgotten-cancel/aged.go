// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"fmt"
	"time"
)

// The key of a value that a context carries.
type agedKey struct{}

func init() {
	agedProbes["timeout-kept"] = func() (bool, string) {
		for i := 0; i < 64; i++ {
			x, _ := context.WithTimeout(context.WithValue(context.Background(), agedKey{}, agedNew()), time.Hour)
			x.Done()
		}
		freed := agedCollected(1)
		return freed == 0, fmt.Sprintf("the collector took %d of 64 contexts whose hour is not over", freed)
	}
	agedProbes["cancel-collected"] = func() (bool, string) {
		for i := 0; i < 64; i++ {
			x, _ := context.WithCancel(context.WithValue(context.Background(), agedKey{}, agedNew()))
			x.Done()
		}
		freed := agedCollected(60)
		return freed >= 60, fmt.Sprintf("the collector took %d of 64 contexts that nobody cancelled", freed)
	}
}
