package requirement_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/requirement"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

const (
	phone ticket.Channel = iota
	chat
	email
)

// desk is two days of calls, 100 every half hour, of 180 s each.
func desk() *model.Scenario {
	return &model.Scenario{
		Name: "desk",
		Time: model.Time{Start: time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC), Length: 48 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 1, Min: 10, Max: 10},
		Names: ticket.Names{
			Channels: []string{"phone", "chat", "email"}, Issues: []string{"question"}, Teams: []string{"front"},
			Skills: []string{"billing"}, Tiers: []string{"all"}, Priorities: []string{"normal"},
		},
		Channels: []work.Channel{
			{Name: "phone", Live: true, Concurrency: 1}, {Name: "chat", Live: true, Concurrency: 3}, {Name: "email", Concurrency: 1},
		},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(180)), SolvedAtFirst: 1, SolvedLater: 1,
		}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{{
			Name: "calls", Channel: phone, Volume: demand.Volume{Count: 200, Per: demand.PerHour},
			Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
		}},
		Teams: []staffing.Team{{Name: "front", Shifts: []staffing.Shift{
			{Name: "seats", Heads: 20, Days: [7]bool{true, true, true, true, true, true, true}, From: 0, To: 1440},
		}}},
	}
}

func of(t *testing.T, s *model.Scenario, o requirement.Options) *requirement.Requirement {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatalf("the scenario is not sound: %v", problems)
	}
	r, err := requirement.Of(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.10g, want %.10g ± %g", what, got, want, tolerance)
	}
}

// 14 agents answer 88.8350 % within 20 s (the golden value of Erlang C that other
// programs agree on), so by every method a promise of just that takes 14 of them.
func TestConstantRateIsErlangCByEveryMethod(t *testing.T) {
	t.Parallel()
	r := of(t, desk(), requirement.Options{Answer: erlang.Target{Level: 0.888350, Within: 20}})
	for _, m := range requirement.Methods() {
		heads, err := r.Heads(&r.Groups[0], m)
		if err != nil {
			t.Fatal(err)
		}
		if len(heads) != 96 {
			t.Fatalf("%d intervals", len(heads))
		}
		want := 14.
		if m == requirement.SquareRoot {
			// a + β √a, where β solves the formula of Halfin and Whitt for 1 − 0.88835.
			_, beta, err := erlang.SquareRoot(10, 1-0.888350)
			if err != nil {
				t.Fatal(err)
			}
			want = 10 + beta*math.Sqrt(10)
		}
		for _, i := range []int{10, 50, 95} {
			near(t, fmt.Sprintf("%v in interval %d", m, i), heads[i], want, 1e-3)
		}
	}
}

func TestImpatientCallersTakeErlangA(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Channels[phone].Patience = dist.Must(dist.Exponential(300))
	r := of(t, s, requirement.Options{Answer: erlang.Target{Level: 0.916792, Within: 20}})
	heads, err := r.Heads(&r.Groups[0], requirement.SIPP)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "heads", heads[50], 14, 1e-4)
}

func TestTheDeskThatOpensFillsUpByTheLoadAndNotByTheRate(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Issues[0].Handle = dist.Must(dist.Exponential(3600))
	r := of(t, s, requirement.Options{})
	for i, q := range [][]float64{
		heads(t, r, requirement.SIPP), heads(t, r, requirement.ModifiedLoad), heads(t, r, requirement.LagAvg), heads(t, r, requirement.LagMax),
	} {
		first, last := q[0], q[95]
		switch {
		case i == 0 && first != last:
			t.Errorf("SIPP knows of a beginning: %v, then %v", first, last)
		case i > 0 && first >= last/2:
			t.Errorf("method %d: %v heads at once, %v in the end", i, first, last)
		}
	}
}

