package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/calibration"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/fitted"
	"github.com/headroom-sim/headroom/sim/hindcast"
)

// backtestFile is by what a folder is known as one that a backtest has written.
const backtestFile = "backtest.json"

// run makes the report.
func (b *rehearsal) run() (*backtest.Report, error) {
	log, err := readHistory(b.path, b.zone)
	if err != nil {
		return nil, err
	}
	if len(log.Tickets) == 0 {
		return nil, notFitted(b.path, &fit.DataError{Text: "the log holds no ticket"})
	}
	notes, err := b.takePolicy(log)
	if err != nil {
		return nil, err
	}
	whole := log.WholeDays()
	window := backtest.Window{From: whole[0], Until: whole[1]}
	if !b.options.From.IsZero() {
		window.From = b.options.From
	}
	if !b.options.Until.IsZero() {
		window.Until = b.options.Until
	}
	splits, err := b.plan.Splits(window)
	if err != nil {
		return nil, notFitted(b.path, err)
	}
	r := &backtest.Report{
		Log: filepath.Base(b.path), Zone: b.zone.String(), Whole: window, Splits: splits, Targets: b.targets,
		Trials: b.trials, Seed: b.c.Uint64("seed"), Tool: "headroom " + version,
	}
	r.Notes = notes
	for _, doubt := range foreignOffsets(b.path, b.zone) {
		r.Notes = append(r.Notes, strings.ToUpper(doubt[:1])+doubt[1:]+".")
	}
	o := origins{rehearsal: b, log: log, report: r}
	return r, o.all()
}

// origins goes through the origins of a backtest.
type origins struct {
	*rehearsal
	log     *fit.Log
	report  *backtest.Report
	foreign int
	done    func()

	replayed, drawn []backtest.Forecast
}

func (o *origins) all() error {
	bar := newProgress(o.t.err, o.name, "trials")
	defer bar.done()
	done, planned := 0, 2*o.trials*len(o.report.Splits)
	o.done = func() {
		done++
		bar.update(done, planned)
	}
	for i := range o.report.Splits {
		if err := o.origin(o.report.Splits[i]); err != nil {
			return err
		}
	}
	asked := backtest.Asked(o.log, o.targets)
	o.report.Ways = []backtest.Way{
		backtest.NewWay(backtest.RealArrivals, "The tickets of these days are known; how long they take is forecast.", o.replayed, asked, o.targets),
		backtest.NewWay(backtest.ForecastArrivals, "Nothing of these days is known.", o.drawn, asked, o.targets),
	}
	for _, d := range o.drawn {
		for _, n := range d.Observed[backtest.Volume] {
			o.report.Tickets += int(n)
		}
	}
	if o.foreign > 0 {
		o.report.Notes = append(o.report.Notes, fmt.Sprintf("%s of kinds that the log did not know before are replayed as the most frequent kind of their channel.",
			format.Plural(o.foreign, "ticket", "tickets")))
	}
	return nil
}

