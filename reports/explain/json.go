package explain

import (
	"encoding/json"
	"io"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// The stories as JSON. Instants are RFC 3339 in the zone of the scenario, durations seconds.
type (
	storiesJSON struct {
		Scenario    string      `json:"scenario"`
		Log         string      `json:"log,omitempty"`
		Seed        *uint64     `json:"seed,omitempty"`
		Replication int         `json:"replication,omitempty"`
		Choice      string      `json:"choice"`
		Until       string      `json:"until"`
		Tickets     []storyJSON `json:"tickets"`
	}
	storyJSON struct {
		Ticket string      `json:"ticket"`
		Events []eventJSON `json:"events"`
		Clocks []clockJSON `json:"clocks"`
		None   []noneJSON  `json:"no_clock"`
	}
	eventJSON struct {
		At       string `json:"at"`
		Event    string `json:"event"`
		Status   string `json:"status"`
		Channel  string `json:"channel"`
		Issue    string `json:"issue"`
		Tier     string `json:"tier"`
		Priority string `json:"priority"`
		Account  string `json:"account,omitempty"`
		Team     string `json:"team,omitempty"`
		Agent    *int32 `json:"agent,omitempty"`
	}
	clockJSON struct {
		Metric   string       `json:"metric"`
		Team     string       `json:"team,omitempty"`  // of which the promise is
		Until    string       `json:"until,omitempty"` // the moment that keeps it, if not the usual one
		Round    int          `json:"round"`
		Policy   string       `json:"policy"`
		Governs  bool         `json:"governs"`
		Why      string       `json:"why"`
		Calendar string       `json:"calendar"`
		Verdict  string       `json:"verdict"`
		Kept     bool         `json:"breached_under_earlier_target,omitempty"`
		Target   float64      `json:"target_s"`
		Relaxed  *relaxedJSON `json:"relaxed,omitempty"`
		Elapsed  float64      `json:"elapsed_s"`
		Wall     float64      `json:"wall_clock_s"`
		Start    string       `json:"start"`
		Due      *string      `json:"due"`
		Breach   *string      `json:"breach"`
		End      *string      `json:"end"`
		// Went is where the elapsed time went, by part (see package elapsed), seconds.
		Went     map[string]float64 `json:"went_s,omitempty"`
		Segments []segmentJSON      `json:"segments"`
	}
	// relaxedJSON says which announcement has made the target longer.
	relaxedJSON struct {
		Name      string  `json:"relaxation"`
		Announced string  `json:"announced"`
		Usual     float64 `json:"usual_target_s"`
	}
	segmentJSON struct {
		From    string  `json:"from"`
		To      string  `json:"to"`
		State   string  `json:"state"`
		Working float64 `json:"working_s"`
	}
	// noneJSON says why a policy has no clock for a metric that is promised to others.
	noneJSON struct {
		Metric string `json:"metric"`
		Policy string `json:"policy"`
		Why    string `json:"why"`
	}
)

// JSON writes the stories for machines.
func JSON(w io.Writer, x *Stories) error {
	e := encoder{x, calendar.Axis{Origin: x.Scenario.Time.Start}}
	out := storiesJSON{
		Scenario: x.Scenario.Name, Log: x.Source.Log, Choice: x.Choice, Until: e.at(x.Until), Tickets: []storyJSON{},
	}
	if x.Source.Log == "" {
		out.Seed, out.Replication = &x.Source.Seed, x.Source.Replication
	}
	for i := range x.Tickets {
		out.Tickets = append(out.Tickets, e.story(&x.Tickets[i]))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

type encoder struct {
	*Stories
	axis calendar.Axis
}

func (e encoder) at(d time.Duration) string { return e.axis.At(d).Format(time.RFC3339Nano) }

func (e encoder) maybe(d time.Duration, is bool) *string {
	if !is {
		return nil
	}
	s := e.at(d)
	return &s
}

func (e encoder) story(s *Story) storyJSON {
	out := storyJSON{
		Ticket: ticketlog.FormatID(s.Events[0].Ticket), Events: []eventJSON{}, Clocks: []clockJSON{}, None: []noneJSON{},
	}
	for _, event := range s.Events {
		out.Events = append(out.Events, e.event(event))
	}
	has := map[[2]int]bool{}
	for i := range s.Clocks {
		x := &s.Clocks[i]
		has[[2]int{int(x.Metric), x.Policy}] = true
		c := e.clock(x)
		if i < len(s.Went) && x.Verdict != sla.Unjudged {
			c.Went = map[string]float64{}
			for k, d := range s.Went[i] {
				if d != 0 {
					c.Went[elapsed.Part(k).String()] = d.Seconds()
				}
			}
		}
		out.Clocks = append(out.Clocks, c)
	}
	for i, p := range e.Scenario.SLA.Policies {
		for _, t := range p.Targets {
			if !has[[2]int{int(t.Metric), i}] {
				out.None = append(out.None, noneJSON{t.Metric.String(), p.Name, whyNot(e.Scenario, i, t.Metric, s.Events)})
			}
		}
	}
	return out
}

func (e encoder) event(x ticket.Event) eventJSON {
	n := &e.Scenario.Names
	out := eventJSON{
		At: e.at(x.At), Event: x.Kind.String(), Status: x.Status.String(),
		Channel: n.Channels[x.Class.Channel], Issue: n.Issues[x.Class.Issue], Tier: n.Tiers[x.Class.Tier],
		Priority: n.Priorities[x.Class.Priority], Account: n.AccountName(x.Class.Account),
	}
	if x.Team != ticket.NoTeam {
		out.Team = n.Teams[x.Team]
	}
	if x.Agent >= 0 {
		out.Agent = &x.Agent
	}
	return out
}

func (e encoder) clock(x *sla.Explanation) clockJSON {
	p := &e.Scenario.SLA.Policies[x.Policy]
	judged := x.Verdict != sla.Unjudged
	out := clockJSON{
		Metric: x.Metric.String(), Round: x.Round, Policy: p.Name, Governs: x.Governs, Why: x.Why,
		Calendar: e.Scenario.Calendars[p.Calendar].Name, Verdict: x.Verdict.String(), Kept: x.Kept,
		Target: x.Within.Seconds(), Elapsed: x.Elapsed.Seconds(), Wall: (x.End - x.Start).Seconds(),
		Start: e.at(x.Start), Due: e.maybe(x.Due, x.Comes && judged), Breach: e.maybe(x.Breach, x.Broken && judged),
		End: e.maybe(x.End, x.Ended), Segments: []segmentJSON{},
	}
	if x.Relaxed > 0 {
		r := &e.Scenario.SLA.Relaxations[x.Relaxed-1]
		out.Relaxed = &relaxedJSON{r.Name, e.at(r.Announced), x.Usual.Seconds()}
	}
	if team := x.Owner.Team(); team != ticket.NoTeam {
		out.Team = e.Scenario.Names.Teams[team]
	}
	if x.Until != sla.HandedOn {
		out.Until = x.Until.String()
	}
	for _, g := range x.Segments {
		working := 0.0
		if g.State == sla.Running {
			working = (g.To - g.From).Seconds()
		}
		out.Segments = append(out.Segments, segmentJSON{e.at(g.From), e.at(g.To), g.State.String(), working})
	}
	return out
}
