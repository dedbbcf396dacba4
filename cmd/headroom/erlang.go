package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
)

func erlangCommand(t terminal) *cli.Command {
	load := []cli.Flag{
		&cli.StringFlag{Name: "calls", Required: true, Usage: "`N` calls per interval"},
		&cli.StringFlag{Name: "per", Value: "30m", Usage: "the `INTERVAL`"},
		&cli.StringFlag{Name: "aht", Required: true, Usage: "mean handling `TIME` of a call"},
	}
	agents := &cli.IntFlag{Name: "agents", Required: true, Usage: "`N` agents on the phones"}
	within := &cli.StringFlag{Name: "within", Value: "20s", Usage: "the `TIME` of the service level"}
	patience := &cli.StringFlag{Name: "patience", Usage: "mean `TIME` after which a caller leaves"}
	formula := func(name, usage string, flags []cli.Flag, print func(*cli.Context, question, io.Writer) error) *cli.Command {
		return &cli.Command{
			Name: name, Usage: usage, OnUsageError: onUsage, Flags: flags,
			Action: func(c *cli.Context) error {
				if c.Args().Present() {
					return usagef("erlang %s takes flags only, not %q", name, c.Args().First())
				}
				q, err := ask(c)
				if err != nil {
					return err
				}
				return buffered(t.out, func(w io.Writer) error {
					tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
					line(tw, "load", fmt.Sprintf("%.6g erlangs", q.load.Erlangs()))
					if err := print(c, q, tw); err != nil {
						return err
					}
					return tw.Flush()
				})
			},
		}
	}
	mustPatience := &cli.StringFlag{Name: "patience", Required: true, Usage: patience.Usage}
	return &cli.Command{
		Name:         "erlang",
		Usage:        "closed formulas: the back of the envelope",
		OnUsageError: onUsage,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usagef("there is no formula %q; there are b, c, a and size", c.Args().First())
			}
			return cli.ShowSubcommandHelp(c)
		},
		Subcommands: []*cli.Command{
			formula("b", "who finds all agents busy is lost (Erlang B)", append(load, agents), erlangB),
			formula("c", "everybody waits, for ever (Erlang C)", append(load, agents, within), erlangC),
			formula("a", "callers wait, but not for ever (Erlang A)", append(load, agents, within, mustPatience), erlangA),
			formula("size", "how many agents a promise takes", append(load, within, patience,
				&cli.StringFlag{Name: "level", Value: "80%", Usage: "`SHARE` to be answered within the time"},
				&cli.StringFlag{Name: "asa", Usage: "longest mean `TIME` to answer"},
				&cli.StringFlag{Name: "occupancy", Usage: "largest `SHARE` of busy time"},
				&cli.StringFlag{Name: "abandon", Usage: "largest `SHARE` of callers that leave; needs --patience"},
			), erlangSize),
		},
	}
}

// seconds is a flag's duration; 0 if it is not set.
func seconds(c *cli.Context, name string) (float64, error) {
	if c.String(name) == "" {
		return 0, nil
	}
	d, err := scenarios.ParseDuration(c.String(name))
	if err != nil {
		return 0, usagef("--%s: %v", name, err)
	}
	return d.Seconds(), nil
}

// share is a flag's percentage; 0 if it is not set.
func share(c *cli.Context, name string) (float64, error) {
	if c.String(name) == "" {
		return 0, nil
	}
	x, err := scenarios.ParsePercentage(c.String(name))
	if err != nil {
		return 0, usagef("--%s: %v", name, err)
	}
	return x, nil
}

func loadOf(c *cli.Context) (erlang.Load, error) {
	calls, err := scenarios.ParseNumber(c.String("calls"))
	if err != nil {
		return erlang.Load{}, usagef("--calls: %v", err)
	}
	per, err := seconds(c, "per")
	if err != nil {
		return erlang.Load{}, err
	}
	aht, err := seconds(c, "aht")
	if err != nil {
		return erlang.Load{}, err
	}
	l := erlang.Load{Rate: calls / per, Handle: aht}
	if err := l.Check(); err != nil {
		return l, usageError{err.Error()}
	}
	return l, nil
}

