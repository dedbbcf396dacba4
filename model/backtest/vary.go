package backtest

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/work"
)

// Vary is a scenario with what a history leaves open drawn at random: where the volumes stand and how they go on from week to
// week (counts.Level), how soon tickets are solved and what they are about, likewise; growth, handle times and reply delays times a lognormal factor with the width
// of their interval, and shares that solve, are handed off, come back or never answer, on the logistic scale. Shapes of days and weeks, families
// of laws and who is at work stay as they were fitted.
func Vary(f *fit.Fitted, s *model.Scenario, draw dist.Source) *model.Scenario {
	out := copied(s)
	for i := range out.Streams {
		volume(&out.Streams[i], &f.Streams[i], s, draw)
		mix(f, &out.Streams[i], &f.Streams[i], weeks(s), draw)
	}
	sooner := 0.
	if f.Pace != nil {
		path := f.Pace.Ahead(weeks(s), uniform(draw), func() float64 { return normal(draw) })
		for _, x := range path {
			sooner += x / float64(len(path))
		}
	}
	for i, x := range f.Issues() {
		k, issue := &f.Kinds[x.Kind], &out.Issues[i]
		if k.Handle != nil && !k.Handle.Stated {
			issue.Handle = issue.Handle.Scale(factor(k.Handle.Mean, draw))
		}
		issue.SolvedAtFirst = shifted(another(issue.SolvedAtFirst, k.FirstSolves.Estimate, draw), sooner)
		issue.SolvedLater = another(issue.SolvedLater, k.LaterSolves.Estimate, draw)
		if k.Reply != nil && k.Reply.After != nil {
			issue.Reply.Never = another(issue.Reply.Never, k.Reply.Never.Estimate, draw)
			issue.Reply.After = issue.Reply.After.Scale(factor(k.Reply.After.Median, draw))
		}
		vary(issue, k, draw)
		handOffs(issue, k, draw)
		hasten(issue, sooner)
		if k.Reopen != nil {
			issue.Reopen.Share = another(issue.Reopen.Share, k.Reopen.Share.Estimate, draw)
		}
	}
	return out
}

// weeks is how many a scenario has, begun ones included.
func weeks(s *model.Scenario) int { return int((s.Time.Length + week - 1) / week) }

const week = 7 * 24 * time.Hour

// volume draws what a stream brings.
func volume(st *demand.Stream, known *fit.Stream, s *model.Scenario, draw dist.Source) {
	if g := known.Growth; known.Grows && g.Low > -1 {
		wide := g.Estimate
		wide.Value, wide.Low, wide.High = 1+g.Value, 1+g.Low, 1+g.High
		st.Growth = (1+st.Growth)*factor(wide, draw) - 1
	}
	if known.Level == nil || st.Replay != nil {
		st.Volume.Count *= factor(known.Week.Estimate, draw)
		return
	}
	path := known.Level.Ahead(weeks(s), uniform(draw), func() float64 { return normal(draw) })
	first := calendar.DateOf(s.Time.Start)
	special := map[calendar.Date]float64{}
	for _, d := range st.Profile.Special {
		special[d.Date] = d.Weight
	}
	st.Profile.Special = nil
	for k, x := range path {
		for day := range 7 {
			date, weight := first.AddDays(7*k+day), 1.
			if w, ok := special[date]; ok {
				weight = w
				delete(special, date)
			}
			st.Profile.Special = append(st.Profile.Special, demand.SpecialDay{Date: date, Weight: weight * math.Exp(x)})
		}
	}
}

// mix draws what the tickets of a stream are about where that changes from week to week.
func mix(f *fit.Fitted, st *demand.Stream, known *fit.Stream, weeks int, draw dist.Source) {
	if known.Drift == nil || st.Replay != nil {
		return
	}
	by := known.Drift.Ahead(weeks, func() float64 { return uniform(draw) }, func() float64 { return normal(draw) })
	factor := map[int]float64{}
	for at, x := range known.Kinds {
		factor[x.Index] = by[at]
	}
	st.Issues = slices.Clone(st.Issues)
	issues, sum := f.Issues(), 0.
	for i := range st.Issues {
		st.Issues[i].Share *= factor[issues[st.Issues[i].Issue].Kind]
		sum += st.Issues[i].Share
	}
	for i := range st.Issues {
		st.Issues[i].Share /= sum
	}
}

