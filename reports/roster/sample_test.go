package roster_test

import (
	"math"
	"time"
	_ "time/tzdata"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	plan "github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
)

func around(value, half float64) estimate.Estimate {
	return estimate.Estimate{Value: value, Low: value - half, High: value + half, N: 60}
}

var workdays = [7]bool{false, true, true, true, true, true, false}

// line is a shift with heads from Monday to Sunday.
func line(team, name string, from, to int, heads ...int) plan.Line {
	n := 0
	for _, h := range heads {
		n += h
	}
	hours := float64(n*(to-from)) / 60
	l := plan.Line{Team: team, Shift: name, From: from, To: to, Heads: heads, Hours: hours, Pay: 24 * hours}
	if to-from > 360 {
		l.Breaks = []plan.Rest{{At: from + 240, Minutes: 30, Turns: 2}}
	}
	return l
}

// staffed are the shifts of some lines, one for each number of heads.
func staffed(lines []plan.Line, team string) (list []staffing.Shift) {
	for i := range lines {
		l := &lines[i]
		if l.Team != team {
			continue
		}
		at := map[int]int{}
		for k, n := range l.Heads {
			if n == 0 {
				continue
			}
			j, ok := at[n]
			if !ok {
				j = len(list)
				at[n] = j
				s := staffing.Shift{Name: l.Shift, Heads: float64(n), From: l.From, To: l.To}
				for _, b := range l.Breaks {
					s.Breaks = append(s.Breaks, staffing.Break{At: b.At, Minutes: b.Minutes, Turns: b.Turns})
				}
				list = append(list, s)
			}
			list[j].Days[(k+1)%7] = true
		}
	}
	return list
}

// sample is a proposal of two teams for two weeks, over which the clocks change.
func sample() *plan.Proposal {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	p := &plan.Proposal{
		Tool: "headroom 0.1.0", Kept: true, Weekly: true,
		Scenario: plan.Asked{
			Name: "roster-week", Title: "Phone and mail", Digest: "0123456789abcdef0123456789abcdef", Zone: zone.String(), Currency: "USD",
			Start: time.Date(2026, time.October, 26, 0, 0, 0, 0, zone), Length: 14*24*time.Hour + time.Hour, Interval: 30 * time.Minute,
		},
		Wish: plan.Wish{Confidence: 0.95, Band: [2]float64{0.75, 0.85}, Method: "iterate"},
		Targets: []plan.Target{
			{Expectation: outcome.Expectation{Measure: "breach_rate(first_reply)", Relation: outcome.AtMost, Bound: 0.05, Unit: outcome.UnitShare},
				Value: around(0.042, 0.004), Sure: 0.9731, Missed: around(0.1, 0.07), Before: around(0.081, 0.006)},
			{Expectation: outcome.Expectation{Measure: "breach_rate(answer)", Relation: outcome.AtMost, Bound: 0.2, Unit: outcome.UnitShare},
				Value: around(0.14, 0.01), Sure: 0.99995, Missed: around(0, 0.03), Before: around(0.31, 0.02)},
		},
		Shifts: []plan.Line{
			line("phones", "early 07:00–15:30", 420, 930, 3, 2, 2, 2, 2, 1, 1),
			line("phones", "12:00–20:30", 720, 1230, 2, 2, 2, 2, 3, 1, 0),
			line("phones", "night 22:00–06:00", 1320, 1800, 1, 1, 1, 1, 1, 1, 1),
			line("mail", "short 08:00–12:00", 480, 720, 4, 4, 3, 3, 3, 0, 0),
		},
		Bill: plan.Bill{
			Planned: 9876, Own: 11234, Cost: around(9934, 22), Saved: around(1288, 45), Premiums: 640, Credits: around(120, 30), Outside: around(31, 4),
		},
		Program: plan.Solved{Solver: "highs 1.12", Cost: 9500, Bound: 9500, Proven: true},
		Proof:   plan.Proof{Seed: 77, Replications: 60, Rounds: 1, Simulated: 240, Rosters: 5, InTime: true},
		Baselines: []plan.Baseline{
			{Name: "Erlang C by interval, each queue by itself", Scale: 1.05, Cost: 11400, Values: []estimate.Estimate{around(0.04, 0.004), around(0.1, 0.01)}, Dearer: around(0.154, 0.006), AsIs: 10900},
			{Name: "modified offered load, pooled", Scale: 0, AsIs: 9100},
			{Name: "mean rate of each interval, pooled (SIPP)", AsIs: 9300, Holds: true, AsIsOnly: true},
		},
		Warnings: []outcome.Warning{{Text: "People who work five days in a row have 2 days more than the 49 shifts of the week ask for."}},
		Search: []plan.Step{
			{Cost: 8800, Values: []float64{0.09, 0.22}, What: "heads of the formula"},
			{Cost: 10200, Values: []float64{0.031, 0.12}, Kept: true, What: "heads times 1.2"},
			{Cost: 10050, Values: []float64{0.036, 0.13}, Kept: true, What: "fewer where nobody waits"},
			{Cost: 9700, Values: []float64{0.053, 0.15}, What: "one head less"},
			{Cost: 9876, Values: []float64{0.041, 0.14}, Kept: true, Chosen: true, What: "one head moved"},
		},
	}
	for k := range 7 {
		p.Days = append(p.Days, plan.Day{Weekday: time.Weekday((k + 1) % 7)})
	}
	p.Staffed = []staffing.Team{
		{Name: "phones", Shrinkage: 0.2, Shifts: staffed(p.Shifts, "phones")},
		{Name: "mail", Shifts: staffed(p.Shifts, "mail")},
	}
	off := [7]int{plan.Off, 3, 3, 3, 3, 3, plan.Off}
	p.Teams = []plan.Crew{
		{Team: "phones", Zone: zone.String(), Shrinkage: 0.2, Raw: 2.84, Gross: 3.55, Shifts: 32, Hours: 282.5, Cost: 7240, Busy: around(0.78, 0.01)},
		{Team: "mail", Zone: zone.String(), Raw: 2.1, Gross: 2.1, Shifts: 17, People: 4, Spare: 3, Hours: 68, Cost: 2636, Busy: around(0.83, 0.012),
			Tours: []plan.Turn{{Works: workdays, Shift: [][7]int{off, off, off, {plan.Off, 3, 3, plan.Spare, plan.Spare, plan.Spare, plan.Off}}}}},
	}
	phones := plan.Requirement{Name: "phone", Teams: []string{"phones"}}
	for k := range 336 {
		hour := float64(k%48) / 2
		day := 0.
		if hour >= 7 && hour < 20.5 {
			day = 2.2 + 1.8*math.Sin((hour-7)/13.5*math.Pi)
			if k >= 240 {
				day /= 2
			}
		}
		have := 0.8
		switch {
		case hour >= 12 && hour < 15.5:
			have = 4
		case hour >= 7 && hour < 20.5:
			have = 2.4
		case hour >= 6 && hour < 22:
			have = 0
		}
		phones.Offered = append(phones.Offered, 0.9*day)
		phones.Required = append(phones.Required, day)
		phones.Scheduled = append(phones.Scheduled, have)
		phones.Present = append(phones.Present, have)
		phones.Busy = append(phones.Busy, min(have, 0.8*day))
	}
	p.Cover = []plan.Requirement{phones}
	return p
}

// planDay is a day of a roster by day.
func planDay(at time.Time) plan.Day {
	return plan.Day{Weekday: at.Weekday(), Date: at.Format("2006-01-02")}
}
