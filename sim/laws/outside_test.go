package laws_test

import (
	"errors"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/laws"
)

func TestSystemsThatAreSaidToBeDownAreFound(t *testing.T) {
	t.Parallel()
	check(t, []broken{
		{"the desk says that a system is down", laws.Outage, at(staffed, func(e *entry) { e.staff.Down = true })},
		{"the desk says that a team is strained", laws.Strain, at(staffed, func(e *entry) { e.staff.Strained = true })},
	})
}

// A trial at a desk that knows of no outage breaks the law if the scenario has one.
func TestADeskThatDoesNotKnowOfAnOutageIsFound(t *testing.T) {
	t.Parallel()
	w := theDesk(t)
	for _, o := range []model.Outage{
		{Name: "from the start", Teams: []ticket.Team{front}, Until: time.Hour},
		{Name: "by noon", Teams: []ticket.Team{experts}, From: 12*time.Hour + 7*time.Second, Until: 13 * time.Hour},
		{Name: "no calls", Channels: []ticket.Channel{phone}, From: 9 * time.Hour, Until: 15 * time.Hour},
	} {
		s := *w.scenario
		s.Outages = []model.Outage{o}
		l := laws.New(&s, w.sim.Layout())
		w.story().play(l)
		var v *laws.Violation
		if err := l.Err(); !errors.As(err, &v) || v.Law != laws.Outage {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
}

func TestATicketThatIsTakenWhileTheSystemIsDownIsFound(t *testing.T) {
	t.Parallel()
	w := theDesk(t)
	s := *w.scenario
	s.Outages = []model.Outage{{Name: "crm", Teams: []ticket.Team{front}, Until: 20 * time.Hour}}
	l := laws.New(&s, w.sim.Layout())
	told := w.story()
	for i := range told {
		if e := &told[i]; e.of == aTeam && e.team == front {
			e.staff.Down = e.at < 20*time.Hour
		}
	}
	told.play(l)
	var v *laws.Violation
	if err := l.Err(); !errors.As(err, &v) || v.Law != laws.Outage || !v.About {
		t.Error(err)
	}
}

// A trial at a desk that assumes nothing breaks the law if the scenario does, once its
// teams have been under load.
func TestADeskThatDoesNotKnowOfStrainIsFound(t *testing.T) {
	t.Parallel()
	w := theDesk(t)
	s := *w.scenario
	s.Burnout = model.Burnout{Above: 0.2, Over: 2 * time.Hour}
	l := laws.New(&s, w.sim.Layout())
	w.story().play(l)
	var v *laws.Violation
	if err := l.Err(); !errors.As(err, &v) || v.Law != laws.Strain || v.At < 2*time.Hour {
		t.Error(err)
	}
}

// What is left behind must say of everybody who met a bot or an outage what became of him.
func TestCountsOfContactsThatDoNotAddUpAreFound(t *testing.T) {
	t.Parallel()
	s := small()
	s.Deflection = []model.Deflection{{Name: "bot", Contains: 0.5}}
	s.Outages = []model.Outage{{Name: "cable", Channels: []ticket.Channel{phone}, From: 9 * time.Hour, Until: 15 * time.Hour}}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	c := simulation.Catalog()
	for _, name := range []string{outcome.BotContacts, outcome.Containment, outcome.Deflected, outcome.OutageContacts, outcome.OutageLost} {
		for _, change := range []float64{0, 1} {
			run, l := c.NewRun(), laws.New(s, simulation.Layout())
			simulation.Worker().Run(1, 0, run, desk.Observer(l))
			for i := range c.Measures {
				if c.Measures[i].Name == name {
					run.Num[i] += change
				}
			}
			var v *laws.Violation
			err := l.Check(c, run)
			if change == 0 && err != nil || change > 0 && (!errors.As(err, &v) || v.Law != laws.Tally) {
				t.Errorf("%s and %v more: %v", name, change, err)
			}
		}
	}
}
