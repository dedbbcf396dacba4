package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios/eventlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// The files of an imported history.
const (
	importLog      = "log.csv"
	importScenario = "scenario.yaml"
	importOddities = "oddities.csv"
	importAgents   = "agents.csv"
	importFlags    = "flags.csv"
)

func importCommand(t terminal) *cli.Command {
	var names []string
	for _, f := range importFormats() {
		names = append(names, f.Name)
	}
	return &cli.Command{
		Name:      "import",
		Usage:     "make a ticket log and a draft of a scenario of a help desk's history",
		ArgsUsage: "[FORMAT] FILE|FOLDER...",
		Description: "Reads event logs (CSV, lines of JSON, XES; compressed or not) by a mapping that says what the columns mean, or what a help\n" +
			"desk exports, and writes a folder: log.csv, which every other command reads, scenario.yaml, which replays it, and oddities.csv\n" +
			"with all that was odd in the files. Only what is mapped is read.\n" +
			"--guess prints a mapping that may fit, by the header and the first rows; nothing is imported by a guess without --yes.",
		OnUsageError: onUsage,
		Subcommands:  []*cli.Command{forecastCommand(t), rosterCommand(t)},
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "mapping", Usage: "read by the mapping in `FILE`, or by one that is shipped: " + strings.Join(eventlog.Names(), ", ")},
			&cli.BoolFlag{Name: "guess", Usage: "print a mapping that may fit, to be checked, edited and given back"},
			&cli.BoolFlag{Name: "yes", Usage: "import by the guess at once"},
			&cli.StringFlag{Name: "from", Usage: "the `FORMAT` of a help desk: " + strings.Join(names, ", ")},
			&cli.StringFlag{Name: "zone", Usage: "the time zone `NAME` of the log, and of times that name none", DefaultText: "the mapping's, else UTC"},
			&cli.StringSliceFlag{Name: "status", Usage: "what a status of the desk's own means, `WORD=STATUS`, such as \"waiting for parts=on-hold\""},
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write into the folder `DIR`", DefaultText: "NAME-import"},
			&cli.BoolFlag{Name: "strict", Usage: "refuse files in which anything is odd"},
		}, pseudonymFlags()...),
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return usagef("import takes files; see 'headroom import --help'")
			}
			return importFiles(c, t)
		},
	}
}

func pseudonymFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "pseudonymise", Usage: "replace tickets, accounts and agents by keyed hashes"},
		&cli.StringFlag{Name: "key-file", Usage: "the key for pseudonyms is in `FILE`"},
		&cli.StringFlag{Name: "key-env", Value: "HEADROOM_KEY", Usage: "else it is in the environment variable `NAME`"},
	}
}

// reading is how files are to be read.
type reading struct {
	read       func(in *intake.Intake, files []intake.Source) error
	zone       *time.Location
	priorities []string
}

func importFiles(c *cli.Context, t terminal) error {
	paths, err := importPaths(c)
	if err != nil {
		return err
	}
	files, err := sources(paths)
	if err != nil {
		return err
	}
	if err := recognise(c, t, files); err != nil {
		return err
	}
	how, err := howToRead(c, t, files)
	if err != nil || how == nil {
		return err
	}
	options := intake.Options{Zone: how.zone, Priorities: how.priorities, Context: c.Context}
	if options.Statuses, err = statusFlag(c); err != nil {
		return err
	}
	if options.Pseudonyms, err = pseudonymKey(c); err != nil {
		return err
	}
	in := intake.New(options)
	defer in.Close()
	if err := how.read(in, files); err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		name, _, _ := strings.Cut(filepath.Base(paths[0]), ".")
		out = strings.TrimSuffix(folderName(name), "-out") + "-import"
	}
	var sum *intake.Summary
	err = writeFolder(out, func(dir string) (err error) {
		sum, err = writeImport(dir, in, paths)
		if err == nil && c.Bool("strict") && sum.Odd() > 0 {
			err = oddError{sum.Odd()}
		}
		return err
	})
	if err != nil && !errors.As(err, new(oddError)) {
		return err
	}
	if telling := tellImport(t, sum, out, err != nil); telling != nil {
		return telling
	}
	return err
}

// oddError refuses files that are odd.
type oddError struct{ n int }

func (e oddError) Error() string {
	return fmt.Sprintf("%s; --strict imports none of it", format.Plural(e.n, "oddity", "oddities"))
}

// sources are the files to read. They must be there, so that no long reading ends with a missing one.
func sources(paths []string) (files []intake.Source, err error) {
	for _, path := range paths {
		switch info, err := os.Stat(path); {
		case err != nil:
			return nil, missing(path, err)
		case info.IsDir():
			of, err := folderSources(path)
			if err != nil {
				return nil, err
			}
			files = append(files, of...)
			continue
		}
		files = append(files, intake.Source{Name: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }})
	}
	return files, nil
}

