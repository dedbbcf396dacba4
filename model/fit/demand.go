package fit

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/ticket"
)

// daily is the tickets of one stream, counted.
type daily struct {
	days    []calendar.Day
	counts  []float64     // by day
	hours   [][24]float64 // by day and hour on the clock
	special []bool        // days that do not belong to the rest
	mean    []float64     // by day, of ordinary ones like it, fitted
	phi     float64       // squared coefficient of variation of a day
}

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
		if f.Ahead, err = calendar.Holidays(h.o.Country, f.Until.AddDays(1), f.Until.AddDays(daysOfYear)); err != nil {
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
	var all []*daily
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
func (h *history) count(tickets [][]ticket.Event) *daily {
	n := len(h.days)
	d := &daily{days: h.days, counts: make([]float64, n), hours: make([][24]float64, n), special: make([]bool, n)}
	zone := h.log.Axis.Origin.Location()
	i := 0
	for _, events := range tickets {
		at := events[0].At
		for i+1 < n && at >= h.days[i].End {
			i++
		}
		d.counts[i]++
		d.hours[i][h.log.Axis.At(at).In(zone).Hour()]++
	}
	return d
}

// mix is what the tickets of a stream are about and who writes them.
func (h *history) mix(f *Fitted, st *Stream, tickets [][]ticket.Event) {
	kinds, tiers := map[int]int{}, map[int]int{}
	for _, events := range tickets {
		kinds[f.KindOf(events[0].Class)]++
		tiers[int(events[0].Class.Tier)]++
	}
	st.Kinds, st.Tiers = h.shares(kinds, len(tickets)), h.shares(tiers, len(tickets))
}

func (h *history) shares(counts map[int]int, total int) []Share {
	var list []Share
	for i, n := range counts {
		list = append(list, Share{i, h.share(n, total, "tickets")})
	}
	slices.SortFunc(list, func(a, b Share) int { return a.Index - b.Index })
	return list
}

// ownShape is how many tickets a stream has a shape, a trend and a busyness of its own by; with fewer what chance does
// would be taken for them. The largest stream has what there is.
const ownShape = 100

// sparse is a stream of so few tickets that only their number is known. Its days and hours are those of
// the largest stream; nil for none, and a flat week.
func (h *history) sparse(st, largest *Stream, d *daily) {
	weeks := float64(len(d.days)) / 7
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
	d.mean = make([]float64, len(d.days))
	for i, day := range d.days {
		d.mean[i] = float64(st.Tickets) / float64(len(d.days)) * st.Days[day.Date.Weekday()].Value
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

// The shortest history whose trend is taken for growth, and the shortest in which it is
// looked for.
const (
	growthDays     = 180
	fewestForTrend = 28
	daysOfYear     = 365
)

// stream fits the demand of one stream.
func (h *history) stream(st *Stream, d *daily, holidays map[calendar.Date]bool) {
	d.findSpecial(holidays)
	drop := distuv.ChiSquared{K: 1}.Quantile(h.o.Level) / 2
	x := design{trend: true}
	st.Growth = h.unknown(0, "days")
	if r := d.regression(x); r != nil {
		d.phi, _, _ = r.dispersion(drop)
		r.fit(d.phi)
		if x.months = len(d.days) >= FewestForSeason && d.seasonal(r, x, drop); x.months {
			r = d.regression(x)
			d.phi, _, _ = r.dispersion(drop)
			r.fit(d.phi)
		}
		st.Growth = h.growth(r, len(d.weekdays()))
		st.Grows = len(d.days) >= growthDays && (st.Growth.Low > 0 || st.Growth.High < 0)
	}
	x.trend = st.Grows
	r := d.regression(x)
	phi, low, high := r.dispersion(drop)
	r.fit(phi)
	d.phi = phi
	st.Busyness = Parameter{estimate.Estimate{Value: math.Sqrt(phi), Low: math.Sqrt(low), High: math.Sqrt(high),
		Level: h.o.Level, N: len(r.y)}, Profiled, "days"}
	h.week(st, d, r)
	if st.Seasonal = x.months; st.Seasonal {
		h.season(st, r)
	}
	d.expect(r, x)
	h.shape(st, d)
	h.special(st, d, holidays)
	h.spikes(st, d)
}

// weekdays lists the weekdays on which anything came, apart from special days.
func (d *daily) weekdays() (list []int) {
	var total [7]float64
	for i, day := range d.days {
		if !d.special[i] {
			total[day.Date.Weekday()] += d.counts[i]
		}
	}
	for w, n := range total {
		if n > 0 {
			list = append(list, w)
		}
	}
	return list
}

// design is what the counts of days may depend on, beside a level for each weekday.
type design struct {
	trend  bool // in years, 0 on the day after the history
	months bool // of the year
}

// regression is that of the ordinary days; nil if the history is too short for a trend that is asked for.
func (d *daily) regression(x design) *regression {
	if x.trend && len(d.days) < fewestForTrend {
		return nil
	}
	r := &regression{}
	weekdays := d.weekdays()
	for i, day := range d.days {
		at := slices.Index(weekdays, int(day.Date.Weekday()))
		if d.special[i] || at < 0 {
			continue
		}
		r.y = append(r.y, d.counts[i])
		r.x = append(r.x, d.row(i, at, len(weekdays), x))
	}
	return r
}

// years is how long before the day after the history a day lies, as a negative number.
func (d *daily) years(i int) float64 { return float64(i-len(d.days)) / daysOfYear }

// row is that of a day. Months are told apart so that the logarithms of their factors add up to 0: December
// is what the others leave.
func (d *daily) row(i, weekday, of int, x design) []float64 {
	row := make([]float64, of, of+1+months)
	row[weekday] = 1
	if x.trend {
		row = append(row, d.years(i))
	}
	if x.months {
		var m [months]float64
		if month := d.days[i].Date.Month; month == time.December {
			for k := range m {
				m[k] = -1
			}
		} else {
			m[month-1] = 1
		}
		row = append(row, m[:]...)
	}
	return row
}

func (h *history) growth(r *regression, k int) Parameter {
	half := student(len(r.y)-len(r.beta), h.o.Level) * math.Sqrt(r.cov.At(k, k))
	e := estimate.Estimate{Value: math.Expm1(r.beta[k]), Low: math.Expm1(r.beta[k] - half), High: math.Expm1(r.beta[k] + half), Level: h.o.Level, N: len(r.y)}
	return Parameter{e, Quasi, "days"}
}

func student(df int, level float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(max(df, 1))}.Quantile((1 + level) / 2)
}

// week is the volume of a week, and the weights of its days.
func (h *history) week(st *Stream, d *daily, r *regression) {
	weekdays := d.weekdays()
	var rates [7]float64
	sum := 0.
	for i, w := range weekdays {
		rates[w] = math.Exp(r.beta[i])
		sum += rates[w]
	}
	t := student(len(r.y)-len(r.beta), h.o.Level)
	// The logarithm of the sum has gradient rate/sum; that of a weight, 1 − rate/sum for its own.
	variance := func(gradient func(i int) float64) float64 {
		v := 0.
		for i := range weekdays {
			for j := range weekdays {
				v += gradient(i) * gradient(j) * r.cov.At(i, j)
			}
		}
		return v
	}
	se := math.Sqrt(variance(func(i int) float64 { return rates[weekdays[i]] / sum }))
	st.Week = h.around(sum, t*se, len(r.y))
	for w := range st.Days {
		at := slices.Index(weekdays, w)
		if at < 0 {
			p := h.poisson(0, max(1, sum/7*float64(len(d.days))/7))
			p.Of, p.N = "days", len(d.days)/7
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
		st.Days[w] = h.around(7*rates[w]/sum, t*se, len(r.y))
	}
}

// around is an interval that is symmetric on the logarithmic scale.
func (h *history) around(value, half float64, n int) Parameter {
	return Parameter{estimate.Estimate{Value: value, Low: value * math.Exp(-half), High: value * math.Exp(half), Level: h.o.Level, N: n}, Quasi, "days"}
}

// expect works out what every day would bring if it were ordinary.
func (d *daily) expect(r *regression, x design) {
	weekdays := d.weekdays()
	d.mean = make([]float64, len(d.days))
	for i, day := range d.days {
		at := slices.Index(weekdays, int(day.Date.Weekday()))
		if at < 0 {
			continue
		}
		eta := 0.
		for a, xa := range d.row(i, at, len(weekdays), x) {
			eta += xa * r.beta[a]
		}
		d.mean[i] = math.Exp(eta)
	}
}
