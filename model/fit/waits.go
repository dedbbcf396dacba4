package fit

import (
	"maps"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/lives"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

func (h *history) channel(c ticket.Channel) Channel {
	out := Channel{Channel: c}
	w := h.waits[c]
	if w == nil {
		return out
	}
	out.Answered, out.Left = w.Answered, len(w.Patience.Exact)
	out.Live = out.Left > 0
	if out.Live {
		out.Patience = h.judged(&w.Patience)
		out.Curve = survival.KaplanMeier(&w.Patience, h.o.Level)
	}
	out.Wait = h.waited(w)
	return out
}

// waited sums up what tickets waited; nil if none was answered.
func (h *history) waited(all ...*lives.Waits) *WaitSummary {
	var first []float64
	sums, counts := map[int]float64{}, map[int]float64{}
	out := &WaitSummary{}
	for _, w := range all {
		first = append(first, w.First...)
		out.Begins = out.Begins || w.Began > 0
		for day, x := range w.ByDay {
			sums[day] += x[0]
			counts[day] += x[1]
		}
	}
	if len(first) == 0 {
		return nil
	}
	var num, den []float64
	for _, day := range slices.Sorted(maps.Keys(counts)) {
		num, den = append(num, sums[day]), append(den, counts[day])
	}
	slices.Sort(first)
	at := func(p float64) float64 {
		return first[min(len(first)-1, int(math.Ceil(p*float64(len(first))))-1)]
	}
	out.N, out.Mean, out.P50, out.P90 = len(first), estimate.Ratio(num, den, h.o.Level), at(0.5), at(0.9)
	if out.Mean.Low < 0 && !math.IsInf(out.Mean.Low, -1) {
		out.Mean.Low = 0 // few days that differ much reach below nothing, which no wait does
	}
	return out
}
