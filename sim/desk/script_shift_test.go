package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// shift reads a shift of a team.
func (p *script) shift(w *words) {
	name := w.next()
	t := slices.IndexFunc(p.s.Teams, func(t staffing.Team) bool { return t.Name == name })
	sh := staffing.Shift{Name: w.next()}
	heads, err := strconv.ParseFloat(w.next(), 64)
	if err != nil {
		panic(err)
	}
	sh.Heads, sh.Days = heads, days(w.next())
	sh.From, sh.To = span(w.next())
	for w.more() {
		key, value := w.option()
		first, length, _ := strings.Cut(value, "/")
		switch key {
		case "break":
			sh.Breaks = append(sh.Breaks, staffing.Break{At: clock(first), Minutes: int(duration(length) / time.Minute)})
		case "learning":
			sh.Learning = staffing.Learning{{From: share(first), To: share(first), For: duration(length)}}
		case "part_time":
			sh.PartTime = share(value)
		case "on_call":
			sh.OnCall = &staffing.OnCall{Responds: duration(length)}
			sh.OnCall.Match.Priorities = []ticket.Priority{ticket.Priority(find(p.s.Names.Priorities, first))}
		default:
			panic("unknown " + key)
		}
	}
	p.s.Teams[t].Shifts = append(p.s.Teams[t].Shifts, sh)
}

// share is a percentage.
func share(word string) float64 { return float64(number(strings.TrimSuffix(word, "%"))) / 100 }
