package headcount

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/requirement"
	"github.com/headroom-sim/headroom/model/staffing"
)

// ErrReplay is that a scenario replays tickets, which say nothing of months to come.
var ErrReplay = errors.New("a stream replays its tickets, which says nothing of the months to come")

// leadIn is how many days of work are followed before a month, so that replies to what came
// before it are in it.
const leadIn = 14

// asked is the hours at work that a month asks of each team, split as evenly as skills allow
// over capacities: what is at work of each team, in hours.
func asked(s *model.Scenario, m *Month, capacity []float64) ([]float64, error) {
	w := window(s, m.First.AddDays(-leadIn), leadIn+m.Days())
	r, err := requirement.Of(w, requirement.Options{Step: w.Time.Interval})
	if err != nil {
		return nil, err
	}
	open := present(w)
	var shared []shares
	for i := range r.Groups {
		g := &r.Groups[i]
		hours, err := hoursOf(r, g, open, leadIn*24*time.Hour)
		if err != nil {
			return nil, err
		}
		if len(g.Teams) > 0 {
			x := shares{hours: hours}
			for _, t := range g.Teams {
				x.teams = append(x.teams, int(t))
			}
			shared = append(shared, x)
		}
	}
	return split(shared, capacity), nil
}

// hoursOf is the hours at work of a group from an instant on. Live work counts where somebody is
// there.
func hoursOf(r *requirement.Requirement, g *requirement.Group, open [][]bool, from time.Duration) (hours float64, err error) {
	first := int(from / r.Interval)
	for i := range g.Queues {
		heads, err := r.Live(&g.Queues[i], requirement.ModifiedLoad)
		if err != nil {
			return 0, err
		}
		for k := first; k < len(heads); k++ {
			for _, t := range g.Teams {
				if open[t][k] {
					hours += heads[k] * r.Interval.Hours()
					break
				}
			}
		}
	}
	for _, task := range g.Tasks {
		if task.From >= first {
			hours += task.Hours
		}
	}
	return hours, nil
}

// window is a scenario that begins on another day, with the demand of that time.
func window(s *model.Scenario, first calendar.Date, days int) *model.Scenario {
	w := *s
	start := s.Time.Start
	w.Time.Start = first.At(start.Hour()*60+start.Minute(), start.Location())
	w.Time.Length = time.Duration(days) * day
	w.Time.Warmup = 0
	moved := w.Time.Start.Sub(start)
	grown := float64(daysBetween(calendar.DateOf(start), first)) / daysInYear
	w.Streams = slices.Clone(s.Streams)
	for i := range w.Streams {
		st := &w.Streams[i]
		st.Volume.Count *= math.Pow(1+st.Growth, grown)
		st.Spikes = slices.Clone(st.Spikes)
		for k := range st.Spikes {
			st.Spikes[k].Start -= moved
		}
	}
	w.Bursts = slices.Clone(s.Bursts)
	for i := range w.Bursts {
		w.Bursts[i].At -= moved
	}
	w.Backlog = nil
	return &w
}

// present is in which intervals somebody of a team is on shift.
func present(w *model.Scenario) [][]bool {
	n := int((w.Time.Length + w.Time.Interval - 1) / w.Time.Interval)
	open := make([][]bool, len(w.Teams))
	for t := range open {
		open[t] = make([]bool, n)
	}
	for _, d := range staffing.Duties(w.Teams, calendar.Axis{Origin: w.Time.Start}, 0, w.Time.Length) {
		if d.OnCall || d.Gross <= 0 {
			continue
		}
		for k := max(int(d.From/w.Time.Interval), 0); k < n && time.Duration(k)*w.Time.Interval < d.To; k++ {
			open[d.Team][k] = true
		}
	}
	return open
}

// shares is hours that any of some teams may work.
type shares struct {
	teams []int
	hours float64
}

// rounds bounds the search for the most even split, which comes closer by a factor each round.
const rounds = 200

// split divides hours over teams such that the sum over teams of capacity × load² is least,
// where load is hours by capacity: no team that could take work of a busier one is less busy. Each
// group is divided best, given the others, until nothing changes.
func split(groups []shares, capacity []float64) []float64 {
	load := make([]float64, len(capacity))
	given := make([][]float64, len(groups))
	for range rounds {
		change := 0.
		for i := range groups {
			g := &groups[i]
			if given[i] == nil {
				given[i] = make([]float64, len(g.teams))
			}
			for k, t := range g.teams {
				load[t] -= given[i][k]
			}
			new := level(g, load, capacity)
			for k, t := range g.teams {
				load[t] += new[k]
				change = max(change, math.Abs(new[k]-given[i][k]))
			}
			given[i] = new
		}
		if change < 1e-9 {
			break
		}
	}
	return load
}

// level pours a group's hours over its teams, those with the least load first, up to one level.
func level(g *shares, load, capacity []float64) []float64 {
	out := make([]float64, len(g.teams))
	busy := func(t int) float64 { return load[t] / capacity[t] }
	order := make([]int, len(g.teams))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if d := busy(g.teams[a]) - busy(g.teams[b]); d < 0 {
			return -1
		} else if d > 0 {
			return 1
		}
		return 0
	})
	work, room := g.hours, 0.
	for i, k := range order {
		t := g.teams[k]
		work += load[t]
		room += capacity[t]
		if i+1 < len(order) && work/room > busy(g.teams[order[i+1]]) {
			continue
		}
		for _, k := range order[:i+1] {
			t := g.teams[k]
			out[k] = max(work/room*capacity[t]-load[t], 0)
		}
		break
	}
	return out
}

// daysBetween is how many days one date is after another.
func daysBetween(a, b calendar.Date) int {
	return int(b.At(0, time.UTC).Sub(a.At(0, time.UTC)) / day)
}
