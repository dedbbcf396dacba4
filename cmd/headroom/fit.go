package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/history"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/fitted"
)

var fitPrinters = printers[*fit.Fitted]{
	"csv":      history.CSV,
	"html":     history.HTML,
	"json":     history.JSON,
	"markdown": history.Markdown,
}

func fitCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "fit",
		Usage:     "estimate the parameters of a scenario from a log, and write it",
		ArgsUsage: "LOG",
		Description: "Reads a log in Headroom's format, such as 'headroom import' or 'headroom run --log' writes, and estimates demand,\n" +
			"handle times, patience, reply cycles and who was at work, each with its interval. The scenario says behind every number where it\n" +
			"comes from. What a log does not say is listed, and can be stated: --handle 12m.",
		OnUsageError: onUsage,
		Flags:        append(fitFlags(), fitPrinters.flags(false)...),
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("fit takes one log")
			}
			return fitLog(c, t)
		},
	}
}

func fitFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write the scenario into `FILE`; - prints it alone", DefaultText: "NAME-fitted.yaml"},
		&cli.StringFlag{Name: "name", Usage: "the `NAME` of the scenario", DefaultText: "that of the log"},
		&cli.StringFlag{Name: "zone", Value: "UTC", Usage: "count days and hours on the clocks of zone `NAME`", DefaultText: "that of a scenario.yaml beside the log, else UTC"},
		&cli.StringFlag{Name: "from", Usage: "the first `DATE` that is used", DefaultText: "the first whole day of the log"},
		&cli.StringFlag{Name: "until", Usage: "the last `DATE` that is used; what happens later is not seen", DefaultText: "the last whole day"},
		&cli.StringFlag{Name: "country", Usage: "name the public holidays of `COUNTRY` among the special days, such as br or de-by"},
		&cli.BoolFlag{Name: "calibrate", Usage: "where the log does not record agent times, find the one with which simulated first replies wait as the recorded ones did"},
		&cli.StringFlag{Name: "calibrate-by", Usage: "calibrate so that times until `MEASURE`, first-reply or resolution, are as recorded", DefaultText: "first replies, or first deeds, where the log has any"},
		&cli.StringFlag{Name: "charts", Usage: "draw each law beside what was recorded, and the week of each stream, into folder `DIR`", DefaultText: "none"},
		&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "the start of the random numbers behind goodness of fit"},
		&cli.StringFlag{Name: "handle", Usage: "agent time of a touch where the log does not record it, such as 12m or \"lognormal(mean 12m, cv 1)\"", DefaultText: "none"},
	}
}

func fitLog(c *cli.Context, t terminal) error {
	how, err := fitPrinters.chosen(c)
	if err != nil {
		return err
	}
	o, err := fitOptions(c)
	if err != nil {
		return err
	}
	by := c.String("calibrate-by")
	if by != "" && by != byFirstReply && by != byResolution {
		return usagef("--calibrate-by is %q; it takes %s or %s", by, byFirstReply, byResolution)
	}
	path := c.Args().First()
	zone, err := logZone(c, path)
	if err != nil {
		return err
	}
	log, err := readHistory(path, zone)
	if err != nil {
		return err
	}
	f, err := fit.History(log, o)
	if err != nil {
		return notFitted(path, err)
	}
	f.Warnings = append(f.Warnings, foreignOffsets(path, zone)...)
	if c.Bool("calibrate") || by != "" {
		if err := calibrate(f, by, t); err != nil {
			return notFitted(path, err)
		}
	}
	if dir := c.String("charts"); dir != "" {
		if err := writeCharts(dir, f); err != nil {
			return err
		}
	}
	return writeFit(c, t, f, how)
}

// notFitted tells of a log to which nothing can be fitted as of any other bad file.
func notFitted(path string, err error) error {
	var bad *fit.DataError
	if !errors.As(err, &bad) {
		return err
	}
	return scenarios.Problems{{File: path, Text: bad.Text, Hint: bad.Hint}}
}

