// Package history tells what was fitted to a log: every parameter with its interval and what
// stands behind it, then what the log does not say.
package history

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/reports/format"
)

// A line is one parameter.
type line struct {
	about, name string
	unit        outcome.Unit
	fit.Parameter
	note string // a doubt, or what speaks against it
}

// lines lists the parameters of a fit, in the order of a scenario.
func lines(f *fit.Fitted) []line {
	var out []line
	add := func(about, name string, unit outcome.Unit, p fit.Parameter) {
		if !math.IsNaN(p.Value) && p.Method != fit.Assumed {
			out = append(out, line{about: about, name: name, unit: unit, Parameter: p})
		}
	}
	for i := range f.Streams {
		st := &f.Streams[i]
		about := "stream " + st.Name
		add(about, "tickets a week", outcome.UnitTickets, st.Week)
		add(about, "growth a year", outcome.UnitShare, st.Growth)
		if st.Seasonal {
			for m, p := range st.Season {
				add(about, "season, "+time.Month(m+1).String(), outcome.UnitShare, p)
			}
		}
		if st.Wander.N > 0 {
			add(about, "level, how far it moves in a week (standard deviation)", outcome.UnitShare, st.Wander)
		}
		if st.Like == "" { // else they are those of another
			for k := range 7 {
				day := time.Weekday((k + 1) % 7)
				add(about, "weight of "+day.String()+", of the mean day", outcome.UnitShare, st.Days[day])
			}
		}
		add(about, "what public holidays bring of their weekday", outcome.UnitShare, st.Holiday)
		add(about, "what days between a public holiday and a weekend bring", outcome.UnitShare, st.Bridge)
		add(about, "busyness, cv of a day", plainNumber, st.Busyness)
		if st.Shared.N > 0 {
			add(about, "busyness shared with other streams", outcome.UnitShare, st.Shared)
		}
		for _, x := range st.Kinds {
			add(about, "share of "+f.Kinds[x.Index].Name, outcome.UnitShare, x.Parameter)
		}
		for _, s := range st.Spikes {
			add(about, fmt.Sprintf("factor of the spike of %s", format.Instant(s.Start)), plainNumber, s.Factor)
		}
	}
	for _, p := range f.Together {
		add("streams "+f.Streams[p.A].Name+" and "+f.Streams[p.B].Name, "correlation of busyness", plainNumber, p.Parameter)
	}
	for i := range f.Channels {
		c := &f.Channels[i]
		about := "channel " + f.Names.Channels[c.Channel]
		out = append(out, laws(about, "patience", c.Patience, "contacts")...)
		if c.Wait != nil {
			what := "recorded wait for the first reply, mean"
			if f.Deeds {
				what = "recorded wait until somebody acted, mean"
			}
			add(about, what, outcome.UnitSeconds, fit.Parameter{Estimate: c.Wait.Mean, Method: fit.Jackknife, Of: "days"})
		}
	}
	for i := range f.Kinds {
		k := &f.Kinds[i]
		about := "issue " + k.Name
		out = append(out, laws(about, "handle time", k.Handle, "touches")...)
		add(about, "solved at first touch", outcome.UnitShare, k.FirstSolves)
		add(about, "solved later", outcome.UnitShare, k.LaterSolves)
		for j := range k.Holds {
			x := &k.Holds[j]
			what := "on hold"
			if x.Aside {
				what = "put aside"
			}
			add(about, what+" after the first touch", outcome.UnitShare, x.First)
			add(about, what+" after later touches", outcome.UnitShare, x.Later)
			if !x.Pooled {
				out = append(out, laws(about, what, x.Takes, "holds")...)
			}
		}
		for j := range k.HandOffs {
			x := &k.HandOffs[j]
			to := " to " + f.Names.Teams[x.To]
			add(about, "handed off"+to, outcome.UnitShare, x.Share)
			out = append(out, laws(about, "handed off"+to+", handle time", x.Handle, "hand-offs")...)
		}
		if k.Reply != nil {
			add(about, "questions never answered", outcome.UnitShare, k.Reply.Never)
			out = append(out, laws(about, "customer's reply", k.Reply.After, "questions")...)
		}
		if k.Reopen != nil {
			add(about, "reopened", outcome.UnitShare, k.Reopen.Share)
		}
		out = append(out, laws(about, "time to resolve", k.Resolve, "tickets")...)
	}
	out = append(out, taken(f, true)...)
	return append(out, handedOver(f, 0, mostMoves)...)
}

