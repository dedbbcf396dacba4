package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
)

// countdown is a context that ends once it has been asked so often whether it has.
type countdown struct {
	context.Context
	left atomic.Int64
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// Ctrl-C in a choice that would take very long: what is known is told, without a claim, and the
// exit code says that it is not all.
func TestAnInterruptedChoiceIsReported(t *testing.T) {
	t.Parallel()
	best := func(asked int64, more ...string) (code int, stdout, stderr string) {
		ctx := &countdown{Context: context.Background()}
		ctx.left.Store(asked)
		var out, errors bytes.Buffer
		args := append([]string{"headroom", "best", "coverage-business-hours", "coverage-24x7", "--measure", "cost", "--min",
			"--indifference", "0.01", "--most", "1000000"}, more...)
		code = run(ctx, args, terminal{in: strings.NewReader(""), out: &out, err: &errors})
		return code, out.String(), errors.String()
	}
	// The first look, of twenty replications of both, asks a hundred times or so.
	code, stdout, stderr := best(0)
	if code != exitFailed || stdout != "" || !strings.Contains(stderr, "interrupted before a choice") {
		t.Errorf("at once: %d\n%s\n%s", code, stdout, stderr)
	}
	code, stdout, stderr = best(400, "--trials", "1000000")
	if code != exitFailed || !strings.Contains(stderr, "interrupted before a choice") {
		t.Errorf("later: %d: %s", code, stderr)
	}
	for _, part := range []string{"Interrupted after", "so far coverage-business-hours is ahead with the smallest cost", "Nothing is guaranteed.", "ahead"} {
		if !strings.Contains(stdout, part) {
			t.Errorf("%q is not in\n%s", part, stdout)
		}
	}
	_, stdout, _ = best(400, "--trials", "1000000", "--json")
	var x outcome.Selection
	if err := json.Unmarshal([]byte(stdout), &x); err != nil || !x.Interrupted || x.Sure != 0 || len(x.Candidates) != 2 {
		t.Errorf("%v: %+v", err, x)
	}
}

// Ctrl-C in a comparison of three, in the second: there is no pair of all of them.
func TestAnInterruptedComparisonSaysSo(t *testing.T) {
	t.Parallel()
	ctx := &countdown{Context: context.Background()}
	ctx.left.Store(15)
	var out, errors bytes.Buffer
	code := run(ctx, []string{"headroom", "compare", "hello", "coverage-business-hours", "coverage-24x7", "--replications", "10", "--json", "--workers", "1"},
		terminal{in: strings.NewReader(""), out: &out, err: &errors})
	if code != exitFailed || out.Len() > 0 || !strings.Contains(errors.String(), "of 3: there is nothing to compare yet") {
		t.Errorf("%d\n%s\n%s", code, out.String(), errors.String())
	}
}
