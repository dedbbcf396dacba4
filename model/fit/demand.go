package fit

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/ticket"
)

// demand fits the streams.
func (h *history) demand(f *Fitted) error {
	holidays := map[calendar.Date]bool{}
	if h.o.Country != "" {
		list, err := calendar.Holidays(h.o.Country, f.From, f.Until)
		if err != nil {
			return &DataError{Text: err.Error()}
		}
		for _, d := range list {
			holidays[d] = true
		}
		if f.Ahead, err = calendar.Holidays(h.o.Country, f.Until.AddDays(1), f.Until.AddDays(counts.DaysOfYear)); err != nil {
			return err
		}
	}
	byChannel := map[ticket.Channel][][]ticket.Event{}
	for _, events := range h.tickets {
		c := events[0].Class.Channel
		byChannel[c] = append(byChannel[c], events)
	}
	var channels []ticket.Channel
	for c := range byChannel {
		channels = append(channels, c)
	}
	slices.SortFunc(channels, func(a, b ticket.Channel) int {
		if d := len(byChannel[b]) - len(byChannel[a]); d != 0 {
			return d
		}
		return int(a) - int(b)
	})
	var all []*counts.Daily
	for _, c := range channels {
		d := h.count(byChannel[c])
		st := Stream{Name: h.log.Names.Channels[c], Channel: c, Tickets: len(byChannel[c])}
		h.mix(f, &st, byChannel[c])
		switch {
		case len(f.Streams) > 0 && st.Tickets < ownShape:
			h.sparse(&st, &f.Streams[0], d)
		case st.Tickets < fewestTickets:
			h.sparse(&st, nil, d)
		default:
			h.stream(&st, d, holidays)
		}
		f.Streams = append(f.Streams, st)
		all = append(all, d)
	}
	f.Together = h.together(all)
	h.shareBusyness(f)
	return nil
}

// count sorts tickets into days and hours.
func (h *history) count(tickets [][]ticket.Event) *counts.Daily {
	n := len(h.days)
	d := &counts.Daily{Days: h.days, Counts: make([]float64, n), Hours: make([][24]float64, n), Special: make([]bool, n)}
	zone := h.log.Axis.Origin.Location()
	i := 0
	for _, events := range tickets {
		at := events[0].At
		for i+1 < n && at >= h.days[i].End {
			i++
		}
		d.Counts[i]++
		d.Hours[i][h.log.Axis.At(at).In(zone).Hour()]++
	}
	return d
}

// ownShape is how many tickets a stream has a shape, a trend and a busyness of its own by; with fewer what chance does
// would be taken for them. The largest stream has what there is.
const ownShape = 100

// sparse is a stream of so few tickets that only their number is known. Its days and hours are those of
// the largest stream; nil for none, and a flat week.
func (h *history) sparse(st, largest *Stream, d *counts.Daily) {
	weeks := float64(len(d.Days)) / 7
	st.Week = h.poisson(float64(st.Tickets), weeks)
	flat := h.unknown(1, "tickets")
	for w := range 7 {
		st.Days[w] = flat
		for hour := range 24 {
			st.Hours[hour], st.Cells[w][hour] = flat, Cell{Parameter: flat, Raw: 1}
		}
		st.Shrink[w] = math.Inf(1)
	}
	st.OneShape = true
	if largest != nil {
		st.Like = largest.Name
		st.Days, st.Hours, st.Cells, st.OneShape, st.Shrink = largest.Days, largest.Hours, largest.Cells, largest.OneShape, largest.Shrink
	}
	st.Growth, st.Busyness, st.Holiday = h.unknown(0, "days"), h.unknown(0, "days"), h.unknown(1, "public holidays")
	st.Bridge, st.Wander = h.unknown(1, bridges), h.unknown(0, "weeks")
	d.Mean = make([]float64, len(d.Days))
	for i, day := range d.Days {
		d.Mean[i] = float64(st.Tickets) / float64(len(d.Days)) * st.Days[day.Date.Weekday()].Value
	}
}

// poisson is the exact interval of a rate (Garwood 1936).
func (h *history) poisson(n, over float64) Parameter {
	e := estimate.Estimate{Value: n / over, Level: h.o.Level, N: int(n)}
	tail := (1 - h.o.Level) / 2
	if n > 0 {
		e.Low = distuv.Gamma{Alpha: n, Beta: 1}.Quantile(tail) / over
	}
	e.High = distuv.Gamma{Alpha: n + 1, Beta: 1}.Quantile(1-tail) / over
	return Parameter{e, Exact, "tickets"}
}