// howToRead finds the mapping or the format. It is nil if a guess was printed and that is all.
func howToRead(c *cli.Context, t terminal, files []intake.Source) (*reading, error) {
	var given []string
	for _, flag := range []string{"mapping", "guess", "from"} {
		if c.IsSet(flag) {
			given = append(given, "--"+flag)
		}
	}
	switch {
	case len(given) == 0:
		return nil, usagef("import needs --mapping FILE, --guess or --from FORMAT")
	case c.Bool("yes") && !c.Bool("guess"):
		return nil, usagef("--yes goes with --guess")
	case len(given) > 1:
		return nil, usagef("%s exclude one another", strings.Join(given, " and "))
	}
	var zone *time.Location
	if c.IsSet("zone") {
		var err error
		if zone, err = zoneFlag(c); err != nil {
			return nil, err
		}
	}
	if name := c.String("from"); name != "" {
		formats := importFormats()
		i := slices.IndexFunc(formats, func(f intake.Format) bool { return f.Name == name })
		if i < 0 {
			return nil, usagef("--from: there is no format %q", name)
		}
		return &reading{read: formats[i].Read, zone: zone}, nil
	}
	name, text, err := mappingText(c.String("mapping"))
	if c.Bool("guess") {
		name = "the guess"
		text, err = eventlog.Guess(files[0], zone)
		if err == nil {
			_, err = t.out.Write(text)
		}
		if err == nil && !c.Bool("yes") {
			return nil, nil
		}
		fmt.Fprintln(t.out)
	}
	if err != nil {
		return nil, err
	}
	m, err := eventlog.ReadMapping(name, text)
	if err != nil {
		return nil, err
	}
	if zone != nil {
		m.Zone = zone
	}
	return &reading{read: m.Read, zone: m.Zone, priorities: m.Priorities}, nil
}

// mappingText is the mapping to read by, as it is written: a shipped one, or a file.
func mappingText(name string) (string, []byte, error) {
	if text, err := eventlog.Text(name); err == nil {
		return name + ".yaml", text, nil
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w; shipped mappings are %s", err, strings.Join(eventlog.Names(), ", "))
	}
	return name, text, err
}

// statusFlag is what the desk's own statuses mean.
func statusFlag(c *cli.Context) (map[string]ticket.Status, error) {
	meanings := map[string]ticket.Status{}
	for _, text := range c.StringSlice("status") {
		i := strings.LastIndexByte(text, '=')
		s, ok := ticket.ParseStatus(text[i+1:])
		if i < 1 || !ok {
			return nil, usagef("--status: %q is not WORD=STATUS; a status is new, open, pending, on-hold, solved or closed", text)
		}
		meanings[strings.ToLower(text[:i])] = s
	}
	return meanings, nil
}

// pseudonymKey is the key for pseudonyms; nil if none are wanted. It never stands on the command
// line, which others can see.
func pseudonymKey(c *cli.Context) (*intake.Key, error) {
	if !c.Bool("pseudonymise") {
		if c.IsSet("key-file") || c.IsSet("key-env") {
			return nil, usagef("a key goes with --pseudonymise")
		}
		return nil, nil
	}
	if file := c.String("key-file"); file != "" {
		secret, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		return intake.NewKey(secret)
	}
	secret, set := os.LookupEnv(c.String("key-env"))
	if !set {
		return nil, usagef("--pseudonymise needs a key: --key-file FILE, or the environment variable %s", c.String("key-env"))
	}
	return intake.NewKey([]byte(secret))
}

// writeImport fills the folder.
func writeImport(dir string, in *intake.Intake, names []string) (sum *intake.Summary, err error) {
	err = writeFile(filepath.Join(dir, importLog), func(w io.Writer) error {
		sum, err = in.WriteLog(w)
		return err
	})
	if err != nil {
		return nil, err
	}
	if sum.Tickets == 0 {
		return sum, fmt.Errorf("%s: %w", names[0], &ticketlog.Problem{Text: "no ticket was found in it" + firstOddity(sum)})
	}
	if in.Flags() > 0 {
		if err := writeFile(filepath.Join(dir, importFlags), in.WriteFlags); err != nil {
			return nil, err
		}
	}
	if err := writeFile(filepath.Join(dir, importOddities), oddityTable(sum).WriteCSV); err != nil {
		return nil, err
	}
	if len(sum.Agents) > 0 {
		if err := writeFile(filepath.Join(dir, importAgents), agentTable(sum).WriteCSV); err != nil {
			return nil, err
		}
	}
	bases := make([]string, len(names))
	for i, name := range names {
		bases[i] = filepath.Base(name)
	}
	text, err := in.Draft(sum, importLog).Encode(fmt.Sprintf(
		"Drafted by headroom import from %s: %d tickets, created from %s to %s.\n"+
			"What no log can tell is marked as assumed: put in what you know, above all the handling times and the shifts.",
		strings.Join(bases, ", "), sum.Tickets, sum.FirstCreated.Format(time.DateOnly), sum.LastCreated.Format(time.DateOnly)))
	if err != nil {
		return nil, err
	}
	return sum, os.WriteFile(filepath.Join(dir, importScenario), text, 0o644)
}

func firstOddity(sum *intake.Summary) string {
	for _, t := range sum.Oddities {
		if !t.Harmless {
			return fmt.Sprintf(": %s (%d)", t.Text, t.Count)
		}
	}
	return ""
}