// further lists what is too long for people: what teams take seldom, the other pairs of teams, and what there is of every hour: the weights of the hours of each stream that has its own, where the days differ those of
// each of them, and the people at work.
func further(f *fit.Fitted) []line {
	out := append(taken(f, false), handedOver(f, mostMoves, len(f.Moves))...)
	add := func(about, name string, unit outcome.Unit, p fit.Parameter) {
		if !math.IsNaN(p.Value) && p.Method != fit.Assumed {
			out = append(out, line{about: about, name: name, unit: unit, Parameter: p})
		}
	}
	week := func(each func(day time.Weekday, hour int)) {
		for k := range 7 {
			for hour := range 24 {
				each(time.Weekday((k+1)%7), hour)
			}
		}
	}
	for i := range f.Streams {
		st := &f.Streams[i]
		if st.Like != "" {
			continue
		}
		about := "stream " + st.Name
		for hour, p := range st.Hours {
			add(about, fmt.Sprintf("weight of %02d:00, of the mean hour", hour), outcome.UnitShare, p)
		}
		if !st.OneShape {
			week(func(day time.Weekday, hour int) {
				add(about, fmt.Sprintf("rate of %v %02d:00", day, hour), outcome.UnitPerHour, st.Cells[day][hour].Parameter)
			})
		}
	}
	for i := range f.Teams {
		t := &f.Teams[i]
		week(func(day time.Weekday, hour int) {
			add("team "+t.Name, fmt.Sprintf("people at work, %v %02d:00", day, hour), plainNumber, t.Hours[day][hour])
		})
	}
	return out
}

// mostTaken is how many teams people are shown of those that take an issue.
const mostTaken = 3

// taken lists the shares of tickets that teams were the first to touch, by channel and by issue, and of those that nobody touched: what people
// are shown, or the rest.
func taken(f *fit.Fitted, shown bool) (out []line) {
	for i := range f.Reach {
		out = append(out, takenOf(f, &f.Reach[i], "channel "+f.Names.Channels[f.Streams[i].Channel], shown)...)
	}
	for i := range f.Routes {
		r := &f.Routes[i]
		about := "issue " + f.Kinds[r.Kind].Name
		if r.Channel != routes.AnyChannel {
			about += " by " + f.Names.Channels[f.Streams[r.Channel].Channel]
		}
		out = append(out, takenOf(f, r, about, shown)...)
	}
	return out
}

// takenOf lists those of one channel or issue.
func takenOf(f *fit.Fitted, r *routes.Route, about string, shown bool) (out []line) {
	n, others := 0, 0
	for _, p := range r.Parts {
		if !p.Takes {
			others += p.Tickets
		}
		main := p.Takes && n < mostTaken
		n++
		if main != shown {
			continue
		}
		out = append(out, line{about: about, name: "first touched by " + f.Teams[p.Team].Name, unit: outcome.UnitShare,
			Parameter: fit.Parameter{Estimate: p.Share, Method: fit.InDays, Of: "touched tickets"}})
	}
	if !shown || len(out) == 0 {
		return out
	}
	if others > 0 {
		out[0].note = format.Plural(others, "ticket", "tickets") + " of teams that took hardly any, or have too few people for a shift, are put to the other teams."
	}
	if r.Rule {
		out[0].note = strings.TrimSpace(out[0].note + " The teams share it by a rule that the log does not show, and not as they are free: in the scenario each has an issue of its own.")
	}
	if r.Untouched > 0 {
		out = append(out, line{about: about, name: "touched by nobody", unit: outcome.UnitShare,
			Parameter: fit.Parameter{Estimate: estimate.Proportion(r.Untouched, r.Touched+r.Untouched, f.Level), Method: fit.Wilson, Of: "tickets"}})
	}
	return out
}

// mostMoves is how many pairs of teams people are shown.
const mostMoves = 10

// handedOver lists how tickets go from team to team, for some of the pairs.
func handedOver(f *fit.Fitted, from, until int) (out []line) {
	if from == 0 && len(f.Moves) > 0 {
		out = append(out, line{about: "teams", name: "tickets that went from one to another", unit: outcome.UnitShare, Parameter: f.Moved})
	}
	for i := from; i < min(until, len(f.Moves)); i++ {
		m := &f.Moves[i]
		about := "team " + f.Names.Teams[m.From]
		to := "to " + f.Names.Teams[m.To]
		out = append(out, line{about: about, name: "tickets that went " + to, unit: outcome.UnitShare, Parameter: m.Share})
		if m.Wait.N > 0 {
			out = append(out, line{about: about, name: "until somebody acted on what went " + to + ", median", unit: outcome.UnitSeconds,
				Parameter: fit.Parameter{Estimate: m.Wait, Method: fit.OrderStatistics, Of: "moves"}})
		}
	}
	return out
}

// laws lists the parameters of a law, durations first.
func laws(about, name string, l *fit.Law, of string) []line {
	if l == nil || l.Stated {
		return nil
	}
	at := func(what string, unit outcome.Unit, e estimate.Estimate) line {
		return line{about: about, name: name + ", " + what, unit: unit, Parameter: fit.Parameter{Estimate: e, Method: fit.Likelihood, Of: of}}
	}
	out := []line{at("mean", outcome.UnitSeconds, l.Mean)}
	if l.Fit != nil {
		out[0].note = Verdict(l)
	}
	for _, p := range l.Parameters {
		if p.Name == "mean" {
			continue
		}
		unit := outcome.UnitSeconds
		if p.Name == "cv" || p.Name == "shape" {
			unit = plainNumber
		}
		out = append(out, at(p.Name+" ("+l.Family.String()+")", unit, p.Estimate))
	}
	return out
}

// plainNumber is the unit of what has none, for people; machines read 1 (the unit of dimension one: ISO 80000-1).
const plainNumber outcome.Unit = ""

// machine is the unit as a machine reads it.
func (l *line) machine() outcome.Unit {
	if l.unit == plainNumber {
		return "1"
	}
	return l.unit
}
