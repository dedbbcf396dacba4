package model

import (
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
)

// expectations checks what is expected, as far as that can be told without knowing what is
// measured.
func (c *checker) expectations() {
	for i := range c.s.Expect {
		e := &c.s.Expect[i]
		path := fmt.Sprintf("expect[%d]", i+1)
		if e.Measure == "" {
			c.report(path, "it is not said of which measure it is expected", "such as breach_rate(first_reply) < 5%")
		}
		if !slices.Contains(outcome.Relations(), e.Relation) {
			c.report(path, fmt.Sprintf("unknown relation %q", e.Relation), "want <, <=, > or >=")
		}
		if math.IsNaN(e.Bound) || math.IsInf(e.Bound, 0) {
			c.report(path, fmt.Sprintf("the bound is %v", e.Bound), "")
		}
	}
}
