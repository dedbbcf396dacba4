package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// version is the program's; outcome files carry it.
const version = "0.1.0"

// The exit codes.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitInvalid = 3
	exitMissed  = 4
)

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// usageError is a mistake in how the program was called.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, t terminal) int {
	app := newApp(t)
	args, err := interspersed(app, args)
	if err == nil {
		err = app.RunContext(ctx, args)
	}
	if err == nil {
		return exitDone
	}
	// Messages quote files and arguments.
	say := func(text string, args ...any) { io.WriteString(t.err, format.Lines(fmt.Sprintf(text, args...))) }
	var problems scenarios.Problems
	if errors.As(err, &problems) {
		say("%s\n", problems.Error())
		say("headroom: %s\n", format.Plural(len(problems), "problem", "problems"))
		return exitInvalid
	}
	say("headroom: %v\n", err)
	var unread *outcome.ReadError
	if errors.As(err, &unread) && unread.Hint != "" {
		say("  %s\n", unread.Hint)
	}
	var usage usageError
	switch {
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, new(missedError)), errors.As(err, new(worseError)), errors.As(err, new(noMixError)), errors.As(err, new(unprovenError)):
		return exitMissed
	case errors.As(err, new(*experiment.Unmeasured)), errors.As(err, new(*ticketlog.Problem)), errors.As(err, new(oddError)):
		return exitInvalid
	case unread != nil:
		return exitInvalid
	}
	return exitFailed
}

// gather keeps the problems of a scenario, to be told with those of others; false if the
// error is another, or none.
func gather(err error, problems *scenarios.Problems) bool {
	var ps scenarios.Problems
	if !errors.As(err, &ps) {
		return false
	}
	for _, p := range ps {
		if !slices.Contains(*problems, p) { // which two variants of a file have in common
			*problems = append(*problems, p)
		}
	}
	return true
}

func newApp(t terminal) *cli.App {
	return &cli.App{
		Name:                   "headroom",
		Usage:                  "capacity planning and simulation for customer-support SLAs",
		Version:                version,
		Description:            "Start with 'headroom list', then 'headroom run black-friday'.",
		Reader:                 t.in,
		Writer:                 t.out,
		ErrWriter:              t.err,
		EnableBashCompletion:   true,
		HideHelpCommand:        true,
		UseShortOptionHandling: true,
		// The comma within --set a=1,2 belongs to the value.
		DisableSliceFlagSeparator: true,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              func(_ *cli.Context, err error, _ bool) error { return usageError{err.Error()} },
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return unknownVerb(c.App, c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{
			runCommand(t), compareCommand(t), sweepCommand(t), bestCommand(t), coverageCommand(t), peakCommand(t), warmupCommand(t), snapshotCommand(t), importCommand(t), fitCommand(t), backtestCommand(t), reportCommand(t), diffCommand(t), explainCommand(t), auditCommand(t), recommendCommand(t), priceCommand(t), capacityCommand(t), staffCommand(t), checkCommand(t), listCommand(t), schemaCommand(t), initCommand(t), erlangCommand(t), benchCommand(t), completionCommand(t),
		},
	}
}

func unknownVerb(app *cli.App, verb string) error {
	var names []string
	for _, c := range app.VisibleCommands() {
		names = append(names, c.Name)
	}
	return usagef("there is no command %q; there are %s", verb, strings.Join(names, ", "))
}

// onUsage turns the library's flag errors into ours.
func onUsage(c *cli.Context, err error, _ bool) error {
	return usagef("%v; see '%s --help'", err, c.Command.HelpName)
}

// interspersed moves flags before the arguments of a command, since the library
// takes no flag after the first argument and people write them there. A flag of one value that
// is given twice is an error: one of the two would be passed over.
func interspersed(app *cli.App, args []string) ([]string, error) {
	if len(args) < 3 || args[len(args)-1] == "--generate-bash-completion" {
		return args, nil
	}
	commands := app.Commands
	head := 1
	var flags []cli.Flag
	for head < len(args) {
		i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.Name == args[head] })
		if i < 0 {
			break
		}
		flags, commands = commands[i].Flags, commands[i].Subcommands
		head++
	}
	var first, rest []string
	seen := map[string]bool{}
	for i := head; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		if name := once(flags, arg); name != "" {
			if seen[name] {
				return nil, usagef("--%s is given twice; it takes one value", name)
			}
			seen[name] = true
		}
		first = append(first, arg)
		if takesValue(flags, arg) && i+1 < len(args) {
			i++
			first = append(first, args[i])
		}
	}
	out := append(slices.Clone(args[:head]), first...)
	return append(append(out, "--"), rest...), nil
}

// once is the name of the flag that an argument sets, if it is one that takes one value; else empty.
func once(flags []cli.Flag, arg string) string {
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	for _, f := range flags {
		switch f.(type) {
		case *cli.BoolFlag, *cli.StringSliceFlag:
		default:
			if slices.Contains(f.Names(), name) {
				return f.Names()[0]
			}
		}
	}
	return ""
}

// takesValue reports whether the next argument is the flag's value.
func takesValue(flags []cli.Flag, arg string) bool {
	name := strings.TrimLeft(arg, "-")
	if strings.Contains(name, "=") {
		return false
	}
	for _, f := range flags {
		if _, isBool := f.(*cli.BoolFlag); !isBool && slices.Contains(f.Names(), name) {
			return true
		}
	}
	return false
}

// exists reports whether a path names something.
func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
