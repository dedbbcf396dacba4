// Package staffed writes the scenario that another one becomes with other shifts: YAML that extends
// it and replaces the shifts of its teams.
package staffed

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
)

// Run is how the scenario is to be run.
type Run struct {
	Seed         uint64
	Replications int
}

// Draft is the scenario that ref refers to with the teams' shifts in place of its own, under a name of
// its own. It simulates what the scenario with these teams does: run as it says, to the same numbers. ref is a
// reference as extends takes it, from the folder of the new file; s is what it means, and about what it says of itself. Teams must be those of s in
// their order; only those whose shifts have changed are written.
//
// Names that the language does not take are changed, and people whose presence is a matter of chance by the name of their
// shift are then others. The error is that a shift cannot be
// said in the language, as none can whose people have started to learn or to leave.
func Draft(ref string, about scenarios.Description, s *model.Scenario, teams []staffing.Team, run Run) (*draft.Map, error) {
	doc := draft.New()
	doc.Set("name", draft.Name(s.Name+"-staffed"), "")
	doc.Set("extends", ref, "")
	r := doc.Map("run", "as the roster was proven")
	r.Set("seed", strconv.FormatUint(run.Seed, 10), "")
	r.Set("replications", strconv.Itoa(run.Replications), "")
	if len(s.Run.Precisions()) > 0 {
		r.Null("precision", "")
	}
	// Variants and axes may speak of shifts that are gone.
	if len(about.Variants) > 0 {
		doc.Null("variants", "")
	}
	if about.Swept {
		doc.Null("sweep", "")
	}
	if about.Peaked {
		doc.Null("peak", "")
	}
	for i := range teams {
		t := &teams[i]
		if reflect.DeepEqual(t.Shifts, s.Teams[i].Shifts) {
			continue
		}
		list := doc.Map("teams", "").Map(t.Name, "").List("shifts", "")
		names := make([]string, len(t.Shifts))
		for k := range t.Shifts {
			names[k] = t.Shifts[k].Name
		}
		for k, name := range draft.Names(names) {
			if err := shift(list.Map(""), name, &t.Shifts[k], s); err != nil {
				return nil, fmt.Errorf("shift %s of team %s: %w", t.Shifts[k].Name, t.Name, err)
			}
		}
	}
	return doc, nil
}

const day = scalar.MinutesPerDay

// shift writes a shift on a line.
func shift(m *draft.Map, name string, sh *staffing.Shift, s *model.Scenario) error {
	switch {
	case len(sh.Learning) > 0 || len(sh.Hires) > 0 || sh.PartTime > 0:
		return fmt.Errorf("its people learn, come later or take turns")
	case sh.To > day && sh.To-sh.From > day/2:
		return fmt.Errorf("it goes over midnight and is longer than 12 hours")
	}
	m.Set("name", name, "")
	m.Set("heads", scalar.Plain(sh.Heads), "")
	m.Flow("days", days(sh.Days), "")
	m.Set("hours", hours(sh.From, sh.To), "")
	var breaks []string
	for _, b := range sh.Breaks {
		text := fmt.Sprintf("%s at %s", scalar.WriteDuration(time.Duration(b.Minutes)*time.Minute), clock(b.At))
		if b.Turns > 0 {
			text += fmt.Sprintf(" in %d turns", b.Turns)
		}
		breaks = append(breaks, text)
	}
	if len(breaks) > 0 {
		m.Flow("break", breaks, "")
	}
	date := func(key string, d calendar.Date) {
		if !d.IsZero() {
			m.Set(key, d.String(), "")
		}
	}
	date("from", sh.First)
	date("until", sh.Last)
	switch {
	case sh.HolidaysOnly:
		m.Set("holidays", "only", "")
	case sh.Holidays:
		m.Set("holidays", "work", "")
	}
	if sh.OnCall != nil {
		onCall(m.Map("on_call", ""), sh.OnCall, s)
	}
	m.OneLine()
	return nil
}

// onCall writes what people on call are there for.
func onCall(m *draft.Map, oc *staffing.OnCall, s *model.Scenario) {
	match := draft.New()
	words(match, "channel", oc.Match.Channels, s.Names.Channels)
	words(match, "issue", oc.Match.Issues, s.Names.Issues)
	words(match, "tier", oc.Match.Tiers, s.Names.Tiers)
	words(match, "priority", oc.Match.Priorities, s.Names.Priorities)
	words(match, "account", oc.Match.Accounts, s.Names.Accounts)
	if match.Len() > 0 {
		m.Map("match", "").Take(match)
	}
	m.Set("responds_in", scalar.WriteDuration(oc.Responds), "")
	if oc.PerHour > 0 {
		m.Set("standby", scalar.Plain(oc.PerHour)+" "+s.Currency+"/h", "")
	}
	if oc.Minimum > 0 {
		m.Set("minimum", scalar.WriteDuration(oc.Minimum), "")
	}
}

// words writes what a match lists of an attribute.
func words[T ~uint8 | ~uint16 | ~int16](m *draft.Map, key string, list []T, names []string) {
	var some []string
	for _, i := range list {
		some = append(some, names[int(i)])
	}
	if len(some) > 0 {
		m.Flow(key, some, "")
	}
}

// days are days of the week as the language says them, in stretches.
func days(on [7]bool) (list []string) {
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	week := func(k int) int { return (int(time.Monday) + k) % 7 }
	for k := 0; k < 7; k++ {
		if !on[week(k)] {
			continue
		}
		last := k
		for last+1 < 7 && on[week(last+1)] {
			last++
		}
		if text := names[week(k)]; last == k {
			list = append(list, text)
		} else {
			list = append(list, text+"-"+names[week(last)])
		}
		k = last
	}
	return slices.Clip(list)
}

// hours are those of a shift.
func hours(from, to int) string {
	if to > day {
		to -= day
	}
	return clock(from) + "-" + clock(to)
}

// clock is a time of the day; one of the next day is told by being before the start of its shift.
func clock(minute int) string {
	if minute > day {
		minute -= day
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}