func heads(t *testing.T, r *requirement.Requirement, m requirement.Method) []float64 {
	t.Helper()
	list, err := r.Heads(&r.Groups[0], m)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// With a handling time of whole intervals, the lagged methods are SIPP that comes later.
func TestLagsShiftTheRateByTheHandlingTime(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Streams[0].Profile.Hours = []float64{1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 8, 8, 8, 8, 7, 7, 8, 8, 6, 4, 2}
	s.Issues[0].Handle = dist.Must(dist.Exponential(3600))
	r := of(t, s, requirement.Options{})
	sipp, average, most := heads(t, r, requirement.SIPP), heads(t, r, requirement.LagAvg), heads(t, r, requirement.LagMax)
	for i := 2; i < len(sipp); i++ {
		near(t, fmt.Sprintf("Lag-Avg in interval %d", i), average[i], sipp[i-2], 1e-9*sipp[i-2])
		if most[i] < average[i]-1e-9 {
			t.Errorf("Lag-Max in interval %d: %v, below Lag-Avg %v", i, most[i], average[i])
		}
	}
	// A handling time of one and a half intervals has a maximum above the mean.
	s.Issues[0].Handle = dist.Must(dist.Exponential(2700))
	r = of(t, s, requirement.Options{})
	average, most = heads(t, r, requirement.LagAvg), heads(t, r, requirement.LagMax)
	if slices.Equal(average, most) {
		t.Error("Lag-Max is Lag-Avg though the rate changes within the lagged interval")
	}
}

func TestChatsInHandAtOnceShareAHead(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Streams[0].Channel = chat
	s.Channels[chat].Slowdown = work.Slowdown{0.1, 0.5}
	target := erlang.Target{Level: 0.8, Within: 20}
	r := of(t, s, requirement.Options{Answer: target})
	// 270 s each with three in hand.
	slots, err := target.Heads(erlang.Load{Rate: 200. / 3600, Handle: 270}, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "heads", heads(t, r, requirement.SIPP)[50], slots/3, 1e-6)
}

func TestThePromiseOfTheScenarioIsAsked(t *testing.T) {
	t.Parallel()
	s := desk()
	s.SLA.Policies = []sla.Policy{
		{Name: "lax", Targets: []sla.Target{{Metric: sla.Answer, Within: []time.Duration{time.Minute}, Share: 0.7}}},
		{Name: "strict", Targets: []sla.Target{{Metric: sla.Answer, Within: []time.Duration{10 * time.Second}, Share: 0.9}}},
	}
	r := of(t, s, requirement.Options{})
	if got, want := r.Groups[0].Queues[0].Target, (erlang.Target{Level: 0.9, Within: 10}); got != want {
		t.Errorf("target %+v, want %+v", got, want)
	}
}

// 200 mails an hour of 180 s are 10 heads, whatever the deadline; and no more where the
// mails of the day are done evenly within their deadline.
func TestMailIsDoneEvenlyByItsDeadline(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Streams[0].Channel = email
	s.SLA.Policies = []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{4 * time.Hour}}}}}
	r := of(t, s, requirement.Options{})
	for i, h := range heads(t, r, requirement.SIPP) {
		near(t, fmt.Sprintf("heads in interval %d", i), h, 10, 1e-9)
	}
	// Half of the day's mail comes at 9:00 to 10:00. By 13:00 it is done.
	s.Streams[0].Profile.Hours = make([]float64, 24)
	s.Streams[0].Profile.Hours[9] = 1
	r = of(t, s, requirement.Options{})
	got := heads(t, r, requirement.SIPP)
	for i, h := range got[:48] {
		want := 0.
		// What comes in the half hour from 9:00 is due at 13:00, from 9:30 at 13:30:
		// 240 heads hours in 4.5 hours.
		if i >= 18 && i < 27 {
			want = 24 * 200 * 180. / 3600 / 4.5
		}
		near(t, fmt.Sprintf("peak, heads in interval %d", i), h, want, 1e-9)
	}
}

func TestMailOutsideTheHoursWaitsOrIsSaidToBeUnreachable(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Streams[0].Channel = email
	office := &calendar.Calendar{Zone: time.UTC}
	for d := range office.Week {
		office.Week[d] = []calendar.Span{{From: 8 * 60, To: 18 * 60}}
	}
	r := of(t, s, requirement.Options{Hours: office, BestEffort: 20 * time.Hour})
	got := heads(t, r, requirement.SIPP)
	if got[2] != 0 || got[20] == 0 {
		t.Errorf("at 1:00 %v heads, at 10:00 %v", got[2], got[20])
	}
	r = of(t, s, requirement.Options{Hours: office, BestEffort: time.Hour})
	if _, err := r.Heads(&r.Groups[0], requirement.SIPP); err == nil {
		t.Error("mail that comes at night is done within the hour, though nobody works")
	}
}

