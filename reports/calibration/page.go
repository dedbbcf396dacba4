package calibration

import (
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// Page writes the report as one page with pictures.
func Page(w io.Writer, r *backtest.Report) error {
	p := &html.Page{Title: "Can this desk be forecast?", Head: head(r), Birth: born(r)}
	for i := range r.Ways {
		way := &r.Ways[i]
		v := html.Verdict{Name: capital(way.Name), Sentence: Verdict(way)}
		if i == len(r.Ways)-1 {
			v.Doubts = doubts(r)
		}
		p.Verdicts = append(p.Verdicts, v)
	}
	p.Sections = []html.Section{
		section(r, "Do the intervals hold?", "On how many days what came lies within its interval. Days hang together, so a right model misses some more or fewer: the range is what 95 of 100 logs of a right model would show.",
			func(way *backtest.Way) []html.Block {
				return []html.Block{html.Table{Table: Coverage(way)}, reliability(way), pit(way)}
			}),
		section(r, "Day by day", "What came, on top of what was forecast without having seen it.", func(way *backtest.Way) (blocks []html.Block) {
			for _, t := range way.Tracks {
				blocks = append(blocks, daily(r, way, t))
			}
			return blocks
		}),
		section(r, "What was promised", "An audit of the days that were held back beside one of the simulated days: of the clocks of each promise, how many were late.",
			func(way *backtest.Way) (blocks []html.Block) {
				if t := Promises(way); len(t.Rows) > 0 {
					blocks = append(blocks, html.Table{Table: t})
				}
				return blocks
			}),
		section(r, "Against simpler ways", explained, func(way *backtest.Way) []html.Block {
			return append(contest(way), html.Table{Table: Methods(way)})
		}),
	}
	p.Sections = slices.DeleteFunc(p.Sections, func(s html.Section) bool { return len(s.Blocks) == 0 })
	return html.Write(w, p)
}

// section shows each way to forecast under a heading of its own.
func section(r *backtest.Report, title, text string, fill func(*backtest.Way) []html.Block) html.Section {
	s := html.Section{Title: title, Text: text}
	for i := range r.Ways {
		if way := &r.Ways[i]; len(way.Tracks) > 0 {
			if blocks := fill(way); len(blocks) > 0 {
				s.Blocks = append(append(s.Blocks, html.Heading(capital(way.Name)+": "+way.Text)), blocks...)
			}
		}
	}
	return s
}

func capital(s string) string { return string(s[0]-'a'+'A') + s[1:] }

func born(r *backtest.Report) []html.Fact {
	facts := []html.Fact{{Name: "Log", Value: format.Clean(r.Log)}, {Name: "Zone", Value: r.Zone}}
	for _, s := range r.Splits {
		facts = append(facts, html.Fact{Name: "Origin", Value: fmt.Sprintf("fitted to %v–%v, forecast %v–%v", s.Train.From, s.Train.Until, s.Test.From, s.Test.Until)})
	}
	return append(facts, html.Fact{Name: "Replications of each origin", Value: format.Count(float64(r.Trials))},
		html.Fact{Name: "Drawn for each", Value: "chance; where volumes stand and how they go on from week to week, how soon tickets are solved likewise, handle times, reply delays and shares within their intervals. Not drawn: who is at work, shapes of days and weeks, families of laws"},
		html.Fact{Name: "Seed", Value: fmt.Sprint(r.Seed)}, html.Fact{Name: "Made by", Value: r.Tool})
}

// daily is a measure day by day.
func daily(r *backtest.Report, way *backtest.Way, t *backtest.Track) html.Block {
	zone, err := time.LoadLocation(r.Zone)
	if err != nil {
		zone = time.UTC
	}
	first, last := r.Splits[0].Test.From, r.Splits[len(r.Splits)-1].Test.Until
	n := backtest.Window{From: first, Until: last}.Days()
	blank := func() []outcome.Float {
		list := make([]outcome.Float, n)
		for i := range list {
			list[i] = outcome.Float(math.NaN())
		}
		return list
	}
	came := html.Line{Name: "what came", Values: blank()}
	forecast := html.Line{Name: "forecast, median", Values: blank(), Low: blank(), High: blank(), Band: "95" + format.Thin + "% of the trials"}
	unit, scale := t.Measure.Unit(), 1.
	if unit == outcome.UnitSeconds {
		unit, scale = outcome.UnitHours, 3600 // an axis has one unit
	}
	for _, d := range t.Days {
		i := backtest.Window{From: first, Until: d.Date}.Days() - 1
		band := d.Bands[len(d.Bands)-1]
		came.Values[i], forecast.Values[i] = outcome.Float(d.Observed/scale), outcome.Float(d.Median/scale)
		forecast.Low[i], forecast.High[i] = outcome.Float(band[0]/scale), outcome.Float(band[1]/scale)
	}
	chart := &html.Timeline{
		Title:   capitalised(t.Measure.String()) + ", with " + way.Name + ": " + finding(t),
		Caption: describe(t),
		Start:   first.At(0, zone), Interval: 24 * time.Hour, Unit: unit, Lines: []html.Line{forecast, came},
	}
	for _, s := range r.Splits[1:] {
		at := s.Test.From.At(0, zone).Sub(chart.Start)
		chart.Windows = append(chart.Windows, html.Window{Name: "fitted anew", From: at, To: at})
	}
	return chart
}

func capitalised(s string) string {
	if s == "" {
		return s
	}
	return capital(s)
}

// describe says how many days lie where.
func describe(t *backtest.Track) string {
	c := widest(t)
	return fmt.Sprintf("%d of %s lie within the band; under a right model it would be %d to %d. One value for each day; waits are of the tickets that came on it.",
		c.Inside, format.Plural(c.Of, "day", "days"), c.Low, c.High)
}

// reliability is how many days lie within intervals of every level.
func reliability(way *backtest.Way) html.Block {
	c := &html.Curves{
		Title:   "Calibration, with " + way.Name,
		Caption: "The share of days within the middle intervals of the trials. On the line from corner to corner the intervals keep what they promise; below it they are too narrow, above it wider than need be.",
		X:       html.Axis{Name: "promised", Unit: "%"}, Y: html.Axis{Name: "days within them", Unit: "%"},
	}
	if n := len(way.Tracks); n > mostCurves {
		c.Caption += fmt.Sprintf(" Shown are the first %d of %d measures; the table above has all.", mostCurves, n)
	}
	for _, t := range pick(way) {
		curve := html.Curve{Name: t.Measure.String()}
		for p := 0; p <= 100; p += 5 {
			in := 0
			for _, d := range t.Days {
				if math.Abs(d.Rank-0.5) <= float64(p)/200 {
					in++
				}
			}
			curve.Points = append(curve.Points, point(float64(p), 100*float64(in)/float64(len(t.Days))))
		}
		c.Curves = append(c.Curves, curve)
	}
	line := html.Curve{Name: "as promised", Plain: true}
	for _, p := range []float64{0, 100} {
		line.Points = append(line.Points, point(p, p))
	}
	c.Curves = append(c.Curves, line)
	return c
}

// point is one in per cent of both.
func point(x, y float64) html.Point {
	return html.Point{X: x, Y: y, Low: math.NaN(), High: math.NaN(), XText: percent(x / 100), Text: percent(y / 100)}
}

// mostCurves is how many measures a picture has room for.
const mostCurves = 6

func pick(way *backtest.Way) []*backtest.Track {
	return way.Tracks[:min(mostCurves, len(way.Tracks))]
}

// pit is where what came lies among the trials.
func pit(way *backtest.Way) html.Block {
	c := &html.Curves{
		Title: "Where what came lies among the trials, with " + way.Name,
		Caption: "The share of days by the share of trials below what came (PIT). Flat at 10" + format.Thin + "%: as it should be. High at both ends: it scatters more than was forecast; " +
			"high on the right: it was more than was forecast, high on the left: less.",
		X: html.Axis{Name: "trials below what came", Unit: "%"}, Y: html.Axis{Name: "days", Unit: "%"},
		Bound: &html.Mark{At: 10, Name: "as it should be"},
	}
	curve := html.Curve{Name: "all measures", Steps: true}
	for b := range backtest.PITBins + 1 {
		sum := 0.
		for _, t := range way.Tracks {
			sum += t.PIT[min(b, backtest.PITBins-1)] // the last bar ends where it ends
		}
		curve.Points = append(curve.Points, point(100*float64(b)/backtest.PITBins, 100*sum/float64(len(way.Tracks))))
	}
	c.Curves = append(c.Curves, curve)
	return c
}

// contest is by how much the simulation is better, with intervals: a group for each simpler way, a row for each measure.
func contest(way *backtest.Way) []html.Block {
	c := &html.Differences{
		Title: "How much better the simulation is, with " + way.Name,
		Caption: "By how much its CRPS is below that of a simpler forecast, with intervals of 95" + format.Thin + "% over weeks. Right of the line the simulation is better; left of it, do as the simpler one does. " +
			"Hollow: the interval holds the line.",
		Each: "measure", Head: "better by",
	}
	for _, name := range []string{backtest.SeasonalNaive, backtest.ErlangHours} {
		group := html.Contrast{Name: "than " + name}
		for _, t := range way.Tracks {
			for j := range t.Scores {
				if s := &t.Scores[j]; s.Method == name && !math.IsNaN(s.Skill.Value) {
					group.Rows = append(group.Rows, html.Change{Name: t.Measure.String(), Value: s.Skill.Value, Low: s.Skill.Low, High: s.Skill.High, Text: skill(s)})
				}
			}
		}
		if len(group.Rows) > 0 {
			c.Groups = append(c.Groups, group)
		}
	}
	if len(c.Groups) == 0 {
		return nil
	}
	return []html.Block{c}
}
