package requirement

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/work"
)

// hop is a way from the begin of a touch to the begin of the next later touch.
type hop struct {
	share float64            // of the touches
	wait  float64            // seconds by the clock on the wall, first
	law   dist.Dist          // then a delay, seconds; zero: none
	hours *calendar.Timeline // in whose open time the delay passes
}

// points is into how many parts of equal weight a delay is cut. A part counts by the
// quantile of its middle.
const points = 64

// hops are the ways that lead from a touch to another, where first says which of the
// touches it is. A touch that is handed off to others first is among them.
func hops(issue *work.Issue, first bool, lines []*calendar.Timeline) (list []hop) {
	n, solves := 1, issue.SolvedLater
	if first {
		n, solves = 0, issue.SolvedAtFirst
	}
	handle := issue.Handle.Mean()
	add := func(share, wait float64, law dist.Dist, cal int) {
		if share > 0 {
			list = append(list, hop{share, wait, law, lines[cal]})
		}
	}
	back := issue.Reopen
	rest := 1.
	for k := range issue.HandOffs {
		h := &issue.HandOffs[k]
		if !first && !h.AnyTouch {
			continue
		}
		rest -= h.Share
		if h.Solves {
			add(h.Share*back.Share, handle+h.Handle.Mean(), back.After, 0)
		} else {
			add(h.Share, handle+h.Handle.Mean(), dist.Dist{}, 0)
		}
	}
	rest = max(rest, 0)
	for k := range issue.Holds {
		if h := &issue.Holds[k]; h.After.May(n) {
			add(rest*h.Share, handle, h.Takes, h.Calendar)
		}
	}
	rest *= 1 - issue.HeldShare(n)
	asked := rest * (1 - solves)
	add(rest*solves*back.Share, handle, back.After, 0)
	add(asked*issue.Reply.Never*back.Share, handle+issue.Reply.Close.Seconds(), back.After, 0)
	add(asked*(1-issue.Reply.Never), handle, issue.Reply.After, issue.Reply.Calendar)
	return list
}

// later are the later touches that some first touches lead to, by step. Both lists of
// hops are worked off in the order of time: what comes back within its own step
// counts there, as often as it does.
func later(first []float64, fromFirst, fromLater []hop, step time.Duration) []float64 {
	touches := make([]float64, len(first))
	a, b := newSpread(fromFirst, step), newSpread(fromLater, step)
	for i := range first {
		a.from(i, func(j int, share float64) {
			if j < len(touches) {
				touches[j] += first[i] * share
			}
		})
		if touches[i] == 0 {
			continue
		}
		own := 0.
		b.from(i, func(j int, share float64) {
			if j == i {
				own += share
			}
		})
		// own is below 1, for some tickets are solved: SolvedLater is above 0.
		touches[i] /= 1 - min(own, 1-1e-9)
		b.from(i, func(j int, share float64) {
			if j > i && j < len(touches) {
				touches[j] += touches[i] * share
			}
		})
	}
	return touches
}

// spread says into which steps the hops from a step lead. Those by the wall clock are
// the same from every step.
type spread struct {
	step  time.Duration
	fixed []bin
	timed []timed
}

type bin struct {
	ahead int
	share float64
}

// timed is a hop whose delay passes in the hours of a calendar.
type timed struct {
	hop
	delays []float64 // seconds, of equal weight
}

func newSpread(list []hop, step time.Duration) *spread {
	s := &spread{step: step}
	shares := map[int]float64{}
	for _, h := range list {
		delays := []float64{0}
		if !h.law.IsZero() {
			delays = make([]float64, points)
			for k := range delays {
				delays[k] = h.law.Quantile((float64(k) + 0.5) / points)
			}
		}
		if h.hours != nil && !h.hours.Always() {
			s.timed = append(s.timed, timed{h, delays})
			continue
		}
		for _, d := range delays {
			// From the middle of a step; what is beyond any horizon is cut there.
			ahead := math.Floor(0.5 + min((h.wait+d)/step.Seconds(), beyond))
			shares[int(ahead)] += h.share / float64(len(delays))
		}
	}
	for ahead, share := range shares {
		s.fixed = append(s.fixed, bin{ahead, share})
	}
	slices.SortFunc(s.fixed, func(a, b bin) int { return a.ahead - b.ahead })
	return s
}

// beyond is a number of steps after which nothing is planned.
const beyond = 1e9

// from gives the steps that the hops from a step lead to, the step itself among them.
func (s *spread) from(i int, to func(j int, share float64)) {
	for _, b := range s.fixed {
		to(i+b.ahead, b.share)
	}
	middle := time.Duration(i)*s.step + s.step/2
	for k := range s.timed {
		h := &s.timed[k]
		start := middle + seconds(h.wait)
		for _, d := range h.delays {
			if at, ok := h.hours.Add(start, seconds(d)); ok {
				to(int(at/s.step), h.share/float64(len(h.delays)))
			}
		}
	}
}

// seconds is a duration, cut where none is so long.
func seconds(s float64) time.Duration {
	return time.Duration(min(max(s, 0), longest.Seconds()) * float64(time.Second))
}

const longest = 100 * 365 * 24 * time.Hour
