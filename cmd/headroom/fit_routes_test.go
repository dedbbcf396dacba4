package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/fitted"
)

// teamsOf are the names of teams of a fit.
func teamsOf(f *fit.Fitted, list []int) string {
	var names []string
	for _, i := range list {
		names = append(names, f.Teams[i].Name)
	}
	slices.Sort(names)
	return strings.Join(names, " and ")
}

// takers says who takes what in a scenario: the teams of each issue on each channel.
func takers(s *model.Scenario) map[string]string {
	out := map[string]string{}
	for _, issue := range s.Issues {
		for c, channel := range s.Names.Channels {
			var names []string
			for _, t := range s.Teams {
				if (len(t.Skills) == 0 || slices.Contains(t.Skills, issue.Skill)) && (len(t.Channels) == 0 || slices.Contains(t.Channels, ticket.Channel(c))) {
					names = append(names, t.Name)
				}
			}
			slices.Sort(names)
			out[issue.Name+" by "+channel] = strings.Join(names, " and ")
		}
	}
	return out
}

// startedBy is the share of tickets of an issue that are started by a team, of those that are started.
func startedBy(logs []*fit.Log, issue ticket.Issue, team ticket.Team) float64 {
	hits, all := 0., 0.
	for _, l := range logs {
		for _, events := range l.Tickets {
			i := slices.IndexFunc(events, func(e ticket.Event) bool { return e.Kind == ticket.Started })
			if events[0].Class.Issue != issue || i < 0 {
				continue
			}
			all++
			if events[i].Team == team {
				hits++
			}
		}
	}
	return hits / all
}