// unknown is a value that nothing is known about.
func (h *history) unknown(value float64, of string) Parameter {
	return Parameter{estimate.Estimate{Value: value, Low: math.NaN(), High: math.NaN(), Level: h.o.Level,
		Warnings: []estimate.Warning{estimate.NoInterval}}, Assumed, of}
}

// growthDays is the shortest history whose trend is taken for growth.
const growthDays = 180

// stream fits the demand of one stream.
func (h *history) stream(st *Stream, d *counts.Daily, holidays map[calendar.Date]bool) {
	d.FindSpecial(holidays)
	drop := distuv.ChiSquared{K: 1}.Quantile(h.o.Level) / 2
	x := counts.Design{Trend: true}
	st.Growth = h.unknown(0, "days")
	if r := d.Regression(x); r != nil {
		d.Phi, _, _ = r.Dispersion(drop)
		r.Fit(d.Phi)
		if x.Months = len(d.Days) >= FewestForSeason && d.Seasonal(r, x, drop); x.Months {
			r = d.Regression(x)
			d.Phi, _, _ = r.Dispersion(drop)
			r.Fit(d.Phi)
		}
		st.Growth = h.growth(r, len(d.Weekdays()))
		st.Grows = len(d.Days) >= growthDays && (st.Growth.Low > 0 || st.Growth.High < 0)
	}
	x.Trend = st.Grows
	r := d.Regression(x)
	phi, low, high := r.Dispersion(drop)
	r.Fit(phi)
	d.Phi = phi
	st.Busyness = Parameter{estimate.Estimate{Value: math.Sqrt(phi), Low: math.Sqrt(low), High: math.Sqrt(high),
		Level: h.o.Level, N: len(r.Y)}, Profiled, "days"}
	h.week(st, d, r)
	if st.Seasonal = x.Months; st.Seasonal {
		h.season(st, r)
	}
	d.Expect(r, x)
	h.wander(st, d)
	h.shape(st, d)
	h.special(st, d, holidays)
	h.spikes(st, d)
}

// wander is how the level of the stream moves from week to week.
func (h *history) wander(st *Stream, d *counts.Daily) {
	st.Wander = h.unknown(0, "weeks")
	if st.Level = d.Level(); st.Level == nil {
		return
	}
	sd, low, high, n := st.Level.Deviation(h.o.Level)
	st.Wander = Parameter{estimate.Estimate{Value: sd, Low: low, High: high, Level: h.o.Level, N: n}, LocalLevel, "weeks"}
}

func (h *history) growth(r *counts.Regression, k int) Parameter {
	half := student(len(r.Y)-len(r.Beta), h.o.Level) * math.Sqrt(r.Cov.At(k, k))
	e := estimate.Estimate{Value: math.Expm1(r.Beta[k]), Low: math.Expm1(r.Beta[k] - half), High: math.Expm1(r.Beta[k] + half), Level: h.o.Level, N: len(r.Y)}
	return Parameter{e, Quasi, "days"}
}

func student(df int, level float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(max(df, 1))}.Quantile((1 + level) / 2)
}

// Week is the volume of a week, and the weights of its days.
func (h *history) week(st *Stream, d *counts.Daily, r *counts.Regression) {
	weekdays := d.Weekdays()
	var rates [7]float64
	sum := 0.
	for i, w := range weekdays {
		rates[w] = math.Exp(r.Beta[i])
		sum += rates[w]
	}
	t := student(len(r.Y)-len(r.Beta), h.o.Level)
	// The logarithm of the sum has gradient rate/sum; that of a weight, 1 − rate/sum for its own.
	variance := func(gradient func(i int) float64) float64 {
		v := 0.
		for i := range weekdays {
			for j := range weekdays {
				v += gradient(i) * gradient(j) * r.Cov.At(i, j)
			}
		}
		return v
	}
	se := math.Sqrt(variance(func(i int) float64 { return rates[weekdays[i]] / sum }))
	st.Week = h.around(sum, t*se, len(r.Y))
	for w := range st.Days {
		at := slices.Index(weekdays, w)
		if at < 0 {
			p := h.poisson(0, max(1, sum/7*float64(len(d.Days))/7))
			p.Of, p.N = "days", len(d.Days)/7
			st.Days[w] = p
			continue
		}
		se := math.Sqrt(variance(func(i int) float64 {
			own := 0.
			if i == at {
				own = 1
			}
			return own - rates[weekdays[i]]/sum
		}))
		st.Days[w] = h.around(7*rates[w]/sum, t*se, len(r.Y))
	}
}

// around is an interval that is symmetric on the logarithmic scale.
func (h *history) around(value, half float64, n int) Parameter {
	return Parameter{estimate.Estimate{Value: value, Low: value * math.Exp(-half), High: value * math.Exp(half), Level: h.o.Level, N: n}, Quasi, "days"}
}