// readHistory reads a whole log.
func readHistory(path string, zone *time.Location) (*fit.Log, error) {
	f, err := openNamed(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// Any origin will do that is near enough: 292 years either way.
	axis := calendar.Axis{Origin: time.Date(2000, 1, 1, 0, 0, 0, 0, zone)}
	reader := ticketlog.NewReader(f, nil, axis)
	gathered, err := gatherLog(reader, path, everyTicket)
	if err != nil {
		return nil, err
	}
	return &fit.Log{Tickets: gathered.Tickets, Last: gathered.Last, Names: reader.Names(), Axis: axis}, nil
}

// logZone is the zone that is asked for, or else that of the scenario which lies beside a log, as 'headroom import' writes
// it there.
func logZone(c *cli.Context, log string) (*time.Location, error) {
	beside := filepath.Join(filepath.Dir(log), importScenario)
	if _, err := os.Stat(beside); c.IsSet("zone") || log == toStdout || err != nil {
		return zoneFlag(c)
	}
	s, err := scenarios.LoadPromises(beside, scenarios.Stretch{From: time.Unix(0, 0), To: time.Unix(86400, 0)})
	if err != nil || s.Scenario.Time.Start.IsZero() {
		return zoneFlag(c) // whatever it is, it says nothing about the log
	}
	return s.Scenario.Time.Start.Location(), nil
}

func zoneFlag(c *cli.Context) (*time.Location, error) {
	zone, err := time.LoadLocation(c.String("zone"))
	if err != nil || c.String("zone") == "Local" || c.String("zone") == "" {
		return nil, usagef("--zone: %q is not a time zone, such as Europe/Berlin", c.String("zone"))
	}
	return zone, nil
}

func fitOptions(c *cli.Context) (o fit.Options, err error) {
	for _, flag := range []struct {
		name string
		into *calendar.Date
	}{{"from", &o.From}, {"until", &o.Until}} {
		if text := c.String(flag.name); text != "" {
			if *flag.into, err = calendar.ParseDate(text); err != nil {
				return o, usagef("--%s: %v", flag.name, err)
			}
		}
	}
	o.Country = c.String("country")
	if text := c.String("handle"); text != "" {
		if o.Handle, err = scenarios.ParseDistribution(text); err != nil {
			return o, usagef("--handle: %v", err)
		}
	}
	o.Source = rand.NewPCG(c.Uint64("seed"), 0)
	return o, nil
}

// fitFile is the parameters' name within a folder of charts.
const fitFile = "fit.csv"

// writeCharts draws pictures into a folder, and writes the parameters beside them.
func writeCharts(dir string, f *fit.Fitted) error {
	return writeFolder(dir, func(dir string) error {
		if err := writeFile(filepath.Join(dir, fitFile), func(w io.Writer) error { return history.CSV(w, f) }); err != nil {
			return err
		}
		for _, p := range history.Pictures(f) {
			if err := writeFile(filepath.Join(dir, p.Name+".png"), func(w io.Writer) error { return chart.WritePNG(w, p.Chart) }); err != nil {
				return err
			}
			if err := writeFile(filepath.Join(dir, p.Name+".svg"), func(w io.Writer) error { return chart.WriteSVG(w, p.Chart) }); err != nil {
				return err
			}
		}
		return nil
	})
}

func writeFit(c *cli.Context, t terminal, f *fit.Fitted, how string) error {
	path := c.Args().First()
	name, _, _ := strings.Cut(filepath.Base(path), ".")
	out := c.String("out")
	if out == "" {
		out = name + "-fitted.yaml"
	}
	if c.String("name") != "" {
		name = c.String("name")
	}
	o := fitted.Options{Name: name, Log: filepath.Base(path)}
	write := func(w io.Writer) error { return fitted.Write(w, f, o) }
	if out == toStdout {
		return buffered(t.out, write)
	}
	if print, ok := fitPrinters[how]; ok {
		if c.String("out") != "" {
			if err := writeFile(out, write); err != nil {
				return err
			}
		}
		return buffered(t.out, func(w io.Writer) error { return print(w, f) })
	}
	style, err := styleFor(c, t.out)
	if err != nil {
		return err
	}
	if err := writeFile(out, write); err != nil {
		return err
	}
	if err := history.Text(t.out, f, style.Style()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "\n%s: look at what is assumed, then\n\n  headroom run %s\n", out, out)
	return err
}
