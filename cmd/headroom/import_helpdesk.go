package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/scenarios/helpdesk"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// importFormats are the formats that --from knows, beside logs by a mapping.
func importFormats() []intake.Format { return helpdesk.Formats() }

// importPaths are the files and folders to import. A format may stand before them, as in 'headroom
// import zendesk export/', in place of --from.
func importPaths(c *cli.Context) ([]string, error) {
	paths := c.Args().Slice()
	known := slices.ContainsFunc(importFormats(), func(f intake.Format) bool { return f.Name == paths[0] })
	if _, err := os.Stat(paths[0]); err == nil || !known || len(paths) == 1 {
		return paths, nil
	}
	return paths[1:], c.Set("from", paths[0])
}

// folderSources are the files of a folder and of those in it, in the order of their names. What is
// hidden is left out.
func folderSources(dir string) (files []intake.Source, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), ".") && path != dir && e.IsDir():
			return filepath.SkipDir
		case strings.HasPrefix(e.Name(), ".") || !e.Type().IsRegular():
			return nil
		}
		name, err := filepath.Rel(dir, path)
		files = append(files, intake.Source{Name: filepath.ToSlash(name), Open: func() (io.ReadCloser, error) { return os.Open(path) }})
		return err
	})
	if err == nil && len(files) == 0 {
		err = usagef("there is no file in the folder %s", dir)
	}
	return files, err
}

// recognise takes what the files themselves say for --from, where nothing says how to read them.
func recognise(c *cli.Context, t terminal, files []intake.Source) error {
	for _, flag := range []string{"mapping", "guess", "from"} {
		if c.IsSet(flag) {
			return nil
		}
	}
	f, ok := helpdesk.Recognise(files)
	if !ok {
		return nil
	}
	if _, err := fmt.Fprintf(t.out, "recognised as an export of %s\n", f.Title); err != nil {
		return err
	}
	return c.Set("from", f.Name)
}
