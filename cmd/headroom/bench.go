package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/bench"
)

// benchmark is one thing whose speed is measured.
type benchmark struct {
	name, what string
	scenario   func() (*model.Scenario, error)
	byHand     *bench.Queue // the same for nothing but itself: the limit
}

// benchmarks are all of them, in the order of the table.
func benchmarks() []benchmark {
	made := func(s *model.Scenario) func() (*model.Scenario, error) {
		return func() (*model.Scenario, error) { return s, nil }
	}
	shipped := func(name string) func() (*model.Scenario, error) {
		return func() (*model.Scenario, error) { return scenarios.Load(name) }
	}
	const tickets = 1e6
	m1, m2 := bench.M1(), bench.M2()
	return []benchmark{
		{"m1", "one agent, one queue", made(m1.Scenario(tickets)), &m1},
		{"m2", "fifty agents, three priorities, impatient callers", made(m2.Scenario(tickets)), &m2},
		{"hello", "the smallest shipped scenario", shipped("hello"), nil},
		{"black-friday", "replies, pauses, warnings, shifts, a spike", shipped("black-friday"), nil},
		{"year", "a year of a million tickets with all that befalls them", made(bench.Year(tickets)), nil},
	}
}

func benchCommand(t terminal) *cli.Command {
	var names []string
	for _, b := range benchmarks() {
		names = append(names, b.name)
	}
	return &cli.Command{
		Name:         "bench",
		Usage:        "measure how fast this machine simulates",
		ArgsUsage:    "[NAME...]",
		Description:  "NAME is one of " + strings.Join(names, ", ") + " (default: all). Counts processor time, on one core.",
		OnUsageError: onUsage,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "for", Value: "2s", Usage: "measure each for this `TIME`, and at least one trial"},
		},
		Action: func(c *cli.Context) error {
			budget, err := scenarios.ParseDuration(c.String("for"))
			if err != nil {
				return usagef("--for: %v", err)
			}
			chosen := c.Args().Slice()
			for _, name := range chosen {
				if !slices.Contains(names, name) {
					return usagef("there is no benchmark %q; there are %s", name, strings.Join(names, ", "))
				}
			}
			right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
			shown := &table.Table{Columns: []table.Column{
				{Head: "benchmark"}, right("tickets per CPU-second"), right("of the limit"), right("bytes per ticket"), right("allocations per ticket"), {Head: "what it is"},
			}}
			for _, b := range benchmarks() {
				if len(chosen) > 0 && !slices.Contains(chosen, b.name) {
					continue
				}
				if err := c.Context.Err(); err != nil {
					return err
				}
				if err := b.measure(shown, budget); err != nil {
					return err
				}
			}
			style := optionsFor(t.out).Style()
			if err := shown.WriteText(t.out, style, &table.Notes{}); err != nil {
				return err
			}
			fmt.Fprintln(t.out)
			return table.Paragraph(t.out, "The limit is a loop written by hand for that queue alone, measured in the same run.", style, 0)
		},
	}
}

// measure measures a benchmark and adds its row.
func (b benchmark) measure(t *table.Table, budget time.Duration) error {
	s, err := b.scenario()
	if err != nil {
		return err
	}
	trial, err := bench.Trials(s)
	if err != nil {
		return err
	}
	engine := race(budget, trial)
	share, of := format.Missing, math.NaN()
	if b.byHand != nil {
		const customers = 1e6
		limit := race(budget, func(replication int) float64 {
			b.byHand.ByHand(uint64(replication), customers)
			return customers
		})
		of = engine.Speed / limit.Speed
		share = format.Percent(of)
	}
	t.Add(table.Text(b.name), table.Num(millions(engine.Speed), engine.Speed), table.Num(share, of),
		table.Num(format.Decimal(engine.Bytes, 1), engine.Bytes), table.Num(format.Decimal(engine.Allocations, 3), engine.Allocations), table.Text(b.what))
	return nil
}

// race runs trials until they have taken the time, at least one.
func race(budget time.Duration, trial func(replication int) (tickets float64)) bench.Pace {
	tickets, m := 0.0, bench.Start()
	for i := 1; i == 1 || m.Spent() < budget; i++ {
		tickets += trial(i)
	}
	return m.Pace(tickets)
}

func millions(speed float64) string { return format.Decimal(speed/1e6, 2) + format.Thin + "million" }
