package collect_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Four hours on shift at 90 % are high, and stay so until they are at 85 % together.
// Hours without anybody on shift are passed over.
func TestHighOccupancy(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(12*hour, 0, hour))
	for i, n := range []desk.Staff{
		{On: 10, Busy: 9}, // for three hours
		{On: 10, Busy: 9},
		{On: 10, Busy: 9},
		{},
		{},
		{On: 10, Busy: 9}, // the fourth hour on shift: the first that is high
		{On: 10, Busy: 9},
		{On: 10, Busy: 7},  // 34 of 40: not above 85 %
		{On: 10, Busy: 10}, // 35 of 40
		{On: 20, Busy: 19}, // 45 of 50
		{On: 20, Busy: 2},  // 38 of 60
	} {
		x.staff(time.Duration(i)*hour, 0, n)
	}
	x.staff(11*hour, 0, desk.Staff{})
	x.end()
	front, back := outcome.Labels{Team: "front"}, outcome.Labels{Team: "back"}
	x.want(outcome.HighOccupancy, front, (10+10+10+20)*3600, (10+10+10+10+20+20)*3600)
	x.want(outcome.LongestHigh, front, 2, 1)
	x.want(outcome.HighOccupancy, back, 0, 0)
	x.want(outcome.BelowBand, front, 2, 9)
	x.want(outcome.InBand, front, 0, 9)
	x.want(outcome.AboveBand, front, 7, 9)
}

// What is opened is what is created or comes back and is not abandoned.
func TestOpenedPerSolved(t *testing.T) {
	t.Parallel()
	s := scenario(9*24*hour, 2*24*hour, hour) // from a Monday; Wednesday to Sunday are measured, and two days more
	x := newTrial(t, s)
	early := x.comes(hour, outage) // in the warm-up
	a := x.comes(50*hour, outage)
	b := x.comes(51*hour, outage)
	x.started(52*hour, a)
	x.replied(53*hour, a, ticket.Solved)
	x.message(60*hour, a)
	x.started(61*hour, a)
	x.replied(62*hour, a, ticket.Solved)
	x.started(63*hour, early)
	x.replied(64*hour, early, ticket.Solved)
	late := x.comes(8*24*hour, outage)
	x.started(8*24*hour+hour, late)
	x.done(9*24*hour, b)
	x.done(9*24*hour, late)
	x.end()
	x.want(outcome.OpenedPerSolved, everything, 4, 3)
	x.want(outcome.OpenedPerSolved, outcome.Labels{Period: "2026-W10"}, 3, 3)
	x.want(outcome.OpenedPerSolved, outcome.Labels{Period: "2026-W11"}, 1, 0)
}

func TestStrainedTimeIsCountedWhereItIsAssumed(t *testing.T) {
	t.Parallel()
	s := scenario(4*hour, hour, hour)
	front := outcome.Labels{Team: "front"}
	if newTrial(t, s).end().has(outcome.Strained, front) {
		t.Error("nothing is assumed, but there is a measure")
	}
	s.Burnout = model.Burnout{Above: 0.8, Over: hour, Handle: 0.1}
	x := newTrial(t, s)
	x.staff(0, 0, desk.Staff{On: 4, Strained: true})
	x.staff(2*hour, 0, desk.Staff{On: 2})
	x.end()
	x.want(outcome.Strained, front, 4*3600e9, 8*3600e9)
}
