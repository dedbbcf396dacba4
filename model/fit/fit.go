package fit

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/lives"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/touches"
)

// Log is a history in memory, as ticketlog.Gather leaves it.
type Log struct {
	Tickets [][]ticket.Event // by creation; the events of each begin with Created and are in the order of time
	Last    time.Duration    // the latest event
	Names   *ticket.Names
	Axis    calendar.Axis // days and hours are those of the zone of its origin
}

// Options are what a fit is told.
type Options struct {
	// From and Until are the first and the last local day that are used. Whatever happens after
	// Until is not seen, so that what is held back stays so. Zero: the whole days of the log.
	From, Until calendar.Date
	Country     string    // whose public holidays name special days; see calendar.Holidays
	Level       float64   // of all intervals; 0 for 0.95
	Handle      dist.Dist // agent time of a touch, where the log does not record it
	// Source is the random numbers of the bootstrap behind goodness of fit; nil for none.
	Source dist.Source
}

// DataError says that a log is not one that a scenario can be fitted to.
type DataError struct{ Text, Hint string }

func (e *DataError) Error() string {
	if e.Hint == "" {
		return e.Text
	}
	return e.Text + "; " + e.Hint
}

// History fits everything. The error is a *DataError where the log is too small, or for
// unknown countries.
func History(l *Log, o Options) (*Fitted, error) {
	if o.Level == 0 {
		o.Level = 0.95
	}
	h, err := newHistory(l, o)
	if err != nil {
		return nil, err
	}
	f := &Fitted{
		Names: l.Names, Zone: l.Axis.Origin.Location(), From: h.days[0].Date, Until: h.days[len(h.days)-1].Date,
		Days: len(h.days), Tickets: len(h.tickets), Level: o.Level,
	}
	h.kinds(f)
	if err := h.demand(f); err != nil {
		return nil, err
	}
	h.teams(f)
	h.lives(f)
	h.moves(f)
	h.routes(f)
	h.gaps(f)
	return f, nil
}

// history is the part of a log that is used.
type history struct {
	log     *Log
	o       Options
	days    []calendar.Day
	begin   time.Duration // of the first of them
	end     time.Duration
	tickets [][]ticket.Event // created on these days
	waits   map[ticket.Channel]*lives.Waits
	lived   []*lives.Lives // by kind
	all     *lives.Lives   // of all kinds: what is said of a kind of which too little is known
	replies bool           // the log has replies
	hours   *calendar.Timeline
	stays   []routes.Stay // of people at work
}

// fewestDays is how long a history must be.
const fewestDays = 7

func newHistory(l *Log, o Options) (*history, error) {
	if len(l.Tickets) == 0 {
		return nil, &DataError{Text: "the log holds no ticket"}
	}
	zone := l.Axis.Origin.Location()
	from, until := o.From, o.Until
	whole := l.WholeDays()
	if from.IsZero() {
		from = whole[0]
	}
	if until.IsZero() {
		until = whole[1]
	}
	if until.Compare(from) < 0 {
		return nil, &DataError{Text: "the log holds no whole day", Hint: fmt.Sprintf("a fit needs %d", fewestDays)}
	}
	h := &history{log: l, o: o}
	h.end = l.Axis.Local(until.AddDays(1), 0, zone)
	h.days = l.Axis.Days(zone, l.Axis.Local(from, 0, zone), h.end)
	if len(h.days) < fewestDays {
		return nil, &DataError{
			Text: fmt.Sprintf("whole days in the history, from %v to %v: %d", from, until, len(h.days)),
			Hint: fmt.Sprintf("a fit needs %d, so that each weekday is there", fewestDays),
		}
	}
	h.begin = h.days[0].Start
	for _, events := range l.Tickets {
		if at := events[0].At; at >= h.begin && at < h.end {
			h.tickets = append(h.tickets, events)
		}
	}
	h.replies = slices.ContainsFunc(h.tickets, func(events []ticket.Event) bool {
		return slices.ContainsFunc(events, func(e ticket.Event) bool { return e.Kind == ticket.Replied && e.At < h.end })
	})
	if len(h.tickets) < fewestTickets {
		return nil, &DataError{
			Text: fmt.Sprintf("tickets created from %v to %v: %d", from, until, len(h.tickets)),
			Hint: fmt.Sprintf("a fit needs %d", fewestTickets),
		}
	}
	return h, nil
}

// fewestTickets is how many tickets there must be.
const fewestTickets = 20

type issuePriority struct {
	issue    ticket.Issue
	priority ticket.Priority
}

