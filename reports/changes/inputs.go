package changes

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// Input is one thing that went into two outcomes differently; empty is not there.
type Input struct {
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// inputs compares the birth certificates of two outcomes.
func inputs(a, b *outcome.Experiment) []Input {
	list := []Input{}
	add := func(what, x, y string) {
		if x != y {
			list = append(list, Input{what, x, y})
		}
	}
	x, y := &a.Scenario, &b.Scenario
	add("scenario", x.Name, y.Name)
	add("program", a.Tool, b.Tool)
	add("seed", fmt.Sprint(a.Seed), fmt.Sprint(b.Seed))
	add("replications", fmt.Sprint(a.Replications), fmt.Sprint(b.Replications))
	add("balance", a.Balance, b.Balance)
	add("zone", x.Zone, y.Zone)
	add("start", x.Start.Format(time.RFC3339), y.Start.Format(time.RFC3339))
	add("length", format.Stated(x.Length), format.Stated(y.Length))
	add("warm-up", format.Stated(x.Warmup), format.Stated(y.Warmup))
	add("interval", format.Stated(x.Interval), format.Stated(y.Interval))
	add("currency", x.Currency, y.Currency)
	add("quality", x.Quality, y.Quality)
	for _, names := range []struct {
		what string
		x, y []string
	}{
		{"channels", x.Channels, y.Channels}, {"issues", x.Issues, y.Issues}, {"tiers", x.Tiers, y.Tiers}, {"priorities", x.Priorities, y.Priorities},
		{"accounts", x.Accounts, y.Accounts}, {"teams", x.Teams, y.Teams}, {"bots", x.Bots, y.Bots},
	} {
		add(names.what, strings.Join(names.x, ", "), strings.Join(names.y, ", "))
	}
	records := func(what string, x, y map[string]string, order []string) {
		for _, name := range order {
			add(what+" "+name, x[name], y[name])
		}
	}
	promises(x, y, records)
	plans(x, y, records)
	staffed(x, y, add)
	return append(list, digests(a, b, len(list) > named(a, b))...)
}

// births are the inputs that say of whom an outcome is, and digest is how the one that names the whole scenario begins.
var births = []string{"scenario", "program", "seed", "replications", "balance"}

const digest = "scenario digest"

// tell says what differs between two lists of records, by their names in order.
type tell func(what string, x, y map[string]string, order []string)

// promises compares what is promised.
func promises(x, y *outcome.Scenario, records tell) {
	compare(records, "target", x.Targets, y.Targets, func(t outcome.Target) (string, string) {
		promise := format.Stated(t.Within) + " on " + t.Calendar
		if t.Share > 0 {
			promise += " for " + format.Percent(t.Share)
		}
		return strings.TrimSpace(t.Policy + " " + words(t.Metric) + " " + t.Priority), promise
	})
	compare(records, "contract", x.Contracts, y.Contracts, func(k outcome.Contract) (string, string) {
		return k.Name, fmt.Sprintf("%s per %s, fee %s: %s", format.Promise(&k), k.Period, format.Money(k.Fee, ""), k.Scheme)
	})
}

// plans compares what was planned to happen.
func plans(x, y *outcome.Scenario, records tell) {
	span := func(from, until time.Duration) string { return format.Stated(from) + " to " + format.Stated(until) }
	compare(records, "spike", x.Spikes, y.Spikes, func(s outcome.Spike) (string, string) {
		return s.Name, fmt.Sprintf("×%s, %s", format.Decimal(s.Factor, 2), span(s.Start, s.End))
	})
	compare(records, "escalation", x.Rungs, y.Rungs, func(r outcome.Rung) (string, string) { return r.Name, r.At + ": " + r.Do })
	compare(records, "exception", x.Exceptions, y.Exceptions, func(e outcome.Exception) (string, string) {
		return e.Name, joined(e.Do, e.Affects, span(e.From, e.Until), e.Reason, e.ApprovedBy)
	})
	compare(records, "relaxation", x.Relaxations, y.Relaxations, func(r outcome.Relaxation) (string, string) {
		return r.Name, joined(strings.Join(r.Promises, ", "), r.Affects, span(r.From, r.Until))
	})
	compare(records, "outage", x.Outages, y.Outages, func(o outcome.Outage) (string, string) {
		return o.Name, joined(o.Down, span(o.From, o.Until), format.Stated(o.Every), fmt.Sprint(o.Planned))
	})
	compare(records, "availability", x.Availability, y.Availability, func(u outcome.Uptime) (string, string) {
		return u.Channel, fmt.Sprintf("%s per %s on %s", format.Percent(u.AtLeast), u.Period, u.Calendar)
	})
}

// named counts the differences that say nothing of the scenario itself.
func named(a, b *outcome.Experiment) (n int) {
	for _, differs := range []bool{
		a.Scenario.Name != b.Scenario.Name, a.Tool != b.Tool, a.Seed != b.Seed, a.Replications != b.Replications, a.Balance != b.Balance,
	} {
		if differs {
			n++
		}
	}
	return n
}

// digests says that the scenarios are not the same to the last word, and whether what is named
// may be all of it.
func digests(a, b *outcome.Experiment, explained bool) []Input {
	x, y := a.Scenario.Digest, b.Scenario.Digest
	if x == y {
		return nil
	}
	what := digest
	switch {
	case explained:
	case a.Seed != b.Seed || a.Replications != b.Replications || a.Balance != b.Balance:
		what += " (which holds seed and replications too)"
	case a.Scenario.Plan != nil && b.Scenario.Plan != nil:
		what += " (in what an outcome does not write down, such as handling times, patience and customers' replies)"
	default:
		what += " (in what an outcome does not write down: demand, work, staffing, routing)"
	}
	return []Input{{what, format.Short(x), format.Short(y)}}
}

// compare puts two lists of records side by side by their names.
func compare[T any](differs tell, what string, a, b []T, of func(T) (name, words string)) {
	if reflect.DeepEqual(a, b) {
		return
	}
	x, y := map[string]string{}, map[string]string{}
	var order []string
	for _, side := range []struct {
		list []T
		into map[string]string
	}{{a, x}, {b, y}} {
		for _, r := range side.list {
			name, text := of(r)
			if x[name] == "" && y[name] == "" {
				order = append(order, name)
			}
			side.into[name] = text
		}
	}
	differs(what, x, y, order)
}

func joined(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}