// written is the scenario of a fit, as it is read back.
func written(t *testing.T, f *fit.Fitted) *model.Scenario {
	t.Helper()
	var b bytes.Buffer
	if err := fitted.Write(&b, f, fitted.Options{Name: "again"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "again.yaml")
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(path)
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return s
}

// Who takes what is found again: in each log the true skills and channels, and in about 95 of 100 the true shares. That of what two
// teams share as they are free is no parameter of the desk; it is what other logs, twice as many, have on average.
func TestAFitFindsWhoTakesWhat(t *testing.T) {
	t.Parallel()
	trials, hits := tries(12), hitsOf{}
	logs := simulatedLog(t, "testdata/fit-teams.yaml", 3*trials)
	front := startedBy(logs[trials:], 0, 0)
	if !(front > 0.5 && front < 0.95) {
		t.Fatalf("front takes %v of the orders, which leaves nothing to find out", front)
	}
	truth := map[string]float64{"order, front": front, "order, back": 1 - front, "refund, back": 1, "outage, engineering": 1}
	want := map[string]string{"order by email": "back and front", "order by chat": "front", "refund by email": "back", "refund by chat": "", "outage by email": "engineering", "outage by chat": ""}
	for n, log := range logs[:trials] {
		f := fittedTo(t, log)
		for i := range f.Routes {
			for _, p := range f.Routes[i].Parts {
				what := f.Kinds[i].Name + ", " + f.Teams[p.Team].Name
				if _, known := truth[what]; !known {
					t.Fatalf("log %d: %s touches %s", n, f.Teams[p.Team].Name, f.Kinds[i].Name)
				}
				hits.judge(what, truth[what], p.Share)
			}
			if f.Routes[i].Rule {
				t.Errorf("log %d: %s is shared by a rule: %+v", n, f.Kinds[i].Name, f.Routes[i])
			}
		}
		s := written(t, f)
		for what, teams := range takers(s) {
			if what = strings.ReplaceAll(what, "-", " "); teams != want[what] {
				t.Errorf("log %d: %s is taken by %q, not by %q", n, what, teams, want[what])
			}
		}
		if s.Teams[0].Name != "front" && s.Teams[0].Name != "engineering" {
			t.Errorf("log %d: %s comes before front, which the desk offers orders first", n, s.Teams[0].Name)
		}
	}
	if len(hits) != len(truth) {
		t.Errorf("%d of %d shares are judged", len(hits), len(truth))
	}
	hits.tell(t, trials)
}

// occupancies are those of the teams of a scenario that is run.
func occupancies(t *testing.T, ref string) map[string]float64 {
	t.Helper()
	var x struct {
		Measures []struct {
			Name     string
			Labels   map[string]string
			Estimate struct{ Value float64 }
		}
	}
	if err := json.Unmarshal([]byte(headroomIn(t, "run", ref, "--replications", "6", "--json")), &x); err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, m := range x.Measures {
		if m.Name == "occupancy" && m.Labels["team"] != "" {
			out[m.Labels["team"]] = m.Estimate.Value
		}
	}
	return out
}

// The scenario that is fitted to a log keeps its teams about as busy as the one that the log is from.
func TestTheTeamsOfAFittedScenarioAreAsBusy(t *testing.T) {
	t.Parallel()
	const source = "testdata/fit-teams.yaml"
	dir := t.TempDir()
	log, again := filepath.Join(dir, "log.csv"), filepath.Join(dir, "again.yaml")
	headroomIn(t, "run", source, "--replications", "1", "--log", log, "--out", filepath.Join(dir, "out"), "--json")
	told := headroomIn(t, "fit", log, "-o", again)
	for _, text := range []string{"first touched by front", "first touched by engineering", "touched tickets"} {
		if !strings.Contains(told, text) {
			t.Errorf("%q is not in the table", text)
		}
	}
	got, want := occupancies(t, again), occupancies(t, source)
	if len(want) != 3 || len(got) != len(want) {
		t.Fatalf("%v and %v", got, want)
	}
	for team, x := range want {
		t.Logf("%s: %.3f, in the source %.3f", team, got[team], x)
		if math.Abs(got[team]-x) > 0.1 {
			t.Errorf("%s is busy for %v of the time, in the source for %v", team, got[team], x)
		}
	}
}

// called is a log in which issues are called what they are not.
func called(l *fit.Log, words ...ticket.Issue) *fit.Log {
	for _, events := range l.Tickets {
		for i := range events {
			events[i].Class.Issue = words[events[i].Class.Issue]
		}
	}
	return l
}

// Refunds that one of two teams takes by what the log does not show become an issue of each team, and a backtest draws which it is.
func TestARuleThatTheLogDoesNotShowSplitsAnIssue(t *testing.T) {
	t.Parallel()
	trials, hits := tries(12), hitsOf{}
	for n, log := range simulatedLog(t, "testdata/fit-rule.yaml", trials) {
		f := fittedTo(t, called(log, 0, 1, 1)) // large refunds are refunds
		i := slices.IndexFunc(f.Kinds, func(k fit.Kind) bool { return k.Name == "refund" })
		r := &f.Routes[i]
		if !r.Rule || teamsOf(f, r.Takes()) != "front and second" {
			t.Fatalf("log %d: no rule is found for refunds: %+v", n, r)
		}
		for _, p := range r.Parts {
			hits.judge("refunds of "+f.Teams[p.Team].Name, map[string]float64{"front": 0.6, "second": 0.4}[f.Teams[p.Team].Name], p.Share)
		}
		if n > 0 {
			continue
		}
		s := written(t, f)
		want := map[string]string{"order": "front", "refund": "front", "refund of second": "second"}
		for what, teams := range takers(s) {
			if what = strings.TrimSuffix(what, " by email"); teams != want[what] {
				t.Errorf("%s is taken by %q", what, teams)
			}
		}
		for _, x := range s.Streams[0].Issues {
			if x.Issue == 2 && math.Abs(x.Share-0.2) > 0.02 {
				t.Errorf("%v of the tickets are the second team's", x.Share)
			}
		}
	}
	hits.tell(t, trials)
}

// Where teams take an issue on one channel and another one on another, there is an issue for each channel.
func TestAnIssueGoesAnotherWayOnAChannel(t *testing.T) {
	t.Parallel()
	for _, log := range simulatedLog(t, "testdata/fit-channels.yaml", 3) {
		s := written(t, fittedTo(t, called(log, 0, 1, 0, 1)))
		want := map[string]string{"order by email": "one", "refund by phone": "one"}
		if len(s.Issues) != 4 {
			t.Fatalf("%d issues", len(s.Issues))
		}
		got := takers(s)
		for c, stream := range s.Streams {
			for _, x := range stream.Issues {
				issue, channel := s.Issues[x.Issue].Name, s.Names.Channels[c]
				word, _, _ := strings.Cut(issue, " ")
				if teams := got[issue+" by "+channel]; teams != cmp.Or(want[word+" by "+channel], "two") {
					t.Errorf("%s by %s is taken by %q", issue, channel, teams)
				}
			}
		}
	}
}

// A backtest of a log with such a rule simulates the issues of both teams.
func TestABacktestDrawsWhoseATicketIs(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/fit-rule.yaml")
	if err != nil {
		t.Fatal(err)
	}
	log := simulated(t, string(source))
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log, bytes.ReplaceAll(data, []byte("large-refund"), []byte("refund")), 0o666); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "held")
	headroomIn(t, "backtest", log, "--test", "1w", "--replications", "39", "--out", dir)
	files, err := filepath.Glob(filepath.Join(dir, "fitted-until-*.yaml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "refund of second") || !strings.Contains(string(text), "by a rule that the log does not show") {
		t.Errorf("the scenario does not split refunds:\n%s", text)
	}
}

