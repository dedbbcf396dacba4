package fitted

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// teams writes who was there as shifts.
func (d *scenario) teams(m *draft.Map) {
	names := d.teamNames
	for _, i := range routes.Order(d.f.Routes, len(names)) {
		t := &d.f.Teams[i]
		rows := shiftsOf(t)
		handed := d.f.HandOffsOnly(i)
		if len(rows) == 0 || d.divided && len(d.skillsOf(i)) == 0 && !handed {
			continue
		}
		v := m.Map(names[i], fmt.Sprintf("inferred from what %d people did, %d events: who waits for work is not seen, so these are rather too few%s", t.Agents, t.Events, d.handsOver(t)))
		if handed {
			v.Set("takes", "hand-offs", "it was never, or hardly ever, the first to touch a ticket")
		} else {
			d.takes(v, i)
		}
		list := v.List("shifts", "")
		for _, r := range rows {
			v := list.Map("").OneLine()
			v.Set("name", fmt.Sprintf("%s %02d-%02d", r.days, r.from, r.to), "")
			v.Set("heads", fmt.Sprint(r.heads), "")
			v.Set("days", r.days, "")
			v.Set("hours", fmt.Sprintf("%02d:00-%02d:00", r.from, r.to), "")
		}
	}
	if m.Len() > 0 {
		return
	}
	shift := m.Map("desk", "ASSUMED: the log does not say who was at work; so many are busy four fifths of the time in the mean").List("shifts", "").Map("").OneLine()
	shift.Set("heads", fmt.Sprint(d.needed()), "")
	shift.Set("hours", "always", "")
}

// mostHandedTo is how many teams are named to which a team hands tickets.
const mostHandedTo = 3

// handsOver is the comment of where the tickets of a team go, but for hand-offs: there is no key for it, since what the other team works on
// them is not known.
func (d *scenario) handsOver(t *fit.Team) string {
	var to []string
	for i := range d.f.Moves {
		m := &d.f.Moves[i]
		if m.From != t.Team || d.f.Fits(m) {
			continue
		}
		if len(to) == mostHandedTo {
			to = append(to, "others")
			break
		}
		text := fmt.Sprintf("%s of them to %s", percent(m.Share.Value), d.f.Names.Teams[m.To])
		if m.Wait.N > 0 {
			text += fmt.Sprintf(", where %s passed until somebody acted", brief(m.Wait.Value))
		}
		to = append(to, text)
	}
	if len(to) == 0 {
		return ""
	}
	return "; tickets went on: " + strings.Join(to, "; ") + ": that time is in the holds"
}

// needed is how many people are busy four fifths of the time with what comes.
func (d *scenario) needed() int {
	work := 0. // seconds a week
	for i := range d.f.Streams {
		st := &d.f.Streams[i]
		for _, share := range st.Kinds {
			k := &d.f.Kinds[share.Index]
			handle, touches := float64(assumedHandle), 1.
			if k.Handle != nil {
				handle = k.Handle.Dist.Mean()
			}
			if k.Touches.N > 0 {
				touches = k.Touches.Value
			}
			work += st.Week.Value * share.Value * handle * touches
		}
	}
	return int(min(1e5, max(1, math.Ceil(work/(7*24*3600)/0.8))))
}

// row is a shift.
type row struct {
	days     string
	heads    int
	from, to int // hours
}

// shiftsOf cuts the people of the hours of a week into shifts: one for each stretch of hours
// in which one more is there, on the days that look alike.
func shiftsOf(t *fit.Team) []row {
	var rows []row
	for _, days := range [][]int{{1, 2, 3, 4, 5}, {6}, {0}} {
		heads := together(t, days)
		if !alike(t, days, heads) {
			for _, w := range days {
				rows = append(rows, stack(together(t, []int{w}), weekdays[w])...)
			}
			continue
		}
		word := weekdays[days[0]]
		if len(days) > 1 {
			word += "-" + weekdays[days[len(days)-1]]
		}
		rows = append(rows, stack(heads, word)...)
	}
	return rows
}

// together is the rounded mean of people by hour over some days.
func together(t *fit.Team, days []int) (heads [24]int) {
	for hour := range heads {
		sum := 0.
		for _, w := range days {
			if x := t.Hours[w][hour].Value; !math.IsNaN(x) {
				sum += x
			}
		}
		heads[hour] = int(math.Round(min(1e4, sum/float64(len(days)))))
	}
	return heads
}

// alike reports whether each of the days has about the people of all of them.
func alike(t *fit.Team, days []int, heads [24]int) bool {
	all := 0
	for _, n := range heads {
		all += n
	}
	for _, w := range days {
		sum := 0.
		for hour := range heads {
			if x := t.Hours[w][hour].Value; !math.IsNaN(x) {
				sum += x
			}
		}
		if math.Abs(sum-float64(all)) > 4+0.2*float64(all) {
			return false
		}
	}
	return true
}

// stack lays shifts on one another until each hour has its people.
func stack(heads [24]int, days string) []row {
	type stretch struct{ from, to int }
	counts := map[stretch]int{}
	var order []stretch
	for level := 1; level <= slices.Max(heads[:]); level++ {
		for hour := 0; hour < 24; hour++ {
			from := hour
			for hour < 24 && heads[hour] >= level {
				hour++
			}
			if hour > from {
				s := stretch{from, hour}
				if counts[s] == 0 {
					order = append(order, s)
				}
				counts[s]++
			}
		}
	}
	var rows []row
	for _, s := range order {
		rows = append(rows, row{days, counts[s], s.from, s.to})
	}
	return rows
}
