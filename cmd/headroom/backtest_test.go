package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// held is a report of a backtest, as it is printed for programs.
type held struct {
	Verdicts []string
	Measures []struct {
		Arrivals, Measure, Finding string
		Holds                      bool
		Coverage                   []struct {
			Level      float64
			Inside, Of int
		}
		Scores []struct {
			Method     string
			Days       int
			CRPS       *float64
			Skill      *float64
			SkillLow   *float64 `json:"skill_low"`
			Bias, WAPE *float64
		}
	}
}

// headroomIn runs the program, and fails the test if it fails.
func headroomIn(t *testing.T, args ...string) string {
	t.Helper()
	var out, errors bytes.Buffer
	if code := run(context.Background(), append([]string{"headroom"}, args...), terminal{in: strings.NewReader(""), out: &out, err: &errors}); code != exitDone {
		t.Fatalf("%v ends with %d: %s", args, code, errors.String())
	}
	return out.String()
}

// simulated is the log of a scenario's first replication.
func simulated(t *testing.T, scenario string) string {
	t.Helper()
	dir := t.TempDir()
	file, log := filepath.Join(dir, "desk.yaml"), filepath.Join(dir, "log.csv")
	if err := os.WriteFile(file, []byte(scenario), 0o666); err != nil {
		t.Fatal(err)
	}
	headroomIn(t, "run", file, "--log", log, "--out", filepath.Join(dir, "out"), "--json")
	return log
}

