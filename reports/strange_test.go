package reports_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

// An outcome file in which a value has been replaced by any other is refused, or makes a
// report: nothing in a file that is read brings a report down.
func TestStrangeFilesBringNoReportDown(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := sample.Experiment(sample.Options{Days: 3, Replications: 12}).Write(&b); err != nil {
		t.Fatal(err)
	}
	read := 0
	rapid.Check(t, func(r *rapid.T) {
		var tree any
		if err := json.Unmarshal(b.Bytes(), &tree); err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(1, 3).Draw(r, "changes") {
			tree = changed(r, tree)
		}
		data, err := json.Marshal(tree)
		if err != nil {
			r.Fatal(err)
		}
		x, err := outcome.Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		read++
		for _, write := range []func() error{
			func() error { return reports.Summary(io.Discard, x, document.Options{Width: 60, Full: true}) },
			func() error { return reports.Markdown(io.Discard, x) },
			func() error { return reports.WriteMeasures(io.Discard, x) },
			func() error { return reports.WriteSeries(io.Discard, x) },
		} {
			if err := write(); err != nil {
				r.Fatal(err)
			}
		}
	})
	if read == 0 {
		t.Error("no file could be read: the test says nothing")
	}
}

// changed replaces one value somewhere in a tree.
func changed(r *rapid.T, tree any) any {
	if rapid.IntRange(0, 9).Draw(r, "stop") > 0 {
		switch v := tree.(type) {
		case map[string]any:
			if keys := slices.Sorted(maps.Keys(v)); len(keys) > 0 {
				key := rapid.SampledFrom(keys).Draw(r, "key")
				v[key] = changed(r, v[key])
				return v
			}
		case []any:
			if len(v) > 0 {
				i := rapid.IntRange(0, len(v)-1).Draw(r, "entry")
				v[i] = changed(r, v[i])
				return v
			}
		}
	}
	if rapid.IntRange(0, 9).Draw(r, "kind") > 0 {
		switch tree.(type) {
		case float64:
			return rapid.SampledFrom([]any{0, -1, 1, 2, 0.5, 1e300, -1e300, 1e15}).Draw(r, "number")
		case string:
			return rapid.SampledFrom([]string{"", "x", "first_reply", "enterprise", "a\x1b[31m", "p95"}).Draw(r, "word")
		}
	}
	return rapid.SampledFrom([]any{
		nil, true, 0, -1, 0.5, 1e300, -1e300, 1 << 40, "", "x", "first_reply", "a\x1b[31m", []any{}, []any{nil}, map[string]any{},
	}).Draw(r, "value")
}
