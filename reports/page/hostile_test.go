package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/page"
)

// hostile are names that would run if anything took them for more than text.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`</script><script>alert(2)</script>`,
	"line\u2028and\u2029end",
	`' onmouseover='alert(3)`,
	`<!--<script>`,
	`{{.Title}}`,
	`</title></style><svg onload=alert(4)>`,
	`javascript:alert(5)`,
	`=cmd|' /C calc'!A0`,
	"\u202e<b>reversed",
	`&lt;script&gt;`,
}

// poison gives everything that has a name a hostile one.
func poison(t *testing.T, x *outcome.Experiment) *outcome.Experiment {
	t.Helper()
	var file bytes.Buffer
	if err := x.Write(&file); err != nil {
		t.Fatal(err)
	}
	text := file.String()
	names := slices.Concat(x.Scenario.Tiers, x.Scenario.Priorities, x.Scenario.Teams, x.Scenario.Accounts, x.Scenario.Channels, []string{"black-friday"})
	for i, name := range names {
		bad, err := json.Marshal(fmt.Sprint(hostile[i%len(hostile)], i))
		if err != nil {
			t.Fatal(err)
		}
		// Not the key "low" of an interval.
		for _, end := range []string{",", "]", "}"} {
			text = strings.ReplaceAll(text, `"`+name+`"`+end, string(bad)+end)
		}
	}
	bad, err := outcome.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	sc := &bad.Scenario
	sc.Title, sc.Name, sc.Currency, sc.Digest = hostile[2], hostile[0], hostile[1], hostile[7]
	bad.Tool, bad.Stopped = hostile[0], hostile[1]
	for i := range bad.Warnings {
		bad.Warnings[i].Text = hostile[i]
	}
	for i := range sc.Targets {
		sc.Targets[i].Policy, sc.Targets[i].Calendar = hostile[i%len(hostile)], hostile[(i+1)%len(hostile)]
	}
	for i := range sc.Contracts {
		sc.Contracts[i].Scheme, sc.Contracts[i].Period = hostile[0], hostile[1]
	}
	sc.Rungs = []outcome.Rung{{Name: hostile[0], At: hostile[1], Do: hostile[2]}}
	sc.Exceptions = []outcome.Exception{{Name: hostile[0], Reason: hostile[1], ApprovedBy: hostile[2], Affects: hostile[5], Do: hostile[7]}}
	return bad
}

var (
	element   = regexp.MustCompile(`<(/?)([a-zA-Z!][a-zA-Z0-9]*)((?:\s+[a-zA-Z0-9-]+(?:="[^"]*")?)*)\s*/?>`)
	attribute = regexp.MustCompile(`([a-zA-Z0-9-]+)(?:="([^"]*)")?`)
	bodies    = regexp.MustCompile(`(?s)(<script[^>]*>|<style>)(.*?)(</script>|</style>)`)
)

// The elements and attributes that a page consists of. None of them runs anything.
var (
	knownElements = strings.Fields(`!DOCTYPE html head meta title style body a header div span button h1 h2 h3 p nav ul li main section noscript
		table caption thead tbody tr th td figure figcaption svg line rect circle text g path details summary dl dt dd pre script`)
	knownAttributes = strings.Fields(`html lang charset http-equiv content name class href id type aria-pressed aria-label aria-hidden aria-live aria-roledescription
		role tabindex scope data-chart data-line data-do disabled width height x y x1 x2 y1 y2 d viewBox cx cy r fill-opacity`)
)

func checkMarkup(t *testing.T, text string) {
	t.Helper()
	if n := strings.Count(text, "<script"); n != 4 {
		t.Errorf("%d scripts", n)
	}
	for _, raw := range []string{"\u2028", "\u2029", "\u202e"} {
		if strings.Contains(text, raw) {
			t.Errorf("%+q is on the page", raw)
		}
	}
	if data := block.FindStringSubmatch(text)[1]; strings.ContainsAny(data, "<>&") || !json.Valid([]byte(data)) {
		t.Error("the data block holds markup, or is no JSON")
	}
	markup := bodies.ReplaceAllString(text, "$1$3")
	for _, m := range element.FindAllStringSubmatch(markup, -1) {
		if !slices.Contains(knownElements, m[2]) {
			t.Errorf("element %s", m[0])
		}
		for _, a := range attribute.FindAllStringSubmatch(m[3], -1) {
			if !slices.Contains(knownAttributes, a[1]) || a[1] == "href" && !strings.HasPrefix(a[2], "#") {
				t.Errorf("attribute %s in %.200s", a[0], m[0])
			}
		}
	}
	// Whatever is not one of these elements must not look like one.
	if rest := element.ReplaceAllString(markup, ""); strings.Contains(rest, "<") {
		i := strings.Index(rest, "<")
		t.Errorf("a bare < in %q", rest[max(0, i-40):min(len(rest), i+80)])
	}
}

func TestHostileNamesAreText(t *testing.T) {
	t.Parallel()
	good := sample.Experiment(sample.Options{Replications: 5, Days: 14})
	checkMarkup(t, written(t, good))
	bad := poison(t, good)
	text := written(t, bad)
	checkMarkup(t, text)
	shown := html.UnescapeString(text)
	for _, name := range []string{hostile[0], hostile[1], hostile[2], hostile[5], hostile[6], hostile[7], hostile[11]} {
		if !strings.Contains(shown, name) {
			t.Errorf("%q is not shown as it is", name)
		}
	}
	other := poison(t, sample.Experiment(sample.Options{Replications: 5, Days: 14, Staff: 2}))
	c := compared(t, bad, other)
	var b bytes.Buffer
	if err := page.Comparison(&b, c, []*outcome.Experiment{bad, other}); err != nil {
		t.Fatal(err)
	}
	checkMarkup(t, b.String())
}
