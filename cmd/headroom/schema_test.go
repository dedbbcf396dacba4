package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/headroom-sim/headroom/scenarios"
)

// strict is the schema that 'headroom schema' prints, with a refusal of fields that it does
// not describe.
func strict(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	code, text, stderr := call(t, "schema", kind)
	if code != exitDone {
		t.Fatal(stderr)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	closeAll(doc)
	c := jsonschema.NewCompiler()
	if err := c.AddResource(kind+".json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(kind + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeAll(node any) {
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			closeAll(v)
		}
	case map[string]any:
		for _, v := range n {
			closeAll(v)
		}
		if n["type"] == "object" && n["properties"] != nil {
			n["additionalProperties"] = false
		}
	}
}

func valid(t *testing.T, s *jsonschema.Schema, what string, text []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(doc); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

// The outcomes of all shipped scenarios are as the published schema says, and hold no field
// that it does not describe.
func TestOutcomesAreAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	s := strict(t, "outcome")
	list, err := scenarios.List()
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"black-friday@ladder", "black-friday@relaxed", "coverage-24x7@on-call"}
	for _, d := range list {
		names = append(names, d.Name)
	}
	if len(names) < 8 {
		t.Fatalf("only %v", names)
	}
	for _, name := range names {
		code, text, stderr := call(t, "run", name, "--replications", "2", "--json")
		if code != exitDone {
			t.Fatal(stderr)
		}
		valid(t, s, name, []byte(text))
	}
	if err := s.Validate(map[string]any{"format": "headroom/outcome"}); err == nil {
		t.Error("an outcome without anything is let through")
	}
}

func TestComparisonsAndSweepsAreAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	code, text, stderr := call(t, "compare", "enterprise-contract", "enterprise-contract@one-less", "--replications", "2", "--json")
	if code != exitDone {
		t.Fatal(stderr)
	}
	valid(t, strict(t, "comparison"), "the comparison", []byte(text))
	code, text, stderr = call(t, "sweep", "black-friday", "--set", "spikes.black-friday.factor=2,9", "--replications", "2",
		"--target", "breach_rate(first_reply, tier=enterprise) < 5%", "--json")
	if code != exitDone {
		t.Fatal(stderr)
	}
	valid(t, strict(t, "sweep"), "the sweep", []byte(text))
	if !json.Valid([]byte(text)) || !strings.Contains(text, `"breaks"`) {
		t.Error("the sweep has no break point: the schema is not put to the test")
	}
}

// Quotes; packs, of an outcome and of a log, with and without contracts and breaches, and diffs of one seed and
// of two, with and without a change.
func TestPacksQuotesAndDiffsAreAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	file, two, log := made(t, small)
	_, three, _ := made(t, strings.Replace(small, "heads: 2", "heads: 3", 1))
	_, other, _ := made(t, strings.Replace(small, "seed: 3", "seed: 4", 1))
	for kind, commands := range map[string][][]string{
		"breaches": {{"explain", "hello", "--breaches", "--replications", "2"}, {"explain", "black-friday", "--breaches", "--replications", "2", "--metric", "resolution"}},
		"pack":     {{"report", two, "--account", "acme"}, {"report", two, "--account", "globex"}, {"report", log, "--scenario", file, "--account", "acme"}},
		"quote":    {{"price", "enterprise-contract", "--years", "3", "--months", "3"}, {"price", "enterprise-contract", "enterprise-contract@one-less", "--years", "2", "--months", "1", "--heads", "1"}},
		"diff":     {{"diff", two, three}, {"diff", two, two}, {"diff", two, other}, {"diff", two, three, "--measure", "credit"}},
	} {
		s := strict(t, kind)
		for _, args := range commands {
			code, text, stderr := call(t, append(args, "--json")...)
			if code != exitDone {
				t.Fatal(stderr)
			}
			valid(t, s, strings.Join(args, " "), []byte(text))
			for _, broken := range []struct{ from, to string }{{`"verdict"`, `"finding"`}, {`"columns":["metric"`, `"columns":["metrics"`}, {`"columns":["contract"`, `"columns":["contracts"`}, {`"level":0.95`, `"level":95`}} {
				if !strings.Contains(text, broken.from) {
					continue
				}
				doc, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.ReplaceAll(text, broken.from, broken.to)))
				if err != nil {
					t.Fatal(err)
				}
				if s.Validate(doc) == nil {
					t.Errorf("%v: %s in place of %s is let through", args, broken.to, broken.from)
				}
			}
		}
	}
}

func TestSchemaSaysWhatThereIs(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"schema"}, {"schema", "report"}, {"schema", "outcome", "sweep"}} {
		if code, _, stderr := call(t, args...); code != exitUsage || !strings.Contains(stderr, "backtest, breaches, comparison, diff, document, explain, fit, outcome, pack, quote, selection, sweep and warmup") {
			t.Errorf("%v: exit code %d: %s", args, code, stderr)
		}
	}
	if dir := filepath.Join("..", "..", "model", "outcome", "schema"); !exists(filepath.Join(dir, "outcome.schema.json")) {
		t.Errorf("the schema is not published in %s", dir)
	}
}

// Whatever a command prints as JSON has a published schema: every field that is printed is described there.
func TestEverythingPrintedAsJSONIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	file, two, log := made(t, small)
	long := filepath.Join(t.TempDir(), "long.csv")
	if code, _, stderr := call(t, "run", "replay-log", "--replications", "1", "--log", long, "--json"); code != exitDone {
		t.Fatal(stderr)
	}
	for kind, commands := range map[string][][]string{
		"document": {
			{"audit", log, "--policy", file}, {"recommend", log}, {"recommend", two},
			{"peak", "black-friday", "--replications", "3", "--target", "none", "--temps", "none", "--relax", "none"},
			{"coverage", file, "--replications", "2"},
			{"capacity", "growing-desk"}, {"capacity", "hello", "--months", "1"},
			{"report", two, "--view", "weekly"}, {"report", two, "--view", "monthly"}, {"report", two, "--view", "quarterly"},
		},
		"fit":       {{"fit", long}},
		"explain":   {{"explain", file}, {"explain", file, "--log", log, "--ticket", "t0000000000000000"}},
		"warmup":    {{"warmup", file, "--replications", "3"}},
		"selection": {{"best", "coverage-business-hours", "coverage-24x7", "--measure", "cost", "--min", "--indifference", "500000"}},
	} {
		s := strict(t, kind)
		for _, args := range commands {
			code, text, stderr := call(t, append(args, "--json")...)
			if code != exitDone {
				t.Fatalf("%v: %s", args, stderr)
			}
			valid(t, s, strings.Join(args, " "), []byte(text))
			for _, lost := range []string{`"title"`, `"columns"`, `"parameter"`, `"no_clock"`, `"proposed_ns"`, `"candidates"`} {
				doc, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.ReplaceAll(text, lost, `"lost"`)))
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(text, lost) && s.Validate(doc) == nil {
					t.Errorf("%v: without %s it is let through", args, lost)
				}
			}
		}
	}
}
