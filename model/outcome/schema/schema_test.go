package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"
	check "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/outcome/schema"
)

var update = flag.Bool("update", false, "rewrite the schemas")

// roots are the types behind the files.
var roots = map[string]any{"outcome": outcome.Experiment{}, "comparison": outcome.Comparison{}, "sweep": outcome.Sweep{}, "warmup": outcome.Warmup{}, "selection": outcome.Selection{}}

// An estimate, and a difference, as they stand in a file.
type (
	written struct {
		Value    *float64 `json:"value" jsonschema_description:"The value, in the unit of its measure; null if there was nothing to measure."`
		Low      *float64 `json:"low" jsonschema_description:"The lower end of the confidence interval, in the same unit; null if it has none."`
		High     *float64 `json:"high" jsonschema_description:"The upper end of the confidence interval, in the same unit; null if it has none."`
		Level    float64  `json:"level" jsonschema_description:"The confidence level, a fraction such as 0.95."`
		N        int      `json:"n" jsonschema_description:"The number of replications behind it."`
		Warnings []string `json:"warnings,omitempty" jsonschema_description:"Doubts about this estimate, each a word."`
	}
	difference struct {
		written
		VarianceRatio *float64 `json:"variance_ratio" jsonschema_description:"The variance of the paired differences over that of independent ones: below 1, pairing has sharpened the comparison. Null if it is unknown."`
	}
)

// generated is the schema of a type; a strict one refuses fields that it does not know.
func generated(t *testing.T, name string, strict bool) []byte {
	t.Helper()
	r := &jsonschema.Reflector{Anonymous: true, AllowAdditionalProperties: !strict}
	r.Mapper = func(typ reflect.Type) *jsonschema.Schema {
		switch typ {
		case reflect.TypeFor[outcome.Float]():
			return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "number"}, {Type: "null"}}}
		case reflect.TypeFor[outcome.Edge]():
			return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "number"}, {Type: "null"}, {Enum: []any{"above", "below"}}}}
		case reflect.TypeFor[time.Duration]():
			return &jsonschema.Schema{Type: "integer"}
		case reflect.TypeFor[estimate.Estimate](), reflect.TypeFor[estimate.Difference]():
			inner := &jsonschema.Reflector{Anonymous: true, DoNotReference: true, AllowAdditionalProperties: !strict}
			var v any = written{}
			if typ == reflect.TypeFor[estimate.Difference]() {
				v = difference{}
			}
			s := inner.Reflect(v)
			s.Version = ""
			return s
		}
		return nil
	}
	if err := r.AddGoComments("github.com/headroom-sim/headroom/model/outcome", "..", jsonschema.WithFullComment()); err != nil {
		t.Fatal(err)
	}
	// Comments are found by the folder in which they stand, which is this one's parent.
	for key, text := range r.CommentMap {
		if i := strings.LastIndex(key, "/"); i >= 0 {
			_, rest, _ := strings.Cut(key[i:], ".")
			r.CommentMap["github.com/headroom-sim/headroom/model/outcome."+rest] = text
		}
	}
	text, err := json.Marshal(r.Reflect(roots[name]))
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	tree["title"] = "Headroom " + name
	describe(tree)
	mend(tree)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(tree); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plain describes the fields whose names are enough for those who read the code: by type and
// name, or by name for all types.
var plain = map[string]string{
	"name": "Its name.", "title": "Its title, for people.", "metric": "The SLA metric, such as first_reply.",
	"unit":     "The unit: share (a fraction), s (seconds), tickets, tickets/h, h (hours of agents), heads, money (in currency), clocks, or what it counts.",
	"currency": "The currency of all amounts of money, such as USD.", "seed": "The seed of all random numbers.",
	"tool": "The program that wrote it, with its version.", "version": "The version of the format.", "digest": "The digest of the scenario, by which scenarios are told apart.",
	"replications": "The number of replications.", "warnings": "Doubts, each a full sentence and what it is about.",
	"measures": "All measures.", "estimate": "The estimate with its confidence interval.", "level": "The confidence level, a fraction such as 0.95.",
	"high": "The upper end of the confidence interval.", "low": "The lower end of the confidence interval.",
	"channel": "The channel.", "priority": "The priority.", "tier": "The tier of the customer.", "issue": "The issue type.", "account": "The customer's account.",
	"team": "The team.", "contract": "The contract.", "spike": "The spike of demand.", "relaxation": "The relaxation of promises.", "exception": "The exception.",
	"outage": "The outage.", "calendar": "The calendar of business hours by which it counts.", "period": "The length of the periods, such as month.",
	"reason": "The reason, in words.", "relation": "How the measure is to stand to the bound: <, <=, > or >=.", "verdict": "met, missed, or undecided by so many replications.",
	"policy": "The policy that promises it.", "share": "The promised share, a fraction; all clocks if it is missing.", "set": "The number of consecutive replications that were drawn together; missing if each was drawn by itself.",
	"Break.low": "The lower end of the confidence interval of at, above or below all that was tried, or null.", "Break.high": "The upper end of the confidence interval of at, above or below all that was tried, or null.",
	"Break.recovery":     "The time to recover, where the target is about it.",
	"Comparison.dropped": "By scenario, the replications beyond those that all have.", "Comparison.joint_level": "The confidence level of each difference and quotient, raised so that those of one measure hold together.",
	"Comparison.left_out": "Measures that are not compared, and why.", "Comparison.rows": "One measure in all scenarios each.",
	"Contract.fee_per_month": "The fee per month, in currency.", "Exception.approved_by": "Who approved it.",
	"Experiment.series": "Measures over time.", "Experiment.waits": "Distributions of waiting times.",
	"Measure.den": "The denominator of each replication.", "Outage.planned": "Whether it is announced.",
	"Point.warnings": "Doubts about this point.", "Rung.name": "The name of the step.",
	"Scenario.accounts": "The customers' accounts.", "Scenario.availability": "What is promised about channels being up.", "Scenario.channels": "The channels.",
	"Scenario.contracts": "The contracts.", "Scenario.exceptions": "When promises count differently.", "Scenario.issues": "The issue types.",
	"Scenario.relaxations": "When promises are longer.", "Scenario.spikes": "The spikes of demand.", "Scenario.start": "When it starts, RFC 3339.",
	"Scenario.targets": "The promises.", "Scenario.teams": "The teams.", "Scenario.tiers": "The tiers of customers.", "Scenario.zone": "The IANA time zone of its dates and hours.",
	"Series.p90": "The 90th percentile of single replications, by interval.", "Spike.factor": "How many times the usual demand.",
	"Sweep.axes": "What was varied.", "Sweep.breaks": "Where the target breaks.", "Sweep.points": "The scenarios of the sweep.", "Sweep.scenario": "The scenario that was varied.",
	"Waits.count": "The observations in each bin, of all replications.",
}

