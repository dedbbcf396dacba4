package freshdesk

import (
	"strings"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// The tables.
const (
	tickets       = "ticket"
	conversations = "conversation"
	activities    = "activity"
	policies      = "SLA policy"
	hours         = "business hours"
	groups        = "group"
	companies     = "company"
	agents        = "agent"
)

// Shapes are how the tables of Freshdesk are known.
var Shapes = []records.Shape{
	{Kind: tickets, Names: []string{"helpdesk_ticket"}, Needs: []string{"id", "requester_id", "responder_id", "source", "status"}},
	{Kind: conversations, Names: []string{"conversations"}, Needs: []string{"ticket_id", "incoming", "private"}},
	{Kind: activities, Names: []string{"activities_data"}, Needs: []string{"performed_at", "ticket_id", "activity"}},
	{Kind: policies, Names: []string{"sla_policies"}, Needs: []string{"sla_target"}},
	{Kind: hours, Needs: []string{"business_hours", "time_zone"}},
	{Kind: agents, Needs: []string{"id", "occasional", "contact"}},
	{Kind: groups, Names: []string{"groups"}, Needs: []string{"id", "name", "escalate_to"}},
	{Kind: companies, Names: []string{"companies"}, Needs: []string{"id", "name", "domains"}},
}

// Format is the export of Freshdesk.
var Format = intake.Format{Name: "freshdesk", Title: "Freshdesk: tickets, conversations, activities, SLA policies, business hours", Read: read}

var (
	statuses = map[string]ticket.Status{
		"2": ticket.Open, "open": ticket.Open, "3": ticket.Pending, "pending": ticket.Pending, "4": ticket.Solved, "resolved": ticket.Solved, "5": ticket.Closed, "closed": ticket.Closed,
		"6": ticket.Pending, "waiting on customer": ticket.Pending, "7": ticket.OnHold, "waiting on third party": ticket.OnHold,
	}
	priorities = map[string]string{"1": "Low", "2": "Medium", "3": "High", "4": "Urgent"}
	sources    = map[string]string{"1": "email", "2": "portal", "3": "phone", "7": "chat", "9": "feedback widget", "10": "outbound email"}
)

// word is what a number stands for, or the text itself.
func word(words map[string]string, text string) string {
	if w := words[text]; w != "" {
		return w
	}
	return text
}

// reader is the import of an export of Freshdesk.
type reader struct {
	*desk.Import
	told, talks bool            // there are activities, conversations
	byCompany   map[string]bool // IDs of companies that a policy asks for: the tier of their tickets
	calendar    string
}

func read(in *intake.Intake, files []intake.Source) error {
	r := &reader{Import: desk.Begin(in, files, Shapes), byCompany: map[string]bool{}}
	for _, step := range []func() error{r.learn, r.hours, r.policies, r.stand, r.happened} {
		if err := step(); err != nil {
			return err
		}
	}
	r.End()
	return nil
}

func (r *reader) learn() error {
	err := r.Each(func(kind string, rec *records.Record) error {
		name := rec.Text("name")
		switch kind {
		case agents:
			r.LearnWho("agent", kind, rec.Text("id"), rec.Text("contact", "name"), rec.Text("contact", "email"))
		case companies:
			r.LearnWho("account", kind, rec.Text("id"), name)
		default:
			r.Learn(kind, rec.Text("id"), name)
		}
		return nil
	}, groups, companies, agents)
	r.told, r.talks = r.Set.Holds(activities), r.Set.Holds(conversations)
	return err
}

// stand reads how tickets were created, and how they stand.
func (r *reader) stand() error {
	return r.Each(func(_ string, rec *records.Record) error {
		id, at := rec.Text("id"), rec.Place
		if id == "" {
			id = rec.Text("display_id")
		}
		company := rec.Text("company_id")
		f := intake.Fact{
			Ticket: id, At: r.Time(rec, "created_at"), Kind: ticket.Created, Channel: word(sources, rec.Text("source")), Account: r.Name(companies, company, at),
			File: at.File, Row: at.Row, Sum: records.Sum(tickets, id),
		}
		if r.byCompany[company] {
			f.Tier = r.In.AccountName(f.Account)
		}
		if err := r.Add(&f); err != nil {
			return err
		}
		now := intake.Fact{
			Ticket: id, Priority: word(priorities, rec.Text("priority")), Issue: rec.Text("type"), Team: r.Name(groups, rec.Text("group_id"), at), File: at.File, Row: at.Row,
		}
		if err := r.Was(now, intake.AtTheEnd); err != nil {
			return err
		}
		talk := rec.List("conversations")
		for _, c := range talk {
			if err := r.conversation(id, c); err != nil {
				return err
			}
		}
		if err := r.statistics(id, rec, len(talk) > 0 || r.talks); err != nil {
			return err
		}
		return r.verdicts(id, rec)
	}, tickets)
}

// happened reads conversations and activities that stand by themselves.
func (r *reader) happened() error {
	err := r.Each(func(_ string, rec *records.Record) error { return r.conversation(rec.Text("ticket_id"), rec) }, conversations)
	if err != nil {
		return err
	}
	return r.Each(func(_ string, rec *records.Record) error { return r.activity(rec) }, activities)
}

func (r *reader) conversation(id string, c *records.Record) error {
	f := intake.Fact{Ticket: id, At: r.Time(c, "created_at"), Kind: ticket.Replied, File: c.Place.File, Row: c.Place.Row, Sum: c.Sum(conversations, "id")}
	incoming, _ := c.Bool("incoming")
	private, _ := c.Bool("private")
	switch {
	case private:
		f.Kind = ticket.Noted
	case incoming:
		f.Kind, f.Opens = ticket.Message, true
	}
	if !incoming {
		f.Agent = r.agent(c.Text("user_id"))
	}
	return r.Add(&f)
}

func (r *reader) agent(id string) string {
	if name := r.Names[agents][id]; name != "" {
		return name
	}
	return id
}

// activity is a change of one or more fields.
func (r *reader) activity(rec *records.Record) error {
	a := rec.Within("activity")
	f := intake.Fact{
		Ticket: rec.Text("ticket_id"), At: r.Time(rec, "performed_at"), Kind: ticket.StatusSet, Opens: true, Silent: true, File: rec.Place.File, Row: rec.Place.Row,
		Priority: word(priorities, a.Text("priority")), Issue: a.Text("ticket_type"), Team: a.Text("group"),
	}
	f.Sum = records.Sum(activities, rec.Text("performer_id"), a.Text("status"), f.Priority, f.Issue, f.Team)
	f.Status, f.HasStatus = r.In.StatusOf(a.Text("status"), statuses, rec.Place)
	if !f.HasStatus && f.Priority == "" && f.Issue == "" && f.Team == "" {
		return nil
	}
	// The first activity, which created the ticket, tells its first values.
	was := intake.Fact{Ticket: f.Ticket, Priority: f.Priority, Issue: f.Issue, Team: f.Team, Status: f.Status, HasStatus: f.HasStatus && !desk.Closed(f.Status)}
	if err := r.Was(was, f.At); err != nil {
		return err
	}
	if rec.Text("performer_type") == "user" {
		if name := r.Names[agents][rec.Text("performer_id")]; name != "" {
			f.Agent = name
		}
	}
	return r.Add(&f)
}

// statistics takes what the statistics of a ticket tell and nothing else does.
func (r *reader) statistics(id string, rec *records.Record, talked bool) error {
	type moment struct {
		field string
		fact  intake.Fact
	}
	var list []moment
	if !talked {
		first, last := r.Time(rec, "stats", "first_responded_at"), r.Time(rec, "stats", "agent_responded_at")
		list = append(list, moment{"first_responded_at", intake.Fact{Kind: ticket.Replied}}, moment{"requester_responded_at", intake.Fact{Kind: ticket.Message, Opens: true}})
		if !last.Equal(first) {
			list = append(list, moment{"agent_responded_at", intake.Fact{Kind: ticket.Replied}})
		}
	}
	s, known := r.In.StatusOf(rec.Text("status"), statuses, rec.Place)
	if !r.told {
		state := func(field string, s ticket.Status) {
			list = append(list, moment{field, intake.Fact{Kind: ticket.StatusSet, Status: s, HasStatus: true, Silent: true}})
		}
		if known && s == ticket.Pending {
			state("pending_since", s)
		}
		if known && desk.Closed(s) {
			state("resolved_at", ticket.Solved)
			state("closed_at", ticket.Closed)
		}
	}
	ended := false
	for _, m := range list {
		f := m.fact
		f.Ticket, f.At, f.File, f.Row = id, r.Time(rec, "stats", m.field), rec.Place.File, rec.Place.Row
		if f.At.IsZero() {
			continue
		}
		ended = ended || f.HasStatus
		if f.Kind == ticket.Replied {
			f.Agent = r.agent(rec.Text("responder_id"))
		}
		if err := r.Add(&f); err != nil {
			return err
		}
	}
	if r.told || ended || !known || s <= ticket.Open {
		return nil
	}
	r.In.Odd(desk.NoHistory, "", rec.Place)
	return r.Add(&intake.Fact{Ticket: id, At: r.Time(rec, "updated_at"), Kind: ticket.StatusSet, Status: s, HasStatus: true, Silent: true, File: rec.Place.File, Row: rec.Place.Row})
}

// channelOf is the channel of a source in a policy.
func channelOf(source string) string { return word(sources, strings.TrimSpace(source)) }
