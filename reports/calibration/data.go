package calibration

import (
	"encoding/json"
	"io"
	"math"

	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/table"
)

// number is a cell for a machine.
func number(x float64) table.Cell { return table.Num(table.Number(x), x) }

// CSV writes the scores in a long table.
func CSV(w io.Writer, r *backtest.Report) error {
	t := &table.Table{Columns: []table.Column{{Head: "arrivals"}, {Head: "measure"}, {Head: "method"}, {Head: "score"}, {Head: "value"}, {Head: "low"}, {Head: "high"}}}
	nan := math.NaN()
	for i := range r.Ways {
		for _, x := range r.Ways[i].Tracks {
			add := func(method, score string, value, low, high float64) {
				t.Add(table.Text(r.Ways[i].Name), table.Text(x.Measure.String()), table.Text(method), table.Text(score), number(value), number(low), number(high))
			}
			for _, c := range x.Coverage {
				add(backtest.Simulation, "days within "+table.Number(100*c.Level)+" %", float64(c.Inside), float64(c.Low), float64(c.High))
				add(backtest.Simulation, "p of so few within "+table.Number(100*c.Level)+" %", c.TooFew, nan, nan)
				add(backtest.Simulation, "p of so many within "+table.Number(100*c.Level)+" %", c.TooMany, nan, nan)
			}
			add(backtest.Simulation, "p of days so high", x.Above, nan, nan)
			add(backtest.Simulation, "p of days so low", x.Below, nan, nan)
			for _, s := range x.Scores {
				add(s.Method, "days", float64(s.Days), nan, nan)
				add(s.Method, "crps", s.CRPS, nan, nan)
				add(s.Method, "wape", s.WAPE, nan, nan)
				add(s.Method, "mase", s.MASE, nan, nan)
				add(s.Method, "bias", s.Bias, nan, nan)
				add(s.Method, "interval score 95 %", s.Interval, nan, nan)
				add(s.Method, "skill of the simulation", s.Skill.Value, s.Skill.Low, s.Skill.High)
			}
		}
	}
	for i := range r.Ways {
		for _, k := range r.Ways[i].Promises {
			add := func(method, score string, value, low, high float64) {
				t.Add(table.Text(r.Ways[i].Name), table.Text(k.Metric.String()+", "+k.Priority), table.Text(method), table.Text(score), number(value), number(low), number(high))
			}
			add("recorded", "clocks", float64(k.Clocks), nan, nan)
			add("recorded", "late, share", k.Share, nan, nan)
			add(backtest.Simulation, "late, share", k.Median, k.Low, k.High)
		}
	}
	return t.WriteCSV(w)
}

// Days writes every day with its forecast.
func Days(w io.Writer, r *backtest.Report) error {
	t := &table.Table{Columns: []table.Column{
		{Head: "arrivals"}, {Head: "measure"}, {Head: "unit"}, {Head: "origin"}, {Head: "day"}, {Head: "observed"}, {Head: "median"},
		{Head: "low_50"}, {Head: "high_50"}, {Head: "low_80"}, {Head: "high_80"}, {Head: "low_95"}, {Head: "high_95"}, {Head: "rank"},
	}}
	for i := range r.Ways {
		for _, x := range r.Ways[i].Tracks {
			for _, d := range x.Days {
				row := []table.Cell{
					table.Text(r.Ways[i].Name), table.Text(x.Measure.String()), table.Text(unit(x.Measure)), table.Text(r.Splits[d.Origin].Test.From.String()),
					table.Text(d.Date.String()), number(d.Observed), number(d.Median),
				}
				for _, b := range d.Bands {
					row = append(row, number(b[0]), number(b[1]))
				}
				t.Add(append(row, number(d.Rank))...)
			}
		}
	}
	return t.WriteCSV(w)
}

// unit is that of a measure, as a word for a machine.
func unit(m backtest.Measure) string {
	switch m.Unit() {
	case outcome.UnitSeconds:
		return "s"
	case outcome.UnitShare:
		return "share"
	}
	return "tickets"
}