// The limits of kinds: rarer ones are pooled, and there are no more than so many.
const (
	rareKind  = 30
	mostKinds = 24
)

// kinds finds what tickets are about.
func (h *history) kinds(f *Fitted) {
	counts := map[issuePriority]int{}
	issues := map[ticket.Issue]int{}
	for _, events := range h.tickets {
		c := events[0].Class
		counts[issuePriority{c.Issue, c.Priority}]++
		issues[c.Issue]++
	}
	var list []issuePriority
	for k := range counts {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b issuePriority) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.issue, b.issue), cmp.Compare(a.priority, b.priority))
	})
	f.kindOf = map[issuePriority]int{}
	seen := map[ticket.Issue]bool{}
	pools := map[ticket.Priority]int{}
	for rank, k := range list {
		if len(list) > 1 && rank > 0 && (counts[k] < rareKind || rank >= mostKinds) {
			i, ok := pools[k.priority]
			if !ok {
				i = len(f.Kinds)
				pools[k.priority] = i
				f.Kinds = append(f.Kinds, Kind{Name: "other, " + h.log.Names.Priorities[k.priority], Priority: k.priority})
			}
			f.kindOf[k] = i
			f.Kinds[i].Tickets += counts[k]
			f.Kinds[i].Pooled++
			continue
		}
		name := h.log.Names.Issues[k.issue]
		if seen[k.issue] {
			name += ", " + h.log.Names.Priorities[k.priority]
		}
		seen[k.issue] = true
		f.kindOf[k] = len(f.Kinds)
		f.Kinds = append(f.Kinds, Kind{Name: name, Priority: k.priority, Tickets: counts[k]})
	}
	unique(f.Kinds)
}

// unique makes the names of kinds differ where a word of the log happens to be that of a pool.
func unique(kinds []Kind) {
	seen := map[string]bool{}
	for i := range kinds {
		for seen[kinds[i].Name] {
			kinds[i].Name += "'"
		}
		seen[kinds[i].Name] = true
	}
}

// lives fits what happens to tickets once they are there.
func (h *history) lives(f *Fitted) {
	f.Deeds = !h.replies
	f.Hours, f.Closed = h.deskHours()
	h.hours = f.Hours.On(h.log.Axis, h.end)
	h.walk(f)
	if h.setAside() >= muchAside {
		pace := h.span().Pace(h.solvedTickets())
		if f.Pace = pace.Level; pace.Doubt != "" {
			h.begin = pace.Since
			f.Warnings = append(f.Warnings, pace.Doubt)
			h.walk(f)
		}
	}
	h.settle(f)
	h.all = pool(h.lived)
	for i, l := range h.lived {
		h.kind(&f.Kinds[i], l)
	}
	var all []*lives.Waits
	for i := range f.Streams {
		c := f.Streams[i].Channel
		f.Channels = append(f.Channels, h.channel(c))
		all = append(all, h.waits[c])
	}
	f.FirstReply = h.waited(all...)
}

// walk goes through the tickets of which anything can be seen in the history, also those that are older: once more where what goes to
// some teams is too little for a hand-off.
func (h *history) walk(f *Fitted) {
	h.follow(f, nil)
	gets := h.handOffs(f)
	for i, l := range h.lived {
		for to := range l.HandedOff {
			if !gets[i][to] {
				h.follow(f, gets)
				return
			}
		}
	}
}

// follow gathers what happens to tickets. Gets are the teams that get hand-offs by kind; nil for all.
func (h *history) follow(f *Fitted, gets []map[ticket.Team]bool) {
	h.waits = map[ticket.Channel]*lives.Waits{}
	h.lived = make([]*lives.Lives, len(f.Kinds))
	for i := range h.lived {
		h.lived[i] = &lives.Lives{}
	}
	for _, events := range h.log.Tickets {
		c := events[0].Class
		if events[0].At >= h.end || f.KindOf(c) < 0 {
			continue
		}
		w := h.waits[c.Channel]
		if w == nil {
			w = &lives.Waits{ByDay: map[int][2]float64{}}
			h.waits[c.Channel] = w
		}
		kind := f.KindOf(c)
		handsOff := func(ticket.Team) bool { return true }
		if gets != nil {
			handsOff = func(to ticket.Team) bool { return gets[kind][to] }
		}
		h.lived[kind].Follow(touches.Of(events, h.end, h.replies), h.begin, h.end, w, handsOff)
	}
}