func TestWorkIsGroupedByWhoMayDoIt(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Issues = append(s.Issues, work.Issue{
		Name: "invoice", Skill: 0, Handle: dist.Must(dist.Constant(600)), SolvedAtFirst: 1, SolvedLater: 1,
		HandOffs: []work.HandOff{{To: 2, Share: 0.25, Handle: dist.Must(dist.Constant(1800))}},
	})
	s.Names.Issues = append(s.Names.Issues, "invoice")
	s.Names.Teams = append(s.Names.Teams, "billing", "engineering")
	seats := s.Teams[0].Shifts
	s.Teams[0].Skills = []ticket.Skill{}
	s.Teams = []staffing.Team{
		{Name: "front", Shifts: seats, Channels: []ticket.Channel{phone}},
		{Name: "billing", Shifts: seats, Skills: []ticket.Skill{0}},
		{Name: "engineering", Shifts: seats, HandOffsOnly: true},
	}
	s.Teams[0].Skills, s.Names.Skills = []ticket.Skill{1}, append(s.Names.Skills, "orders")
	s.Streams[0].Issues = []demand.IssueShare{{Issue: 0, Share: 0.5}, {Issue: 1, Share: 0.5}}
	r := of(t, s, requirement.Options{})
	var teams [][]ticket.Team
	for _, g := range r.Groups {
		teams = append(teams, g.Teams)
	}
	want := [][]ticket.Team{{0, 1}, {1}, {2}}
	if !slices.EqualFunc(teams, want, slices.Equal[[]ticket.Team]) {
		t.Fatalf("groups %v, want %v", teams, want)
	}
	hours := 0.
	for _, task := range r.Groups[2].Tasks {
		hours += task.Hours
	}
	// A quarter of 100 invoices an hour for 48 hours, half an hour each.
	near(t, "hours of engineering", hours, 100*48*0.25*0.5, 1e-6)
	// Three quarters of an invoice's later touches are for those who were handed off and
	// came back: 600 s each.
	hours = 0
	for _, task := range r.Groups[1].Tasks {
		hours += task.Hours
	}
	near(t, "hours of later touches", hours, 100*48*0.25*600/3600, 30)
}

func TestSpikesMakeTouchesMoreAndLonger(t *testing.T) {
	t.Parallel()
	s := desk()
	plain := heads(t, of(t, s, requirement.Options{}), requirement.SIPP)
	s.Streams[0].Spikes = []demand.Spike{{Name: "launch", Factor: 2, Start: 10 * time.Hour, Hold: 5 * time.Hour, Handle: 0.5}}
	target := erlang.Target{Level: 0.8, Within: 20}
	r := of(t, s, requirement.Options{Answer: target})
	spiked := heads(t, r, requirement.SIPP)
	want, err := target.Heads(erlang.Load{Rate: 400. / 3600, Handle: 270}, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "in the spike", spiked[24], want, 1e-6)
	near(t, "before it", spiked[10], plain[10], 1e-9)
}

func TestBotsAndIncidentsChangeWhatComes(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Deflection = []model.Deflection{{Name: "bot", Contains: 0.5, Wrong: 0.2, Back: dist.Must(dist.Constant(60))}}
	s.Bursts = []demand.Burst{{Name: "outage", Tickets: 1000, Over: time.Hour, At: 24 * time.Hour}}
	r := of(t, s, requirement.Options{})
	contacts := r.Groups[0].Queues[0].Contacts
	near(t, "calls in five minutes", contacts[0], 200./12*0.6, 1e-9)
	total := 0.
	for _, n := range contacts {
		total += n
	}
	near(t, "calls in all", total, (200*48+1000)*0.6, 1)
}

func TestAHistoryIsCountedTicketByTicket(t *testing.T) {
	t.Parallel()
	s := desk()
	class := ticket.Class{Channel: email, Account: ticket.Anonymous}
	s.Streams[0] = demand.Stream{Name: "history", Channel: email, Replay: []demand.Arrival{
		{ID: 1, At: time.Hour, Class: class}, {ID: 2, At: time.Hour + time.Minute, Class: class}, {ID: 3, At: 40 * time.Hour, Class: class},
	}}
	r := of(t, s, requirement.Options{})
	hours := 0.
	for _, task := range r.Groups[0].Tasks {
		hours += task.Hours
	}
	near(t, "hours", hours, 3*180./3600, 1e-12)
}

func TestGrossAndWholeHeads(t *testing.T) {
	t.Parallel()
	gross, err := requirement.Gross(7, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "gross", gross, 10, 1e-12)
	for _, wrong := range []float64{-0.1, 1, math.NaN()} {
		if _, err := requirement.Gross(7, wrong); err == nil {
			t.Errorf("shrinkage %v passes", wrong)
		}
	}
	for heads, want := range map[float64]int{0: 0, 1e-12: 0, 0.2: 1, 3: 3, 3.0000000001: 3, 3.1: 4} {
		if got := requirement.Whole(heads); got != want {
			t.Errorf("%v heads are %d, want %d", heads, got, want)
		}
	}
}

func TestOptionsWithoutSenseAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []requirement.Options{
		{Step: 7 * time.Minute}, {Step: -time.Minute}, {BestEffort: -time.Hour}, {Answer: erlang.Target{Level: 2}},
	} {
		if _, err := requirement.Of(desk(), o); err == nil {
			t.Errorf("%+v passes", o)
		}
	}
	r := of(t, desk(), requirement.Options{})
	if _, err := r.Heads(&r.Groups[0], 99); err == nil {
		t.Error("method 99 exists")
	}
}