// JSON writes the whole report.
func JSON(w io.Writer, r *backtest.Report) error {
	type coverage struct {
		Level   float64 `json:"level"`
		Inside  int     `json:"inside"`
		Of      int     `json:"of"`
		Low     int     `json:"right_model_low"`
		High    int     `json:"right_model_high"`
		TooFew  float64 `json:"p_so_few"`
		TooMany float64 `json:"p_so_many"`
	}
	type entry struct {
		Method   string        `json:"method"`
		Days     int           `json:"days"`
		CRPS     outcome.Float `json:"crps"`
		WAPE     outcome.Float `json:"wape"`
		MASE     outcome.Float `json:"mase"`
		Bias     outcome.Float `json:"bias"`
		Interval outcome.Float `json:"interval_score_95"`
		Skill    outcome.Float `json:"skill"`
		Low      outcome.Float `json:"skill_low"`
		High     outcome.Float `json:"skill_high"`
	}
	type measure struct {
		Arrivals string     `json:"arrivals"`
		Measure  string     `json:"measure"`
		Unit     string     `json:"unit"`
		Finding  string     `json:"finding"`
		Holds    bool       `json:"holds"`
		Coverage []coverage `json:"coverage"`
		Above    float64    `json:"p_so_high"`
		Below    float64    `json:"p_so_low"`
		PIT      []float64  `json:"pit"`
		Scores   []entry    `json:"scores"`
	}
	type promise struct {
		Arrivals string        `json:"arrivals"`
		Metric   string        `json:"metric"`
		Priority string        `json:"priority"`
		Clocks   int           `json:"clocks"`
		Late     int           `json:"late"`
		Share    outcome.Float `json:"late_share"`
		Median   outcome.Float `json:"simulated_late_share"`
		Low      outcome.Float `json:"simulated_low"`
		High     outcome.Float `json:"simulated_high"`
		Finding  string        `json:"finding"`
	}
	var out struct {
		Log          string    `json:"log"`
		Zone         string    `json:"zone"`
		Seed         uint64    `json:"seed"`
		Replications int       `json:"replications"`
		Origins      []origin  `json:"origins"`
		Verdicts     []string  `json:"verdicts"`
		Measures     []measure `json:"measures"`
		Promises     []promise `json:"promises,omitempty"`
		Doubts       []string  `json:"doubts"`
	}
	out.Log, out.Zone, out.Seed, out.Replications, out.Doubts = r.Log, r.Zone, r.Seed, r.Trials, doubts(r)
	for _, s := range r.Splits {
		out.Origins = append(out.Origins, origin{s.Train.From.String(), s.Train.Until.String(), s.Test.From.String(), s.Test.Until.String()})
	}
	for i := range r.Ways {
		out.Verdicts = append(out.Verdicts, Verdict(&r.Ways[i]))
		for j := range r.Ways[i].Promises {
			k := &r.Ways[i].Promises[j]
			out.Promises = append(out.Promises, promise{r.Ways[i].Name, k.Metric.String(), k.Priority, k.Clocks, k.Late,
				outcome.Float(k.Share), outcome.Float(k.Median), outcome.Float(k.Low), outcome.Float(k.High), keeping(k)})
		}
		for _, x := range r.Ways[i].Tracks {
			m := measure{Arrivals: r.Ways[i].Name, Measure: x.Measure.String(), Unit: unit(x.Measure), Finding: finding(x), Holds: x.Holds(), Above: x.Above, Below: x.Below, PIT: x.PIT[:]}
			for _, c := range x.Coverage {
				m.Coverage = append(m.Coverage, coverage(c))
			}
			for _, s := range x.Scores {
				f := func(x float64) outcome.Float { return outcome.Float(x) }
				m.Scores = append(m.Scores, entry{s.Method, s.Days, f(s.CRPS), f(s.WAPE), f(s.MASE), f(s.Bias), f(s.Interval), f(s.Skill.Value), f(s.Skill.Low), f(s.Skill.High)})
			}
			out.Measures = append(out.Measures, m)
		}
	}
	return json.NewEncoder(w).Encode(out)
}

type origin struct {
	TrainFrom  string `json:"train_from"`
	TrainUntil string `json:"train_until"`
	TestFrom   string `json:"test_from"`
	TestUntil  string `json:"test_until"`
}