// The thresholds between sharing freely and a rule lie where desks of either kind hardly ever come, whether they have much or
// little to do. The ratios of HEADROOM_FIT_TRIALS=100 are those in the docs of package routes.
func TestTheThresholdsOfRulesPartThemFromSharingFreely(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/fit-rule.yaml")
	if err != nil {
		t.Fatal(err)
	}
	trials := tries(1)
	refunds := func(log *fit.Log) *routes.Route {
		f := fittedTo(t, log)
		return &f.Routes[slices.IndexFunc(f.Kinds, func(k fit.Kind) bool { return k.Name == "refund" })]
	}
	for _, volume := range []string{"1500", "2000", "2500"} {
		for _, ruled := range []bool{false, true} {
			text := strings.Replace(string(source), "volume: 2000/week", "volume: "+volume+"/week", 1)
			if !ruled {
				text = strings.NewReplacer("front: {skills: [small]", "front: {skills: [small, large]", "second: {skills: [large]", "second: {skills: [large, small]").Replace(text)
			}
			file := filepath.Join(t.TempDir(), "desk.yaml")
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			found, blind := 0, 0
			var free, odds []float64
			for _, log := range simulatedLog(t, file, trials) {
				r := refunds(called(log, 0, 1, 1))
				if free = append(free, r.Free); r.Rule {
					found++
				}
				for k, events := range log.Tickets { // nobody says when work begins
					log.Tickets[k] = slices.DeleteFunc(events, func(e ticket.Event) bool { return e.Kind == ticket.Started || e.Kind == ticket.Returned })
				}
				r = refunds(log)
				p := r.Parts[0]
				of := func(x float64) float64 { return x / (float64(r.Contested) - x) }
				if odds = append(odds, of(float64(p.Taken))/of(p.Due)); r.Rule {
					blind++
				}
			}
			t.Logf("%s tickets a week, by a rule: %v: found in %d of %d, others free %.2f to %.2f; where nobody says when work begins in %d, ratios of odds %.2f to %.2f",
				volume, ruled, found, trials, slices.Min(free), slices.Max(free), blind, slices.Min(odds), slices.Max(odds))
			if ruled && found < trials-trials/20 || !ruled && max(found, blind) > trials/20 {
				t.Errorf("%s tickets a week, by a rule: %v: found in %d and %d of %d", volume, ruled, found, blind, trials)
			}
		}
	}
}
