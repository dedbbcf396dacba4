package rostering

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

func find(t *testing.T, q Question) *roster.Proposal {
	t.Helper()
	p, err := Find(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var three = []roster.Candidate{shift("early", 8, 14, 8), shift("noon", 10, 16, 8), shift("late", 13, 20, 8)}

// heads are those of the only day, by shift.
func headsOf(p *roster.Proposal) map[string]int {
	m := map[string]int{}
	for _, l := range p.Shifts {
		for _, n := range l.Heads {
			m[l.Shift] += n
		}
	}
	return m
}

func TestWhatIsOfferedIsConfirmedByFreshRandomNumbers(t *testing.T) {
	t.Parallel()
	q := question(t, day(), three...)
	q.Baselines = true
	p := find(t, q)
	if !p.Kept || len(p.Targets) != 1 || p.Targets[0].Sure < 0.95 || p.Targets[0].Value.Value > 0.1 || p.Proof.Replications != 100 {
		t.Fatalf("%+v, proof %+v", p.Targets, p.Proof)
	}
	if p.Proof.Seed == q.Scenario.Run.Seed || p.Proof.Seed == seed(&q, 0, searching) {
		t.Error("the proof has the seed of the search")
	}
	// The proof is an ordinary experiment of the teams that are offered, with its seed.
	s := *q.Scenario
	s.Teams = p.Staffed
	if problems := s.Check(); len(problems) > 0 {
		t.Errorf("the roster is no sound scenario: %v", problems)
	}
	pay := 0.
	for _, l := range p.Shifts {
		pay += l.Pay
	}
	if d := pay - p.Bill.Planned; d < -1e-6 || d > 1e-6 {
		t.Errorf("lines cost %v and the bill says %v", pay, p.Bill.Planned)
	}
	for i, b := range p.Baselines {
		if b.AsIsOnly != (i >= len(baselines)) || b.AsIs <= 0 {
			t.Errorf("%+v", b)
		}
		if b.Scale > 0 && b.Dearer.High < 0 {
			t.Errorf("%s is cheaper: %+v", b.Name, b.Dearer)
		}
	}
	if len(p.Baselines) != len(baselines)+len(further) || p.Bill.Own < p.Bill.Planned {
		t.Errorf("%d baselines; own roster %v against %v", len(p.Baselines), p.Bill.Own, p.Bill.Planned)
	}
}

func TestNoRosterIsOfferedThatDoesNotKeepTheTargets(t *testing.T) {
	t.Parallel()
	q := question(t, day(), shift("early", 8, 12, 8), shift("late", 16, 20, 8)) // nobody at noon
	p := find(t, q)
	if p.Kept || p.Targets[0].Sure > 0.05 || len(p.Warnings) == 0 || len(p.Baselines) > 0 {
		t.Errorf("kept %v, %+v, %v", p.Kept, p.Targets, p.Warnings)
	}
}

func TestTheRosterIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	var all [][]byte
	for _, workers := range []int{1, 3} {
		q := question(t, day(), three...)
		q.Workers = workers
		data, err := json.Marshal(find(t, q))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Error("one worker and three have found different rosters")
	}
}

// More heads than help are not shown, however many were tried.
func TestWhatCameNearestIsNoLargerThanItNeedsToBe(t *testing.T) {
	t.Parallel()
	q := question(t, day(), shift("early", 8, 12, 0), shift("late", 16, 20, 0)) // nobody at noon
	p := find(t, q)
	most := 0.
	for _, s := range p.Search {
		most = max(most, s.Cost)
	}
	if p.Kept || p.Bill.Planned > most/3 {
		t.Errorf("%v a week came nearest; %v was tried", p.Bill.Planned, most)
	}
}

// Where the scenario knows no pay, hours are what is saved.
func TestWithoutPricesTheRosterWithTheFewestHoursIsFound(t *testing.T) {
	t.Parallel()
	priced := find(t, question(t, day(), three...))
	s := day()
	s.Currency, s.Teams[0].Cost = "", staffing.Cost{}
	p := find(t, question(t, s, three...))
	if !p.Kept || !maps.Equal(headsOf(p), headsOf(priced)) {
		t.Fatalf("%v; with a price for all hours alike %v", headsOf(p), headsOf(priced))
	}
	if p.Scenario.Currency != roster.PaidHours || math.Abs(20*p.Bill.Planned-priced.Bill.Planned) > 1e-6 || math.Abs(20*p.Bill.Cost.Value-priced.Bill.Cost.Value) > 1e-6 {
		t.Errorf("%s, %v planned and %v simulated, against money: %v and %v", p.Scenario.Currency, p.Bill.Planned, p.Bill.Cost.Value,
			priced.Bill.Planned, priced.Bill.Cost.Value)
	}
}

func TestABudgetBuysMoreTheLargerItIs(t *testing.T) {
	t.Parallel()
	late := 1.
	for _, budget := range []float64{9000, 12000, 16000} { // a week; the day is a seventh of one
		q := question(t, day(), three...)
		q.Wish.Budget = budget
		p := find(t, q)
		if p.Bill.Planned > budget*(1+1e-9) {
			t.Errorf("a roster for %v costs %v", budget, p.Bill.Planned)
		}
		if v := p.Targets[0].Value.Value; v > late {
			t.Errorf("with %v a share of %v is late, more than with less money: %v", budget, v, late)
		} else {
			late = v
		}
	}
	if late > 0.2 {
		t.Errorf("%v are late in the end", late)
	}
}

func TestABudgetThatPaysForNoRosterIsRefused(t *testing.T) {
	t.Parallel()
	q := question(t, day(), three...)
	q.Wish.Budget = 10
	for i := range q.Candidates {
		q.Candidates[i].Min = 1
	}
	p := find(t, q)
	if p.Kept || p.Bill.Planned <= 10 {
		t.Errorf("a roster for %v is offered as one for %v", p.Bill.Planned, q.Wish.Budget)
	}
	if len(p.Warnings) == 0 || !strings.Contains(p.Warnings[0].Text, "budget is too small") {
		t.Errorf("it is not said: %+v", p.Warnings)
	}
}

func TestAChanceOfFailingIsBoundedPeriodByPeriod(t *testing.T) {
	t.Parallel()
	mean := find(t, question(t, day(), three...))
	q := question(t, day(), three...)
	q.Wish.Fails = 0.05
	p := find(t, q)
	if !p.Kept || p.Targets[0].Missed.Value > 0.05 || p.Targets[0].Sure < 0.95 {
		t.Fatalf("%+v", p.Targets[0])
	}
	if p.Bill.Planned <= mean.Bill.Planned {
		t.Errorf("keeping the target day by day costs %v, on average %v", p.Bill.Planned, mean.Bill.Planned)
	}
}

// Where credits are dear they are avoided, and where they are cheap they are paid.
func TestCreditsAreWeighedAgainstHeads(t *testing.T) {
	t.Parallel()
	heads := func(fee int64) (n int, p *roster.Proposal) {
		s := day()
		s.Contracts = []contract.Contract{{
			Name: "all", Fee: contract.Money{Currency: "USD", Minor: 100 * fee}, Pool: 0, Cap: 1_000_000, Period: contract.Weekly,
			Levels: []contract.Level{{Metric: sla.Answer, Target: 900_000, Scheme: contract.Flat{Credit: 500_000}}},
		}}
		q := question(t, s, three...)
		q.Targets, q.Wish.Credits, q.Trials = nil, true, 100
		p = find(t, q)
		for _, k := range headsOf(p) {
			n += k
		}
		return n, p
	}
	cheap, _ := heads(1)
	dear, p := heads(10_000_000)
	if cheap >= dear || p.Bill.Credits.Value > 5e5 {
		t.Errorf("%d heads where credits are cheap, %d where they are dear, which pay %v", cheap, dear, p.Bill.Credits)
	}
}

// Two teams have a skill each, and a third, dearer one has both: what is found costs what the
// cheapest of all rosters costs.
func TestSkillGroupsAreStaffedAsExhaustiveSearchStaffsThem(t *testing.T) {
	t.Parallel()
	s := day()
	s.Names.Teams, s.Names.Skills, s.Names.Issues = []string{"red", "blue", "both"}, []string{"red", "blue"}, []string{"red", "blue"}
	one := s.Issues[0]
	s.Issues = nil
	s.Streams[0].Issues = nil
	for k, name := range s.Names.Issues {
		issue := one
		issue.Name, issue.Skill = name, ticket.Skill(k)
		s.Issues = append(s.Issues, issue)
		s.Streams[0].Issues = append(s.Streams[0].Issues, demand.IssueShare{Issue: ticket.Issue(k), Share: 0.5})
	}
	team := s.Teams[0]
	s.Teams = nil
	for k, skills := range [][]ticket.Skill{{0}, {1}, {0, 1}} {
		other := team
		other.Name, other.Skills, other.Shifts = s.Names.Teams[k], skills, slices.Clone(team.Shifts)
		if k == 2 {
			other.Cost.PerHour = 23
		}
		s.Teams = append(s.Teams, other)
	}
	var candidates []roster.Candidate
	for k := range s.Teams {
		c := shift("day", 8, 20, 5)
		c.Team = k
		candidates = append(candidates, c)
	}
	f := found(t, question(t, s, candidates...))
	pay, heads := cheapest(t, f, []int{5, 5, 5})
	if !f.best.kept(0) || f.best.pay > pay*1.0001 {
		t.Errorf("%v costs %.0f, and %v costs %.0f", f.best.heads, f.best.pay, heads, pay)
	}
}

// With a price on hours outside of the band, heads that have little to do are let go that a mild target would allow
// to stay, or heads are added that have too much: what is worked outside, and paid, is not more than without.
func TestOccupancyHasItsPrice(t *testing.T) {
	t.Parallel()
	free := find(t, question(t, day(), three...))
	q := question(t, day(), three...)
	q.Wish.Price = 200
	p := find(t, q)
	total := func(p *roster.Proposal) float64 { return p.Bill.Cost.Value + 7*200*p.Bill.Outside.Value } // a week has seven such days
	if !p.Kept || !free.Kept {
		t.Fatal("nothing was confirmed")
	}
	if total(p) > 1.02*total(free) {
		t.Errorf("with a price it comes to %.0f, without to %.0f", total(p), total(free))
	}
	if p.Bill.Outside.Value <= 0 || free.Bill.Outside.Value <= 0 {
		t.Error("nothing is outside of the band")
	}
}

// An interrupt ends the search, and what it has found by then is proven all the same.
func TestAnInterruptLeavesTheBestSoFarProven(t *testing.T) {
	t.Parallel()
	q := question(t, day(), three...)
	ctx, stop := context.WithCancel(context.Background())
	rosters := 0
	q.Progress = func(string, float64) {
		if rosters++; rosters == 4 {
			stop()
		}
	}
	p, err := Find(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	whole := find(t, question(t, day(), three...))
	if p.Proof.InTime || p.Proof.Rosters > 4 || p.Proof.Rosters >= whole.Proof.Rosters || p.Proof.Replications != q.Proof {
		t.Errorf("%+v, whole %+v", p.Proof, whole.Proof)
	}
	if p.Kept && p.Bill.Planned < whole.Bill.Planned {
		t.Errorf("four rosters led to %v, all to %v", p.Bill.Planned, whole.Bill.Planned)
	}
	if !p.Kept && p.Targets[0].Sure >= 0.975 {
		t.Errorf("a roster that is sure is not kept: %+v", p.Targets[0])
	}
	stop()
	if _, err := Find(ctx, question(t, day(), three...)); err == nil {
		t.Error("nothing was found, and nothing is said")
	}
}

// Short shifts would do for the peak; only so many of them may be worked by part-timers.
func TestPartTimersAreBounded(t *testing.T) {
	t.Parallel()
	short := shift("short", 10, 14, 8)
	short.Part = true
	candidates := append([]roster.Candidate{short}, three...)
	free := headsOf(find(t, question(t, day(), candidates...)))
	q := question(t, day(), candidates...)
	q.Limits = []roster.Limit{{Part: 0.1}}
	p := find(t, q)
	bound, all := headsOf(p), 0
	for _, n := range bound {
		all += n
	}
	if !p.Kept || float64(bound["short"]) > 0.1*float64(all) {
		t.Errorf("kept %v: %v", p.Kept, bound)
	}
	if free["short"] <= bound["short"] {
		t.Errorf("without a bound %v, with it %v", free, bound)
	}
}

func TestQuestionsWithoutSense(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(q *Question){
		"no shifts":    func(q *Question) { q.Candidates = nil },
		"no target":    func(q *Question) { q.Targets = nil },
		"sure of all":  func(q *Question) { q.Wish.Confidence = 1 },
		"fails always": func(q *Question) { q.Wish.Fails = 0.9 },
		"budget alone": func(q *Question) { q.Targets, q.Wish.Budget = nil, 100 },
		"no such way":  func(q *Question) { q.Wish.Method = "magic" },
		"not measured": func(q *Question) { q.Targets[0].Measure = "breach_rate(resolution)" },
		"one trial":    func(q *Question) { q.Trials = 1 },
		"out of reach": func(q *Question) { q.Candidates[0].Shift.Days = [7]bool{time.Saturday: true} },
	} {
		q := question(t, day(), shift("early", 8, 14, 8))
		change(&q)
		_, err := Find(context.Background(), q)
		var problem *Problem
		if !errors.As(err, &problem) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// experimentOf simulates heads as the search does.
func experimentOf(f *finder, heads []int) (*outcome.Experiment, error) {
	t, err := f.simulate(context.Background(), heads, f.seed, f.q.Trials, false)
	if err != nil {
		return nil, err
	}
	return t.outcome, nil
}

// Heads that answer all calls but let the mail pile up, which nobody has asked about, are too few.
func TestWorkThatPilesUpIsNotLeftUndone(t *testing.T) {
	t.Parallel()
	s := day()
	s.Time.Length = 4 * 24 * time.Hour
	s.Names.Channels = []string{"phone", "mail"}
	s.Channels = append(s.Channels, work.Channel{Name: "mail", Concurrency: 1})
	mail := s.Streams[0]
	mail.Name, mail.Channel, mail.Volume.Count = "mails", 1, 700
	s.Streams = append(s.Streams, mail)
	s.SLA.Policies[0].Match.Channels = []ticket.Channel{0}
	s.Routing.Order = model.EarliestDue // what is promised goes first
	q := question(t, s, three...)
	q.Trials, q.Proof = 8, 20
	alone := *s
	alone.Streams = s.Streams[:1]
	calls := question(t, &alone, three...)
	calls.Trials = 8
	few, f := found(t, calls).best, found(t, q)
	if !few.kept(0) || !f.best.kept(0) {
		t.Fatal("nothing keeps the target")
	}
	one, err := f.simulate(context.Background(), few.heads, f.seed, q.Trials, false)
	if err != nil {
		t.Fatal(err)
	}
	if !grows(one.outcome) || one.excess < tooFew || few.pay >= f.best.pay {
		t.Errorf("heads for calls alone cost %v (%v with mail): %v", few.pay, f.best.pay, one.outcome.Warnings)
	}
	// Even where nothing else is missed.
	again := &tried{heads: f.best.heads, pay: f.best.pay}
	if again.outcome, err = experimentOf(f, f.best.heads); err != nil {
		t.Fatal(err)
	}
	again.outcome.Warnings = append(again.outcome.Warnings, outcome.Warning{Kind: outcome.QueueGrows})
	if err := f.judge(again); err != nil || again.excess != tooFew || again.better(f.best, 0) {
		t.Errorf("a queue that grows is taken for %v, %v", again.excess, err)
	}
	p := find(t, q)
	if !p.Kept || slices.ContainsFunc(p.Warnings, func(w outcome.Warning) bool { return w.Kind == outcome.QueueGrows }) {
		t.Errorf("kept %v, %v", p.Kept, p.Warnings)
	}
}