// hasten moves the share of first touches after which a ticket is held, in logits.
func hasten(issue *work.Issue, sooner float64) {
	held := issue.HeldShare(0)
	if held <= 0 || held >= 1 || sooner == 0 {
		return
	}
	by := shifted(held, -sooner) / held
	for i := range issue.Holds {
		if h := &issue.Holds[i]; h.After == work.FirstTouch {
			h.Share *= by
		}
	}
}

// shifted is a share that has moved by so many logits.
func shifted(share, by float64) float64 {
	if by == 0 || share <= 0 || share >= 1 {
		return share
	}
	return min(0.9999, max(0.0001, 1/(1+math.Exp(-math.Log(share/(1-share))-by))))
}

// uniform is a number between 0 and 1.
func uniform(draw dist.Source) float64 { return float64(draw.Uint64()>>11) / (1 << 53) }

// vary draws what a history leaves open about holds. They are laid out as package fitted does: by kind of hold, the
// first touch before later ones.
func vary(issue *work.Issue, k *fit.Kind, draw dist.Source) {
	issue.Holds = slices.Clone(issue.Holds)
	for _, x := range k.Holds {
		if x.Takes == nil {
			continue
		}
		longer, first, later := factor(x.Takes.Mean, draw), factor(x.First.Estimate, draw), factor(x.Later.Estimate, draw)
		for i := range issue.Holds {
			h := &issue.Holds[i]
			if h.Open != x.Aside {
				continue
			}
			h.Takes = h.Takes.Scale(longer)
			if h.After == work.FirstTouch {
				h.Share *= first
			} else {
				h.Share *= later
			}
		}
	}
	for n := range 2 { // what may follow one touch is less than all
		if share := issue.HeldShare(n); share > mostHeld {
			for i := range issue.Holds {
				if h := &issue.Holds[i]; h.After.May(n) {
					h.Share *= mostHeld / share
				}
			}
		}
	}
}

// handOffs draws what a history leaves open about hand-offs, which stand in the order of the fit.
func handOffs(issue *work.Issue, k *fit.Kind, draw dist.Source) {
	issue.HandOffs = slices.Clone(issue.HandOffs)
	sum := 0.
	for i, x := range k.HandOffs {
		h := &issue.HandOffs[i]
		h.Share, h.Handle = another(h.Share, x.Share.Estimate, draw), h.Handle.Scale(factor(x.Handle.Mean, draw))
		sum += h.Share
	}
	for i := range issue.HandOffs {
		issue.HandOffs[i].Share /= max(1, sum/mostHeld)
	}
}

// mostHeld is the largest share of touches that holds may follow.
const mostHeld = 0.99

// normal975 is the 97.5 % quantile of the normal distribution.
const normal975 = 1.959964

// factor is by how much the truth may differ from an estimate.
func factor(e estimate.Estimate, draw dist.Source) float64 {
	z := normal(draw)
	if sd := math.Log(e.High/e.Low) / (2 * normal975); sd > 0 && !math.IsInf(sd, 0) {
		return math.Exp(sd * z)
	}
	return 1 // no interval
}

// another is a share that the truth may be in place of one that was estimated.
func another(share float64, e estimate.Estimate, draw dist.Source) float64 {
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	z := normal(draw)
	sd := (logit(e.High) - logit(e.Low)) / (2 * normal975)
	if !(share > 0 && share < 1 && sd > 0) || math.IsInf(sd, 0) {
		return share
	}
	return min(0.9999, max(0.0001, 1/(1+math.Exp(-logit(share)-sd*z))))
}

// normal is a standard normal number: the logarithm of a lognormal one.
func normal(draw dist.Source) float64 {
	return math.Log(dist.Must(dist.LognormalMedian(1, math.Sqrt(math.Expm1(1)))).Sample(draw))
}
