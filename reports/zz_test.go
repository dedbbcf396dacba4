package reports

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

func zzw(t *testing.T, dir, prefix string, ps []Picture) {
	for _, p := range ps {
		start := time.Now()
		f, _ := os.Create(dir + "/" + prefix + p.Name + ".png")
		if err := chart.WritePNG(f, p.Chart); err != nil { t.Fatal(err) }
		f.Close()
		a := time.Since(start); start = time.Now()
		f, _ = os.Create(dir + "/" + prefix + p.Name + ".svg")
		if err := chart.WriteSVG(f, p.Chart); err != nil { t.Fatal(err) }
		f.Close()
		fmt.Println(prefix, p.Name, a, time.Since(start))
	}
}

func TestZZ(t *testing.T) {
	dir := os.Getenv("ZZ")
	if dir == "" { t.Skip() }
	x := sample.Experiment(sample.Options{})
	zzw(t, dir, "", Pictures(x))
	Summary(os.Stdout, x, Options{Width: 120, Remark: "3.1 s"})
	zzw(t, dir, "day-", Pictures(sample.Experiment(sample.Options{Days: 1, Replications: 12})))
	zzw(t, dir, "three-", Pictures(sample.Experiment(sample.Options{Days: 3, Replications: 12})))
	zzw(t, dir, "year-", Pictures(sample.Experiment(sample.Options{Days: 365, Replications: 3})))
	zzw(t, dir, "calm-", Pictures(sample.Experiment(sample.Options{Calm: true, Replications: 6})))
	y := sample.Experiment(sample.Options{Name: "coverage-24x7", Staff: 1.5})
	c, err := outcome.Compare([]*outcome.Experiment{x, y}, .95)
	if err != nil { t.Fatal(err) }
	zzw(t, dir, "two-", ComparisonPictures(c))
	Comparison(os.Stdout, c, Options{Width: 140})
	y3 := sample.Experiment(sample.Options{Name: "twenty-percent-more-people-and-a-very-long-scenario-name", Staff: 1.2})
	y4 := sample.Experiment(sample.Options{Name: "less", Staff: .9})
	y5 := sample.Experiment(sample.Options{Name: "same-again"})
	c, err = outcome.Compare([]*outcome.Experiment{x, y, y3, y4, y5}, .95)
	if err != nil { t.Fatal(err) }
	zzw(t, dir, "five-", ComparisonPictures(c))
	Comparison(os.Stdout, c, Options{Width: 140})
	long := sample.Experiment(sample.Options{Name: "a-scenario-with-a-name-that-goes-on-and-on-and-is-far-too-long-for-a-slide-and-then-some-more-words-to-come"})
	for i := range long.Scenario.Teams {
		old := long.Scenario.Teams[i]
		long.Scenario.Teams[i] = fmt.Sprintf("team number %d of the international department of customer happiness and returns, second floor, building seven, Springfield", i)
		for k := range long.Series { if long.Series[k].Labels.Team == old { long.Series[k].Labels.Team = long.Scenario.Teams[i] } }
	}
	long.Scenario.Spikes[0].Name = "the-great-black-friday-and-cyber-monday-and-everything-week-of-the-year-with-a-long-name"
	for i := range 8 { long.Scenario.Spikes = append(long.Scenario.Spikes, outcome.Spike{Name: fmt.Sprintf("spike-%d", i), Factor: 5, Start: time.Duration(200+20*i)*time.Hour, End: time.Duration(230+20*i)*time.Hour}) }
	for range 12 { long.Warnings = append(long.Warnings, outcome.Warning{Text: "This is a long doubt about the whole experiment that goes on for quite a while and says little."}) }
	zzw(t, dir, "long-", Pictures(long)[9:12])

	h := 30*time.Minute
	st := time.Date(2026,3,28,0,0,0,0,time.UTC)
	zzw(t, dir, "edge-", []Picture{
		{"empty", "", chart.Timeline{Text: chart.Text{Title:"Empty", Subtitle:"nothing"}}},
		{"nan", "", chart.Timeline{Text: chart.Text{Title:"All NaN"}, Start: st, Interval: h, Panels: []chart.Panel{{Name:"x", Unit: outcome.UnitShare, Lines: []chart.Line{{Values: []outcome.Float{outcome.Float(math.NaN()),outcome.Float(math.NaN())}}}}}}},
		{"one", "", chart.Timeline{Text: chart.Text{Title:"One point"}, Start: st, Interval: h, Panels: []chart.Panel{{Name:"x", Unit: outcome.UnitShare, Lines: []chart.Line{{Values: []outcome.Float{.3}, Low: []outcome.Float{.2}, High: []outcome.Float{.4}}}}}}},
		{"gaps", "", chart.Timeline{Text: chart.Text{Title:"Gaps"}, Start: st, Interval: h, Panels: []chart.Panel{{Name:"x", Unit: outcome.UnitPerHour, Lines: []chart.Line{gappy()}}}}},
		{"heat", "", chart.HeatMap{Text: chart.Text{Title:"No cells"}, Cells: nanCells()}},
		{"credits0", "", chart.Distribution{Text: chart.Text{Title:"Zero credits"}, Values: make([]float64, 50), Head:"Credit, USD", Marks: []chart.Mark{{Name:"Mean", Value:0, Text:"0"},{Name:"P95", Value:0, Text:"0", Ink: chart.Vermilion}}}},
		{"credits1", "", chart.Distribution{Text: chart.Text{Title:"Smooth credits"}, Values: smooth(), Head:"Credit, USD", Marks: []chart.Mark{{Name:"Mean", Value:3000, Text:"3 000 ± 80", Ink: chart.Slate},{Name:"P95", Value:9200, Text:"9 200 (9 000–9 300)", Ink: chart.Vermilion},{Name:"CVaR95", Value:11000, Text:"11 000 ± 300", Ink:chart.Purple}}}},
		{"bars0", "", chart.Bars{Text: chart.Text{Title:"No bars"}}},
		{"bars1", "", chart.Bars{Text: chart.Text{Title:"One group"}, Scenarios: []string{"a","b","c"}, Groups: []chart.Group{{Name:"Cost", Unit: outcome.UnitMoney, Bars: []chart.Bar{{100,90,110,"100 ± 10"},{250,math.NaN(),math.NaN(),"250 ± ∞"},{0,0,0,"0"}}}}}},
	})
}

func gappy() chart.Line {
	l := chart.Line{Name: "line", Band: "band"}
	r := rand.New(rand.NewPCG(1,2))
	for i := range 300 {
		v := 100+20*math.Sin(float64(i)/10)+5*r.Float64()
		if r.Float64() < .3 { v = math.NaN() }
		l.Values = append(l.Values, outcome.Float(v)); l.Low = append(l.Low, outcome.Float(v-10)); l.High = append(l.High, outcome.Float(v+10))
	}
	return l
}
func nanCells() (c [7][24]float64) { for i := range c { for j := range c[i] { c[i][j] = math.NaN() } }; return }
func smooth() (v []float64) {
	r := rand.New(rand.NewPCG(1,2))
	for range 2000 { if r.Float64() < .4 { v = append(v, 0) } else { v = append(v, 5000*r.ExpFloat64()) } }
	return
}