func backtested(t *testing.T, log string, args ...string) (h held) {
	t.Helper()
	out := headroomIn(t, append([]string{"backtest", log, "--zone", "Europe/Berlin", "--json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &h); err != nil {
		t.Fatal(err)
	}
	return h
}

const heldDesk = `name: desk
time: {zone: Europe/Berlin, start: 2026-01-05, length: 12w, warmup: 0d}
run: {replications: 1, seed: 5}
issues:
  question:
    handle: lognormal(mean 9m, cv 0.8)
    solved_at_first_touch: 70%
    customer_reply: {after: lognormal(median 3h, cv 1.5), never: 10%, close: 2d}
demand: [{stream: mail, volume: 420/week, GROWTH busyness: {cv: 0.15}, profile: {hours: [1, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 8, 8, 8, 7, 7, 6, 4, 3, 2, 2, 1, 1]}}]
teams: {desk: {shifts: [SHIFTS]}}
`

func deskOf(growth, shifts string) string {
	return strings.NewReplacer("GROWTH", growth, "SHIFTS", shifts).Replace(heldDesk)
}

// The log of a desk that stays as it is: the intervals of days that were not seen hold, and where the arrivals
// are known the simulation beats the same weekday of last week, and Erlang's formulas: customers answer and
// come back, and the desk is closed at night.
func TestABacktestOfTheTruthHolds(t *testing.T) {
	t.Parallel()
	log := simulated(t, deskOf("", `{heads: 2, hours: "08:00-18:00"}`))
	h := backtested(t, log, "--test", "6w", "--refit", "2w", "--replications", "79", "--first-reply", "8h")
	in, of, holding, erlang := 0, 0, 0, 0
	for _, m := range h.Measures {
		c := m.Coverage[2]
		in, of = in+c.Inside, of+c.Of
		if m.Holds {
			holding++
		}
		for _, s := range m.Scores {
			if strings.HasPrefix(s.Method, "Erlang") && s.Days > 0 {
				erlang++
			}
			if s.Method != "simulation" && s.Days > 0 && m.Measure != "tickets" && m.Arrivals == "real arrivals" && *s.Skill < 0 {
				t.Errorf("%s, %s: %s is better, by %v", m.Arrivals, m.Measure, s.Method, -*s.Skill)
			}
		}
	}
	if erlang == 0 {
		t.Error("nothing is compared with Erlang's formulas")
	}
	// 15 tracks of 42 days. Days hang together: the bound is wide.
	if share := float64(in) / float64(of); share < 0.88 || share > 0.995 {
		t.Errorf("%d of %d days lie within intervals of 95 %%", in, of)
	}
	if holding < len(h.Measures)-2 {
		t.Errorf("%d of %d measures hold: %v", holding, len(h.Measures), h.Verdicts)
	}
}

// Three people in ten leave when the fit ends: what is forecast is too little, and that is said.
func TestABacktestSeesThatPeopleHaveLeft(t *testing.T) {
	t.Parallel()
	log := simulated(t, deskOf("", `{heads: 3, hours: "08:00-18:00", until: 2026-03-01}, {heads: 2, hours: "08:00-18:00", from: 2026-03-02}`))
	h := backtested(t, log, "--test", "4w", "--replications", "119", "--first-reply", "8h")
	for _, m := range h.Measures {
		// Where volumes are forecast too, the ninetieth percentile is known too badly to tell.
		if strings.HasPrefix(m.Measure, "first reply") && m.Arrivals == "real arrivals" && m.Holds {
			t.Errorf("%s, %s: %s", m.Arrivals, m.Measure, m.Finding)
		}
		if m.Measure == "tickets" && !m.Holds {
			t.Errorf("%s: %s, though as many come as before", m.Measure, m.Finding)
		}
	}
	if v := h.Verdicts[0]; !strings.Contains(strings.ToLower(v), "do not trust") || !strings.Contains(v, "more than forecast") {
		t.Error(v)
	}
}

// Whatever happens after the split, to whom and in which words, changes no byte of what is fitted.
func TestABacktestDoesNotSeeTheFuture(t *testing.T) {
	t.Parallel()
	log := simulated(t, deskOf("", `{heads: 2, hours: "08:00-18:00"}`))
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	poisoned := filepath.Join(filepath.Dir(log), "poisoned", "log.csv")
	if err := os.Mkdir(filepath.Dir(poisoned), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(poisoned, poison(text, "2026-03-02"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"--test", "4w", "--replications", "39", "--until", "2026-03-29"}
	var fits [2][]byte
	var reports [2]string
	for i, file := range []string{log, poisoned} {
		out := filepath.Join(filepath.Dir(file), "held")
		reports[i] = headroomIn(t, append([]string{"backtest", file, "--zone", "Europe/Berlin", "--json", "--out", out}, args...)...)
		if fits[i], err = os.ReadFile(filepath.Join(out, "fitted-until-2026-03-01.yaml")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(fits[0], fits[1]) {
		t.Error("what comes later changes the fit")
	}
	if reports[0] == reports[1] {
		t.Error("what comes later changes nothing at all")
	}
}

// poison changes what happens from a day on: agents, classes and teams have new names, and two tickets of three
// that come are left out.
func poison(log []byte, from string) []byte {
	lines := strings.Split(strings.TrimSuffix(string(log), "\n"), "\n")
	out, gone := lines[:1:1], map[string]bool{}
	for i, line := range lines[1:] {
		cells := strings.Split(line, ",")
		if cells[1] >= from {
			if cells[2] == "created" && i%3 > 0 {
				gone[cells[0]] = true
			}
			if cells[2] == "created" || cells[2] == "reclassified" {
				cells[4], cells[5], cells[6] = "fax", "revolution", "martian"
			}
			if cells[9] != "" {
				cells[9], cells[10] = "saboteurs", "9999"
			}
		}
		if !gone[cells[0]] {
			out = append(out, strings.Join(cells, ","))
		}
	}
	return []byte(strings.Join(out, "\n") + "\n")
}

// Where tickets become more from week to week, the forecast of volumes beats last week.
func TestABacktestFollowsATrend(t *testing.T) {
	t.Parallel()
	file := strings.Replace(deskOf("growth: 400%/year,", `{heads: 9, hours: "08:00-18:00"}`), "length: 12w", "length: 30w", 1)
	h := backtested(t, simulated(t, file), "--test", "4w", "--replications", "79")
	for _, m := range h.Measures {
		if m.Measure != "tickets" {
			continue
		}
		for _, s := range m.Scores {
			if s.Method != "simulation" && *s.SkillLow <= 0 {
				t.Errorf("against %s: %v and no less than %v", s.Method, *s.Skill, *s.SkillLow)
			}
		}
	}
}

// incidentsDesk is the folder of an import of the incident log of a real service desk, where a copy stands beside the project.
func incidentsDesk(t *testing.T) string {
	t.Helper()
	const incidents = "../../../shared/data/uci-incidents/incident_event_log.csv.gz"
	if _, err := os.Stat(incidents); err != nil {
		t.Skip("no copy of the incident log")
	}
	dir := filepath.Join(t.TempDir(), "desk")
	headroomIn(t, "import", "--mapping", "servicenow-incident-log", "-o", dir, incidents)
	return dir
}

// A real service desk, whose log has no replies and whose tickets wait for customers, third parties and the desk itself:
// from what happened until May the backlog of May is forecast, better than by last week's.
func TestABacktestOfARealServiceDesk(t *testing.T) {
	t.Parallel()
	dir := incidentsDesk(t)
	var h held
	out := headroomIn(t, "backtest", filepath.Join(dir, "log.csv"), "--from", "2016-03-01", "--until", "2016-05-31", "--country", "br",
		"--replications", "39", "--handle", "12m", "--json")
	if err := json.Unmarshal([]byte(out), &h); err != nil {
		t.Fatal(err)
	}
	// By the measure: what the simulation is better by than last week's at least, and how many of 28 days its intervals of 95 % hold at least.
	type least struct {
		skill float64
		days  int
	}
	want := map[string]least{
		"real arrivals, backlog": {0.3, 24}, "real arrivals, resolution, 90th percentile": {0.2, 22}, "real arrivals, resolution, median": {-1, 25},
		"forecast arrivals, tickets": {0, 25}, "forecast arrivals, backlog": {0, 24}, "forecast arrivals, resolution, 90th percentile": {0.2, 22},
	}
	for _, m := range h.Measures {
		w, asked := want[m.Arrivals+", "+m.Measure]
		if !asked {
			continue
		}
		delete(want, m.Arrivals+", "+m.Measure)
		if m.Coverage[2].Inside < w.days || m.Coverage[2].Of != 28 {
			t.Errorf("%s, %s: %d of %d days lie within intervals of 95 %%", m.Arrivals, m.Measure, m.Coverage[2].Inside, m.Coverage[2].Of)
		}
		for _, s := range m.Scores {
			if s.Method != "simulation" && s.Days > 0 && *s.Skill < w.skill {
				t.Errorf("%s, %s, against %s: better by %v", m.Arrivals, m.Measure, s.Method, *s.Skill)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("nothing is said of %v", want)
	}
}

// Whatever a fit to a real service desk says of a number, it says how uncertain that is, also where customers always
// answer and few tickets speak.
func TestEveryNumberFittedToARealServiceDeskHasItsInterval(t *testing.T) {
	t.Parallel()
	dir := incidentsDesk(t)
	scenario := filepath.Join(dir, "fitted.yaml")
	out := headroomIn(t, "fit", filepath.Join(dir, "log.csv"), "--from", "2016-04-04", "--until", "2016-05-29", "--format", "csv", "-o", scenario)
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) < 5000 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		cell := func(name string) string { return row[column[name]] }
		value, _ := strconv.ParseFloat(cell("value"), 64)
		low, noLow := strconv.ParseFloat(cell("ci_low"), 64)
		high, noHigh := strconv.ParseFloat(cell("ci_high"), 64)
		if assumed := cell("method") == "assumed, not from the log"; !assumed && (noLow != nil || noHigh != nil || low > value+1e-9 || high < value-1e-9) {
			t.Errorf("%s, %s: %s, %q to %q, of %s %s", cell("about"), cell("parameter"), cell("value"), cell("ci_low"), cell("ci_high"), cell("n"), cell("of"))
		}
	}
	text, err := os.ReadFile(scenario)
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(text), "\n") {
		if strings.Contains(line, "? to") || strings.Contains(line, "to ?") {
			t.Errorf("line %d: %s", n+1, line)
		}
	}
}

const promising = `name: promises
time: {zone: Europe/Berlin, start: 2026-01-05, length: 12w}
priorities: [high, normal]
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
sla:
  policies:
    - {name: all, match: {}, calendar: office, first_reply: {high: 1h, normal: 4h}, resolution: {within: {high: 8h, normal: 24h}, pauses_in: [pending]}}
`

// The promises of a policy judge by its own priorities and in its hours. What was recorded of the days held back is to the clock what an
// audit of these days says, and the simulation of a desk that stays as it is keeps about as much.
func TestABacktestJudgesByAPolicyAsAnAuditDoes(t *testing.T) {
	t.Parallel()
	file := strings.Replace(deskOf("", `{heads: 2, hours: "08:00-18:00"}`), "issues:\n", `priorities: [high, normal]
issues:
  outage: {priority: high, handle: lognormal(mean 15m, cv 1)}
`, 1)
	file = strings.Replace(strings.Replace(file, "    handle:", "    priority: normal\n    handle:", 1), "stream: mail,", "stream: mail, issue: {outage: 15%, question: 85%},", 1)
	log, policy := simulated(t, file), filepath.Join(t.TempDir(), "promises.yaml")
	if err := os.WriteFile(policy, []byte(promising), 0o666); err != nil {
		t.Fatal(err)
	}
	var h struct {
		held
		Promises []struct {
			Arrivals, Metric, Priority, Finding string
			Clocks, Late                        int
			Simulated                           float64 `json:"simulated_late_share"`
		}
	}
	out := headroomIn(t, "backtest", log, "--zone", "Europe/Berlin", "--json", "--test", "4w", "--replications", "79", "--policy", policy)
	valid(t, strict(t, "backtest"), "the backtest", []byte(out))
	if err := json.Unmarshal([]byte(out), &h); err != nil {
		t.Fatal(err)
	}
	recorded, err := readLog(log)
	if err != nil {
		t.Fatal(err)
	}
	a := newAuditing(recorded, func(name string) string {
		return map[string]string{"from": "2026-03-02", "to": "2026-03-30", "as-of": "2026-03-30"}[name]
	})
	if err := a.hold(policy, nil); err != nil {
		t.Fatal(err)
	}
	a.judge()
	ledger := a.report.Held[0].Ledger
	want := map[string][2]int{}
	for i := range ledger.Entries {
		e := &ledger.Entries[i]
		key := e.Metric.String() + ", " + ledger.Scenario.Names.Priorities[e.Class.Priority]
		x := want[key]
		if e.Late() {
			x[1]++
		}
		if e.Late() || e.Stopped() {
			x[0]++
		}
		want[key] = x
	}
	if len(want) != 4 || len(h.Promises) != 8 {
		t.Fatalf("%d promises are audited, %d rows are told", len(want), len(h.Promises))
	}
	asForecast := 0
	for _, p := range h.Promises {
		if got := want[p.Metric+", "+p.Priority]; got != [2]int{p.Clocks, p.Late} {
			t.Errorf("%s, %s: %d of %d clocks are late, by the audit %d of %d", p.Metric, p.Priority, p.Late, p.Clocks, got[1], got[0])
		}
		if p.Finding == "as forecast" {
			asForecast++
		}
	}
	if asForecast < 6 { // of eight intervals of 95 %
		t.Errorf("%d of 8 promises are kept as forecast: %+v", asForecast, h.Promises)
	}
	byDay := 0
	for _, m := range h.Measures {
		if m.Measure == "late first replies" || m.Measure == "late resolutions" || m.Measure == "late, of all that is promised" {
			byDay++
			if c := m.Coverage[2]; c.Inside < c.Of*3/4 {
				t.Errorf("%s, %s: %d of %d days lie within 95 %%", m.Arrivals, m.Measure, c.Inside, c.Of)
			}
		}
	}
	if byDay != 6 {
		t.Errorf("%d measures of what is late by day, want 6", byDay)
	}
}