// muchAside is the share of touches after which a ticket is put aside where the time that tickets take is mostly
// the desk's own choice, and changes with its ways.
const muchAside = 0.1

// setAside is that share.
func (h *history) setAside() float64 {
	put, all := 0, 0
	for _, l := range h.lived {
		put += l.First[lives.Aside] + l.Later[lives.Aside]
		all += lives.Total(l.First) + lives.Total(l.Later)
	}
	return float64(put) / float64(max(1, all))
}

func (h *history) kind(k *Kind, l *lives.Lives) {
	k.Handle = h.judged(&l.Handle)
	if k.Handle == nil && !h.o.Handle.IsZero() {
		k.Handle = Given(h.o.Handle, "stated, not from the log")
	}
	k.Resolve = h.law(&l.Resolve)
	k.FirstSolves = h.share(l.First[lives.Solves], l.First[lives.Asks]+l.First[lives.Solves], "first touches")
	k.LaterSolves = h.share(l.Later[lives.Solves], l.Later[lives.Asks]+l.Later[lives.Solves], "later touches")
	k.Holds = h.holds(l)
	k.HandOffs = h.handedOff(l)
	k.Touches = Parameter{estimate.Mean(l.Touches, h.o.Level), OverTickets, "solved tickets"}
	if n := l.Answer.Came.N() + l.Answer.Never; n > 0 {
		k.Reply = h.reply(l)
	}
	if len(l.Reopen.Came.Exact) > 0 {
		k.Reopen = h.returns(&l.Reopen, "solved tickets")
	}
}

func (h *history) share(hits, of int, what string) Parameter {
	return Parameter{estimate.Proportion(hits, of, h.o.Level), Wilson, what}
}

// law chooses a law, or is nil where there is too little to go by.
func (h *history) law(s *survival.Sample) *Law {
	laws, err := survival.Choose(s, h.o.Level)
	if err != nil {
		return nil
	}
	return &Law{Law: laws[0], Others: laws[1:], Sample: s}
}

// draws is how many bootstrap samples the goodness of a fit rests on.
const draws = 39

// judged is law with its goodness of fit, if there are random numbers for that.
func (h *history) judged(s *survival.Sample) *Law {
	l := h.law(s)
	if l != nil && h.o.Source != nil {
		if g, err := survival.Judge(s, l.Law, h.o.Source, draws); err == nil {
			l.Fit = g
		}
	}
	return l
}

func (h *history) returns(r *survival.Return, what string) *Return {
	list, err := survival.ChooseReturn(r, h.o.Level)
	if err != nil {
		return &Return{Share: h.share(len(r.Came.Exact), r.Came.N()+r.Never, what)}
	}
	method := Likelihood
	if list[0].All {
		method = ProfiledShare
	}
	out := &Return{Share: Parameter{list[0].Share, method, what}, After: &Law{Law: list[0].After, Sample: comes(r), Scale: list[0].Share.Value}}
	for _, x := range list[1:] {
		out.After.Others = append(out.After.Others, x.After)
	}
	return out
}

// comes is all that may come back: what is known never to come lasts longer than anything that came.
func comes(r *survival.Return) *survival.Sample {
	s := &survival.Sample{Exact: r.Came.Exact, Censored: slices.Clone(r.Came.Censored), Late: r.Came.Late}
	if len(s.Exact) > 0 {
		last := slices.Max(s.Exact)
		for range r.Never {
			s.Censored = append(s.Censored, last)
		}
	}
	return s
}

func (h *history) reply(l *lives.Lives) *Reply {
	come := h.returns(&l.Answer, "questions")
	never := come.Share
	never.Value, never.Low, never.High = 1-come.Share.Value, 1-come.Share.High, 1-come.Share.Low
	r := &Reply{Never: never, After: come.After, Closed: l.Answer.Never}
	if r.After == nil {
		if all := h.returns(&h.all.Answer, "questions"); all.After != nil {
			r.After, r.Pooled = all.After, true
		}
	}
	r.Close = typical(l.Closes)
	for _, times := range l.Reminds {
		if len(times)*20 < l.Answer.Came.N() || len(times) == 0 {
			break
		}
		r.Reminders = append(r.Reminders, typical(times))
	}
	return r
}

// typical is the median, to whole minutes.
func typical(seconds []float64) time.Duration {
	if len(seconds) == 0 {
		return 0
	}
	sorted := slices.Clone(seconds)
	slices.Sort(sorted)
	return (time.Duration(sorted[len(sorted)/2]*float64(time.Second)) + 30*time.Second).Truncate(time.Minute)
}
