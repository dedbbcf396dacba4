package fitted

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
)

// Options are what the file needs beside the history.
type Options struct {
	Name   string        // of the scenario
	Log    string        // what the history is called, for the comment
	Start  calendar.Date // of the simulation; zero for the day after the history
	Length time.Duration // of the simulation; 0 for four weeks
}

// Write writes a scenario.
func Write(w io.Writer, f *fit.Fitted, o Options) error {
	d := newScenario(f, o)
	root := draft.New()
	root.Set("name", d.name, "")
	root.Set("title", "What "+o.Log+" says, as a scenario", "")
	d.time(root.Map("time", ""))
	d.calendars(root)
	d.lists(root)
	d.channels(root.Map("channels", ""))
	d.issues(root.Map("issues", ""))
	list := root.List("demand", "")
	for i := range f.Streams {
		d.stream(list.Map(""), i)
	}
	d.teams(root.Map("teams", ""))
	d.variants(root)
	data, err := root.Encode(d.head())
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// scenario is one on its way into a file.
type scenario struct {
	f     *fit.Fitted
	o     Options
	name  string
	start calendar.Date

	issueList                                       []routes.Issue
	divided                                         bool     // not every team takes everything
	kinds, streams, channelNames, tiers, priorities []string // kinds are the names of issueList
	teamNames                                       []string
}

func newScenario(f *fit.Fitted, o Options) *scenario {
	if o.Length == 0 {
		o.Length = 4 * 7 * 24 * time.Hour
	}
	d := &scenario{f: f, o: o, name: fileName(o.Name), start: o.Start}
	if d.start.IsZero() {
		d.start = f.Until.AddDays(1)
	}
	var kinds, streams []string
	d.issueList = f.Issues()
	d.divided = routes.Divided(d.issueList)
	for i, x := range d.issueList {
		name := f.Kinds[x.Kind].Name
		if x.Channel != routes.AnyChannel {
			name += " by " + f.Streams[x.Channel].Name
		}
		if i >= max(len(f.Kinds), len(f.Routes)) {
			name += " of " + f.Teams[x.Teams[0]].Name
		}
		kinds = append(kinds, name)
	}
	for i := range f.Streams {
		streams = append(streams, f.Streams[i].Name)
	}
	var teams []string
	for i := range f.Teams {
		teams = append(teams, f.Teams[i].Name)
	}
	d.kinds, d.streams, d.teamNames = draft.Names(kinds), draft.Names(streams), draft.Names(teams)
	d.channelNames, d.tiers, d.priorities = draft.Names(f.Names.Channels), draft.Names(f.Names.Tiers), draft.Names(f.Names.Priorities)
	return d
}

// head is the comment that opens the file.
func (d *scenario) head() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Covers: what %s says: %d tickets, created on %d days from %v to %v (%s).\n", d.o.Log, d.f.Tickets, d.f.Days, d.f.From, d.f.Until, d.f.Zone)
	fmt.Fprintf(&b, "Question: does the simulated desk wait as the recorded one did? See headroom run, and headroom backtest.\n")
	fmt.Fprintf(&b, "\nEach number was estimated from the log. Behind it stands its interval, and how much the log had to say about it.\n")
	if len(d.f.Gaps) > 0 {
		b.WriteString("\nWhat the log does not say, marked ASSUMED below where a number stands in for it:\n")
		for _, g := range d.f.Gaps {
			fmt.Fprintf(&b, "- %s; %s\n", g.What, g.Fill)
		}
	}
	if text := d.seasonless(); text != "" {
		fmt.Fprintf(&b, "%s\n", text)
	}
	for i := range d.f.Streams {
		for _, s := range d.f.Streams[i].Special {
			what := "special"
			if s.Holiday {
				what = "public holiday"
			}
			fmt.Fprintf(&b, "Left out of the profile of %s: %v, %s, %s: %d tickets where %s were to be expected.\n",
				d.streams[i], s.Date, s.Date.Weekday(), what, s.Tickets, number(math.Round(s.Expected)))
		}
	}
	for _, w := range d.f.Warnings {
		fmt.Fprintf(&b, "Doubt: %s\n", w)
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (d *scenario) time(m *draft.Map) {
	m.Set("zone", d.f.Zone.String(), "of the days and hours that were counted")
	comment := ""
	if d.o.Start.IsZero() {
		comment = "the day after the history"
	}
	m.Set("start", d.start.String(), comment)
	m.Set("length", scalar.WriteDuration(d.o.Length), "")
}

// lists writes the words that are no section of their own.
func (d *scenario) lists(root *draft.Map) {
	root.Flow("tiers", d.tiers, "")
	var priorities []string
	for _, i := range d.priorityOrder() {
		priorities = append(priorities, d.priorities[i])
	}
	root.Flow("priorities", priorities, "the highest first, by what the words mean: the log does not say it")
}

func (d *scenario) channels(m *draft.Map) {
	for i := range d.f.Channels {
		c := &d.f.Channels[i]
		v := m.Map(d.channelNames[c.Channel], d.waited(c))
		if !c.Live {
			v.OneLine()
			continue
		}
		v.Set("live", "true", "customers left the queue")
		if c.Patience != nil {
			setLaw(v, "patience", c.Patience, fmt.Sprintf("mean %s, %s; %d left, %d were answered first",
				brief(c.Patience.Mean.Value), span(c.Patience.Mean.Low, c.Patience.Mean.High, brief), c.Left, c.Answered))
		}
	}
}

func (d *scenario) waited(c *fit.Channel) string {
	if c.Wait == nil {
		return ""
	}
	what := "the first reply took"
	if d.f.Deeds {
		what = "the log has no replies; until somebody had done something it took"
	}
	return fmt.Sprintf(what+" %s on average, %s at the median, %s at the 90th percentile of %d tickets",
		brief(c.Wait.Mean.Value), brief(c.Wait.P50), brief(c.Wait.P90), c.Wait.N)
}

func span(low, high float64, write func(float64) string) string {
	return write(low) + " to " + write(high)
}

func (d *scenario) issues(m *draft.Map) {
	for i := range d.issueList {
		k := &d.f.Kinds[d.issueList[i].Kind]
		comment := fmt.Sprintf("%d tickets", k.Tickets)
		if k.Pooled > 0 {
			comment += fmt.Sprintf(", of %d rare kinds", k.Pooled)
		}
		if k.Resolve != nil {
			comment += fmt.Sprintf("; until they were solved: median %s, 90th percentile %s", brief(k.Resolve.Median.Value), brief(k.Resolve.P90.Value))
		}
		v := m.Map(d.kinds[i], comment)
		v.Set("priority", d.priorities[k.Priority], "")
		d.skill(v, i)
		d.handle(v, k)
		first := solving(k.FirstSolves.Value, k)
		v.Set("solved_at_first_touch", percent(first), about(k.FirstSolves, percent))
		if first < 1 || solving(k.LaterSolves.Value, k) < 1 {
			d.cycle(v, k)
		}
		d.holds(v, k)
		d.handOffs(v, k)
		if k.Reopen != nil && k.Reopen.Share.Value > 0 {
			d.reopen(v, k.Reopen)
		}
	}
}

// solving is the share that a touch solves, as the language takes it: without a reply cycle in the
// log every touch does.
func solving(x float64, k *fit.Kind) float64 {
	if math.IsNaN(x) || k.Reply == nil || k.Reply.After == nil {
		return 1
	}
	return min(1, max(0.0001, x))
}

func (d *scenario) handle(v *draft.Map, k *fit.Kind) {
	switch h := k.Handle; {
	case h == nil:
		v.Set("handle", seconds(assumedHandle), "ASSUMED: the log does not say how long agents work on a ticket")
	case h.Stated:
		setLaw(v, "handle", h, h.From)
	default:
		setLaw(v, "handle", h, fmt.Sprintf("mean %s, %s; %d touches", brief(h.Mean.Value), span(h.Mean.Low, h.Mean.High, brief), h.N))
	}
}

// assumedHandle stands in for what the log does not say, in seconds.
const assumedHandle = 10 * 60

// cycle is what happens after a touch that does not solve.
func (d *scenario) cycle(v *draft.Map, k *fit.Kind) {
	if x := k.LaterSolves.Value; !math.IsNaN(x) && x > 0 {
		v.Set("solved_later", percent(max(0.0001, x)), about(k.LaterSolves, percent))
	}
	r := k.Reply
	reply := v.Map("customer_reply", "")
	setLaw(reply, "after", r.After, fmt.Sprintf("median %s, %s; %d answers", brief(r.After.Median.Value), span(r.After.Median.Low, r.After.Median.High, brief), r.After.N-r.After.Censored))
	if d.f.AnswersInHours {
		reply.Set("hours", d.f.Hours.Name, "nearly all answers come in these hours")
	}
	if never := min(0.9999, max(0, r.Never.Value)); never > 0 || never == 0 && r.Never.N > 0 {
		reply.Set("never", percent(never), about(r.Never, percent))
	}
	if r.Close > 0 {
		reply.Set("close", seconds(r.Close.Seconds()), fmt.Sprintf("the median of %d that were closed without an answer", r.Closed))
	}
}

func (d *scenario) reopen(v *draft.Map, r *fit.Return) {
	share := percent(min(0.99, r.Share.Value))
	if r.After == nil {
		v.Set("reopen", share, about(r.Share, percent))
		return
	}
	m := v.Map("reopen", about(r.Share, percent)).OneLine()
	m.Set("share", share, "")
	setLaw(m, "after", r.After, "")
}

// about is the interval of a parameter, and what stands behind it.
func about(p fit.Parameter, write func(float64) string) string {
	if p.N == 0 {
		return "the log has none to count"
	}
	return interval(p, write)
}

func (d *scenario) stream(v *draft.Map, i int) {
	st := &d.f.Streams[i]
	v.Set("stream", d.streams[i], "")
	v.Set("channel", d.channelNames[st.Channel], "")
	about := fmt.Sprintf("of %d tickets", st.Tickets)
	if st.Drift != nil {
		about += "; the mix changes from week to week, and is that of the end"
	}
	d.mix(v.Map("issue", about), d.parts(st.Kinds, i), d.kinds)
	d.mix(v.Map("tier", ""), st.Tiers, d.tiers)
	v.Set("volume", number(st.Week.Value)+"/week", interval(st.Week, number)+d.wanders(st))
	shape := ""
	if st.Like != "" {
		shape = fmt.Sprintf("that of %s: %d tickets are too few for days, hours, a trend and a busyness of their own", st.Like, st.Tickets)
	}
	d.profile(v.Map("profile", shape), st)
	if st.Grows {
		v.Set("growth", percent(st.Growth.Value)+"/year", interval(st.Growth, percent))
	}
	d.season(v, st)
	if x := st.Busyness.Value; x >= leastBusyness {
		why := interval(st.Busyness, number)
		if st.Shared.N > 0 {
			why += fmt.Sprintf("; shared with other streams: %s", interval(st.Shared, percent))
		}
		busy := v.Map("busyness", why).OneLine().Set("cv", number(x), "")
		if st.Shared.N > 0 {
			busy.Set("shared", percent(st.Shared.Value), "")
		}
	}
}

// wanders says how uncertain the volume is for weeks to come.
func (d *scenario) wanders(st *fit.Stream) string {
	if st.Wander.N == 0 {
		return ""
	}
	return fmt.Sprintf("; from week to week the level moves by %s, %s: headroom backtest forecasts with it", percent(st.Wander.Value), interval(st.Wander, percent))
}

// leastBusyness is half a per cent: days that differ by less do not differ.
const leastBusyness = 0.005

// profile writes the shape of the week: one for all days, or one for each group of days where
// they differ by more than chance.
func (d *scenario) profile(m *draft.Map, st *fit.Stream) {
	if st.OneShape {
		m.Flow("hours", weights(func(hour int) float64 { return st.Hours[hour].Value }), "the mean is 1; nothing speaks against one shape for all days")
	} else {
		d.shapes(m.Map("hours", "the mean is 1; the days differ by more than chance"), st)
	}
	days := m.Map("days", "100 % is the mean of the seven days").OneLine()
	for w := range 7 {
		w = (w + 1) % 7
		days.Set(weekdays[w], percent(st.Days[w].Value), "")
	}
	d.special(m, st)
}

// shapes writes those of weekdays and weekends, or of each of these days where they differ.
func (d *scenario) shapes(m *draft.Map, st *fit.Stream) {
	for _, group := range []struct {
		word string
		days []int
	}{{"mon-fri", []int{1, 2, 3, 4, 5}}, {"sat-sun", []int{6, 0}}} {
		shape := func(w int) []string {
			return weights(func(hour int) float64 { return st.Cells[w][hour].Value })
		}
		if math.IsInf(st.Shrink[group.days[0]], 1) {
			m.Flow(group.word, shape(group.days[0]), "")
			continue
		}
		for _, w := range group.days {
			m.Flow(weekdays[w], shape(w), fmt.Sprintf("%d tickets, and the shape of %s, which counts for %s", st.Cells[w][0].N, group.word, number(math.Ceil(st.Shrink[w]))))
		}
	}
}

// weights writes those of the hours of a day; without any of them a day is flat.
func weights(of func(hour int) float64) []string {
	texts, sum := make([]string, 24), 0.
	for hour := range texts {
		x := rounded(of(hour))
		if math.IsNaN(x) || x < 0 {
			x = 0
		}
		sum += x
		texts[hour] = number(x)
	}
	if sum == 0 {
		return slices.Repeat([]string{"1"}, 24)
	}
	return texts
}

// special writes the public holidays of the stretch that is simulated, with what those of the
// history brought, and says above them which days of the history were special.
func (d *scenario) special(m *draft.Map, st *fit.Stream) {
	if len(d.f.Ahead) == 0 || st.Holiday.N == 0 {
		return
	}
	end := d.start.AddDays(int(d.o.Length / (24 * time.Hour)))
	holidays := map[calendar.Date]bool{}
	for _, day := range d.f.Ahead {
		holidays[day] = true
	}
	var list *draft.Map
	for day := d.start; day.Compare(end) <= 0; day = day.AddDays(1) {
		brings, what := st.Holiday, ""
		if !holidays[day] {
			if st.Bridge.N == 0 || !fit.Bridges(day, holidays) {
				continue
			}
			brings, what = st.Bridge, ", between a public holiday and a weekend: "+interval(st.Bridge, percent)
		}
		if st.Days[day.Weekday()].Value == 0 {
			continue
		}
		if list == nil {
			list = m.Map("special", fmt.Sprintf("public holidays, which brought so much of what their weekday does: %s", interval(st.Holiday, percent)))
		}
		list.Set(day.String(), percent(brings.Value), weekdays[day.Weekday()]+what)
	}
}

var weekdays = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (d *scenario) mix(m *draft.Map, list []fit.Share, words []string) {
	var weights []float64
	for _, s := range list {
		weights = append(weights, s.Value)
	}
	texts := shares(weights)
	for i, s := range list {
		if texts[i] != "0%" {
			m.OneLine().Set(words[s.Index], texts[i], "")
		}
	}
}

// priorityOrder is the order of the priorities, the highest first, by the words that
// help desks use.
func (d *scenario) priorityOrder() []int {
	order := make([]int, len(d.priorities))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(d.priorities[a]) - rank(d.priorities[b]) })
	return order
}

// rank is how high a word stands: 1 - Critical and P1 by their digit, others by the word.
func rank(word string) int {
	const inTheMiddle = 30
	lower := strings.ToLower(strings.TrimSpace(word))
	if digit := strings.TrimLeft(lower, "prioty- "); digit != "" && digit[0] >= '0' && digit[0] <= '9' {
		return 10 * int(digit[0]-'0')
	}
	for i, words := range [][]string{{"blocker", "critical", "urgent", "highest", "emergency", "immediate"}, {"high", "major"}, {"normal", "medium", "moderate", "standard"}, {"low", "minor"}, {"lowest", "trivial", "planning"}} {
		if slices.Contains(words, lower) {
			return 10 * (i + 1)
		}
	}
	return inTheMiddle
}