// question is what all formulas are asked; times are in seconds, 0 where a formula
// does not take them.
type question struct {
	load             erlang.Load
	within, patience float64
}

func ask(c *cli.Context) (q question, err error) {
	if q.load, err = loadOf(c); err != nil {
		return q, err
	}
	if q.within, err = seconds(c, "within"); err != nil {
		return q, err
	}
	q.patience, err = seconds(c, "patience")
	return q, err
}

// refused turns what a formula cannot do into a usage error.
func refused(err error) error {
	if err == nil {
		return nil
	}
	var overload *erlang.Overload
	if errors.As(err, &overload) {
		return usagef("%v; Erlang A ('headroom erlang a', with --patience) has an answer, since callers leave", err)
	}
	return usageError{err.Error()}
}

func line(w io.Writer, what, value string) { fmt.Fprintf(w, "%s\t%s\n", what, value) }

func percent(x float64) string { return fmt.Sprintf("%.4g %%", 100*x) }

func inSeconds(x float64) string { return fmt.Sprintf("%.6g s", x) }

func erlangB(c *cli.Context, ask question, w io.Writer) error {
	q, err := erlang.NewB(ask.load, c.Int("agents"))
	if err != nil {
		return refused(err)
	}
	line(w, "lost", percent(q.Blocking()))
	line(w, "occupancy", percent(q.Occupancy()))
	return nil
}

func erlangC(c *cli.Context, ask question, w io.Writer) error {
	q, err := erlang.NewC(ask.load, c.Int("agents"))
	if err != nil {
		return refused(err)
	}
	line(w, "have to wait", percent(q.Waiting()))
	line(w, "answered within "+c.String("within"), percent(q.ServiceLevel(ask.within)))
	line(w, "mean wait (ASA)", inSeconds(q.ASA()))
	line(w, "mean queue", fmt.Sprintf("%.4g callers", q.Queue()))
	line(w, "occupancy", percent(q.Occupancy()))
	return nil
}

func erlangA(c *cli.Context, ask question, w io.Writer) error {
	q, err := erlang.NewA(ask.load, c.Int("agents"), ask.patience)
	if err != nil {
		return refused(err)
	}
	line(w, "have to wait", percent(q.Waiting()))
	line(w, "abandon", percent(q.Abandon()))
	line(w, "mean wait, over all", inSeconds(q.MeanWait()))
	line(w, "mean wait, of the served (ASA)", inSeconds(q.ASA()))
	line(w, "occupancy", percent(q.Occupancy()))
	// The definitions differ, so all are shown by name.
	for _, d := range erlang.Definitions() {
		line(w, fmt.Sprintf("service level within %s, %v", c.String("within"), d), percent(q.ServiceLevel(d, ask.within)))
	}
	return nil
}

func erlangSize(c *cli.Context, ask question, w io.Writer) error {
	t := erlang.Target{Within: ask.within}
	for _, part := range []struct {
		name string
		to   *float64
		read func(*cli.Context, string) (float64, error)
	}{
		{"level", &t.Level, share},
		{"asa", &t.ASA, seconds},
		{"occupancy", &t.Occupancy, share},
		{"abandon", &t.Abandon, share},
	} {
		var err error
		if *part.to, err = part.read(c, part.name); err != nil {
			return err
		}
	}
	n, err := t.Agents(ask.load, ask.patience)
	if err != nil {
		return refused(err)
	}
	line(w, "agents on the phones", format.Count(float64(n)))
	if ask.patience > 0 {
		q, err := erlang.NewA(ask.load, n, ask.patience)
		if err != nil {
			return refused(err)
		}
		line(w, fmt.Sprintf("service level within %s, %v", c.String("within"), t.Definition), percent(q.ServiceLevel(t.Definition, t.Within)))
		line(w, "abandon", percent(q.Abandon()))
		line(w, "occupancy", percent(q.Occupancy()))
		return nil
	}
	q, err := erlang.NewC(ask.load, n)
	if err != nil {
		return refused(err)
	}
	line(w, "answered within "+c.String("within"), percent(q.ServiceLevel(t.Within)))
	line(w, "mean wait (ASA)", inSeconds(q.ASA()))
	line(w, "occupancy", percent(q.Occupancy()))
	return nil
}