// origin fits to what lies before, and forecasts what lies behind.
func (o *origins) origin(split backtest.Split) error {
	days := split.Test.On(o.log.Axis)
	start, end := days[0].Start, days[len(days)-1].End
	past := backtest.Before(o.log, start)
	options := o.options
	options.From, options.Until = split.Train.From, split.Train.Until
	f, err := fit.History(past, options)
	if err != nil {
		return notFitted(o.path, err)
	}
	s, err := o.scenario(f, split)
	if err != nil {
		return err
	}
	stage := &backtest.Stage{Fitted: f, Past: past, Whole: o.log, Start: start, End: end}
	if err := stage.Inherit(s); err != nil {
		return err
	}
	replay, foreign, err := stage.Replay(s)
	if err != nil {
		return err
	}
	o.foreign += foreign
	observed, kept := backtest.Observe(o.log, days, live(f, past, o.log), o.targets)
	if !slices.ContainsFunc(observed[backtest.Volume], func(n float64) bool { return n > 0 }) {
		return notFitted(o.path, &fit.DataError{Text: fmt.Sprintf("no ticket was created from %v to %v, which are held back", split.Test.From, split.Test.Until)})
	}
	base := backtest.Forecast{Split: split, Days: days, Observed: observed, Kept: kept}
	before := split.Train.On(o.log.Axis)
	history, _ := backtest.Observe(past, before, live(f, past, past), o.targets)
	base.Compare(history)
	plan := hindcast.Plan{Days: days, Targets: o.targets, Trials: o.trials, Names: fitted.Words(f, &s.Names)}
	for _, way := range []struct {
		scenario func(int) *model.Scenario
		check    *model.Scenario
		into     *[]backtest.Forecast
	}{{hindcast.Varied(replay, f), replay, &o.replayed}, {hindcast.Varied(s, f), s, &o.drawn}} {
		if problems := way.check.Check(); len(problems) > 0 {
			return fmt.Errorf("%s: what is fitted to the days until %v cannot be simulated: %v", o.path, split.Train.Until, problems[0])
		}
		plan.Scenario = way.scenario
		forecast := base
		forecast.Erlang = backtest.Erlang(way.check, days, o.targets)
		trials, err := hindcast.Run(o.c.Context, plan, hindcast.Options{Workers: o.c.Int("workers"), Progress: o.done})
		if err != nil {
			return err
		}
		for _, x := range trials {
			forecast.Runs, forecast.Trials = append(forecast.Runs, x.Days), append(forecast.Trials, x.Kept)
		}
		*way.into = append(*way.into, forecast)
	}
	o.report.Gaps = f.Gaps
	for _, w := range f.Warnings {
		if note := fmt.Sprintf("Fitted to the days until %v: %s.", split.Train.Until, w); !slices.Contains(o.report.Notes, note) {
			o.report.Notes = append(o.report.Notes, note)
		}
	}
	return nil
}

// live says which channels of a log are live, by what was fitted to its past.
func live(f *fit.Fitted, past, log *fit.Log) func(ticket.Channel) bool {
	words := map[string]bool{}
	for i := range f.Channels {
		words[past.Names.Channels[f.Channels[i].Channel]] = f.Channels[i].Live
	}
	return func(c ticket.Channel) bool { return words[log.Names.Channels[c]] }
}

// scenario writes what was fitted as a file, keeps it, and reads it as any scenario is read.
func (o *origins) scenario(f *fit.Fitted, split backtest.Split) (*model.Scenario, error) {
	days := split.Test.On(o.log.Axis)
	var text bytes.Buffer
	if err := fitted.Write(&text, f, fitted.Options{
		Name: o.name, Log: o.report.Log, Start: split.Test.From, Length: days[len(days)-1].End - days[0].Start,
	}); err != nil {
		return nil, err
	}
	o.scenarios = append(o.scenarios, text.Bytes())
	dir, err := os.MkdirTemp("", "headroom-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "fitted.yaml")
	if err := os.WriteFile(path, text.Bytes(), 0o666); err != nil {
		return nil, err
	}
	s, err := scenarios.Load(path)
	if err != nil {
		return nil, fmt.Errorf("what is fitted to the days until %v is no scenario: %w", split.Train.Until, err)
	}
	s.Run.Seed = o.report.Seed
	return s, nil
}

// writeFiles fills the folder.
func (b *rehearsal) writeFiles(dir string, r *backtest.Report) error {
	for i, text := range b.scenarios {
		path := filepath.Join(dir, fmt.Sprintf("fitted-until-%v.yaml", r.Splits[i].Train.Until))
		if err := writeFile(path, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
			return err
		}
	}
	if err := writeFile(filepath.Join(dir, "days.csv"), func(w io.Writer) error { return calibration.Days(w, r) }); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, pageFile), func(w io.Writer) error { return calibration.Page(w, r) }); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, backtestFile), func(w io.Writer) error { return calibration.JSON(&plainJSON{to: w}, r) })
}
