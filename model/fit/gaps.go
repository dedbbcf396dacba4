package fit

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/routes"
)

// gaps lists what the log does not say.
func (h *history) gaps(f *Fitted) {
	recorded, touches := 0, 0
	for _, l := range h.lived {
		recorded += len(l.Handle.Exact)
		touches += len(l.Handle.Exact) + l.Unbegun
	}
	if !f.Handles() {
		what := "how long agents work on a ticket: the log does not record when they begin"
		if recorded > 0 {
			what = fmt.Sprintf("how long agents work on some kinds of tickets: the log records it for %d of %d touches", recorded, touches)
		}
		f.Gaps = append(f.Gaps, Gap{what, fillHandle})
	}
	if len(f.Teams) == 0 {
		f.Gaps = append(f.Gaps, Gap{"who was at work: the log names no agent", "write the shifts into teams"})
	} else {
		f.Gaps = append(f.Gaps, Gap{"shifts: people are counted from their first deed to the last, without those who waited for work", "put the true shifts in place of those that were inferred"})
	}
	if g, ok := h.unnamedHolidays(f); ok {
		f.Gaps = append(f.Gaps, g)
	}
	h.routeGaps(f)
	f.Gaps = append(f.Gaps, Gap{"what people cost, and what was promised", "add cost to the teams, and policies under sla"})
}

// routeGaps lists what the log does not say of who takes what.
func (h *history) routeGaps(f *Fitted) {
	takes := "every team takes everything"
	if routes.Divided(f.Issues()) {
		takes = "a team takes the issues that it was the first to touch, and keeps them"
	}
	if slices.ContainsFunc(f.Moves, func(m Move) bool { return !f.Fits(&m) }) {
		f.Gaps = append(f.Gaps, Gap{
			fmt.Sprintf("what teams do on tickets that are handed to them: %.3g %% of the tickets went from one team to another, and the time until they came back or were solved there is in the holds; in the scenario %s", 100*f.Moved.Value, takes),
			"give issues a hand_off with its share and the agent time of the other team, in place of so much of the holds",
		})
	}
	for i := range f.Routes {
		if f.Routes[i].Rule {
			f.Gaps = append(f.Gaps, Gap{
				fmt.Sprintf("by which rule teams share %s: the scenario has an issue for what each of them takes", f.Kinds[f.Routes[i].Kind].Name),
				"give the issues the names of what they are about",
			})
		}
	}
}

// fillHandle says what to do about agent times that the log does not have.
const fillHandle = "state it, such as --handle 12m, or let it be found by simulation: --calibrate, or --calibrate-by resolution"