// describe fills in what plain says of fields without a comment.
func describe(tree map[string]any) {
	for kind, d := range asMap(tree["$defs"]) {
		for field, p := range asMap(asMap(d)["properties"]) {
			property := asMap(p)
			said, ok := plain[kind+"."+field]
			if !ok {
				said, ok = plain[field]
			}
			if _, has := property["description"]; !has && ok {
				property["description"] = said
			}
		}
	}
}

// mend lets lists and numbers that may be missing be null, and says units that are in names.
func mend(node any) {
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			mend(v)
		}
	case map[string]any:
		if n["type"] == "array" {
			n["type"] = []any{"array", "null"}
		}
		if text, ok := n["description"].(string); ok {
			n["description"] = strings.Join(strings.Fields(text), " ")
		}
		for name, p := range asMap(n["properties"]) {
			property := asMap(p)
			for end, unit := range map[string]string{"_ns": "nanoseconds", "_s": "seconds"} {
				if strings.HasSuffix(name, end) {
					said, _ := property["description"].(string)
					property["description"] = strings.TrimSpace(said + " In " + unit + ".")
				}
			}
			switch name {
			case "value", "low", "high", "variance_ratio":
				if property["type"] == "number" {
					property["type"] = []any{"number", "null"}
				}
			}
		}
		for _, v := range n {
			mend(v)
		}
	}
}

func asMap(v any) map[string]any { m, _ := v.(map[string]any); return m }

func TestTheSchemasAreThoseOfTheTypes(t *testing.T) {
	for name := range roots {
		want := generated(t, name, false)
		if *update {
			if err := os.WriteFile(name+".schema.json", want, 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, ok := schema.Of(name)
		if !ok {
			t.Fatalf("there is no schema of %s (write it with -update)", name)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got; rewrite with -update):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff([]string{"comparison", "outcome", "selection", "sweep", "warmup"}, schema.Names()); diff != "" {
		t.Error(diff)
	}
	if _, ok := schema.Of("elsewhere"); ok {
		t.Error("there is a schema of elsewhere")
	}
}

// Every field says what it means.
func TestEveryFieldIsDescribed(t *testing.T) {
	for _, name := range schema.Names() {
		text, _ := schema.Of(name)
		var tree map[string]any
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatal(err)
		}
		types := asMap(tree["$defs"])
		if len(types) < 2 {
			t.Errorf("%s has only %d types", name, len(types))
		}
		for kind, d := range types {
			for field, p := range asMap(asMap(d)["properties"]) {
				said, _ := asMap(p)["description"].(string)
				_, refers := asMap(p)["$ref"]
				if said == "" && !refers {
					t.Errorf("%s: %s.%s has no description", name, kind, field)
				}
			}
		}
	}
}

// compiled is a schema that can judge.
func compiled(t *testing.T, text []byte) *check.Schema {
	t.Helper()
	doc, err := check.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := check.NewCompiler()
	if err := c.AddResource("it.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("it.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func judge(t *testing.T, s *check.Schema, text []byte) error {
	t.Helper()
	doc, err := check.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

func TestASchemaRefusesWhatIsNoOutcome(t *testing.T) {
	x := outcome.Experiment{Format: outcome.FormatName, Version: 1, Measures: []outcome.Measure{{Name: "wait", Unit: outcome.UnitSeconds}}}
	text, err := json.Marshal(&x)
	if err != nil {
		t.Fatal(err)
	}
	for _, strict := range []bool{false, true} {
		s := compiled(t, generated(t, "outcome", strict))
		if err := judge(t, s, text); err != nil {
			t.Errorf("a small outcome is refused: %v", err)
		}
		for old, by := range map[string]string{
			`"seed":0`:     `"seed":"one"`,
			`"seed":0,`:    ``,
			`"measures":[`: `"measures":[7,`,
			`"unit":"s"`:   `"unit":5`,
			`"length_ns":`: `"length_ns":1.5,"x":`,
		} {
			if judge(t, s, []byte(strings.Replace(string(text), old, by, 1))) == nil {
				t.Errorf("%s in place of %s is let through", by, old)
			}
		}
	}
	more := []byte(strings.Replace(string(text), `"seed":0`, `"seed":0,"new":1`, 1))
	if err := judge(t, compiled(t, generated(t, "outcome", false)), more); err != nil {
		t.Errorf("a field of a later version is refused: %v", err)
	}
	if judge(t, compiled(t, generated(t, "outcome", true)), more) == nil {
		t.Error("the strict schema, by which tests find fields that are not described, lets one through")
	}
}
