package model_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
)

func TestMistakesInSpikes(t *testing.T) {
	spike := func(change func(p *demand.Spike)) func(s *model.Scenario) {
		return func(s *model.Scenario) { // the spike of both streams
			change(&s.Streams[orderMail].Spikes[0])
			change(&s.Streams[liveChat].Spikes[0])
		}
	}
	second := func(p demand.Spike) func(s *model.Scenario) {
		return func(s *model.Scenario) { s.Streams[liveChat].Spikes = append(s.Streams[liveChat].Spikes, p) }
	}
	checkMistakes(t, []mistake{
		{"a factor below 1", spike(func(p *demand.Spike) { p.Factor = 0.5 }),
			[]string{"spikes.black-friday.factor: the factor must be at least 1 and at most 256, it is 0.5"}},
		{"a factor that is not a number", spike(func(p *demand.Spike) { p.Factor = math.NaN() }),
			[]string{"spikes.black-friday.factor: the factor must be at least 1 and at most 256, it is NaN"}},
		{"negative times", spike(func(p *demand.Spike) { p.Rise, p.Hold, p.Fall = -1, -time.Hour, -day }), []string{
			"spikes.black-friday.rise: the rise must not be negative, it is -1ns",
			"spikes.black-friday.hold: the hold must not be negative, it is -1h",
			"spikes.black-friday.fall: the fall must not be negative, it is -1d",
		}},
		{"no duration", spike(func(p *demand.Spike) { p.Rise, p.Hold, p.Fall = 0, 0, 0 }),
			[]string{"spikes.black-friday.hold: rise, hold and fall are all 0s, so the spike does not last"}},
		{"more than a century", spike(func(p *demand.Spike) { p.Hold = 200 * 365 * day }),
			[]string{"spikes.black-friday.hold: the spike lasts for 3h, 73000d and 12h, more than a century"}},
		{"a start after the end", spike(func(p *demand.Spike) { p.Start = 25 * day }),
			[]string{"spikes.black-friday.start: the spike starts at 2026-12-11 00:00, after the scenario has ended at 2026-12-07 00:00"}},
		{"an end before the start", spike(func(p *demand.Spike) { p.Start = -3 * day }),
			[]string{"spikes.black-friday.start: the spike is over at 2026-11-14 09:00, before the scenario starts at 2026-11-16 00:00"}},
		{"handling times below nothing", spike(func(p *demand.Spike) { p.Handle = -1 }),
			[]string{"spikes.black-friday.handle: the change of handling times must be above -100%, it is -100%"}},
		{"two factors at one time", second(demand.Spike{Name: "flash", Factor: 5, Start: 10 * day, Hold: 2 * day, Handle: 0.1}),
			[]string{"demand[chats].spikes: black-friday, with factor 8, and flash, with factor 5, overlap from 2026-11-27 00:00 to 2026-11-28 00:00"}},
		{"two handling times at one time", second(demand.Spike{Name: "flash", Factor: 8, Start: 10 * day, Hold: 2 * day}),
			[]string{"demand[chats].spikes: black-friday, with handling times changed by 10%, and flash, with 0%, overlap from 2026-11-27 00:00 to 2026-11-28 00:00"}},
		{"two factors one after the other are no mistake", second(demand.Spike{Name: "flash", Factor: 5, Start: 9 * day, Hold: 2 * day}), nil},
		{"the same factor at one time is no mistake", second(demand.Spike{Name: "flash", Factor: 8, Start: 10 * day, Hold: 2 * day, Handle: 0.1}), nil},
		{"a factor of 1 within another is no mistake", second(demand.Spike{Name: "off", Factor: 1, Start: 10 * day, Hold: 2 * day, Handle: 0.1}), nil},
		{"the same spike twice", func(s *model.Scenario) { second(s.Streams[liveChat].Spikes[0])(s) },
			[]string{"demand[chats].spikes: spike black-friday is there twice, as number 1 and number 2"}},
		{"a spike of a history", func(s *model.Scenario) { s.Streams[lastYear].Spikes = s.Streams[liveChat].Spikes },
			[]string{"demand[last-year].spikes: the stream replays a history, which the factor 8 of black-friday cannot multiply"}},
	})
}
