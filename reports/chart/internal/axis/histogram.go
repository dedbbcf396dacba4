package axis

import "math"

// Bin is a bar of a histogram: a share of the trials.
type Bin struct {
	From, To, Share float64
	Beside          bool // drawn to the left of From, beside a bin that starts there
}

// Histogram makes bins of sorted values. Amounts that come in few sizes, as
// credits in steps do, have a bar each; else the axis is cut into about thirty
// bins, and zero, which is a case of its own, has a bar of no width.
func Histogram(values []float64, ruled Values) []Bin {
	n := float64(len(values))
	var single []Bin
	for _, v := range values {
		if len(single) > 0 && single[len(single)-1].From == v {
			single[len(single)-1].Share += 1 / n
		} else {
			single = append(single, Bin{From: v, To: v, Share: 1 / n})
		}
	}
	closest := math.Inf(1)
	for i := 1; i < len(single); i++ {
		closest = math.Min(closest, single[i].From-single[i-1].From)
	}
	span := ruled.High() - ruled.Low()
	if len(single) <= 24 && closest >= span/40 {
		return single
	}
	step := ruled.Ticks[1] - ruled.Ticks[0]
	cut := math.Max(1, math.Round(step*30/span))
	width := step / cut
	bins := make([]Bin, int(math.Round(span/width)))
	for i := range bins {
		bins[i] = Bin{From: ruled.Low() + float64(i)*width, To: ruled.Low() + float64(i+1)*width}
	}
	zero := Bin{Beside: true}
	for _, v := range values {
		if v == 0 {
			zero.Share += 1 / n
			continue
		}
		i := math.Min(math.Max((v-ruled.Low())/width, 0), float64(len(bins)-1)) // before it is an int: that may be too small for it
		bins[int(i)].Share += 1 / n
	}
	if zero.Share > 0 {
		bins = append(bins, zero)
	}
	return bins
}
