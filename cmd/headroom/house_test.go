package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/headroom-sim/headroom/"

// house is the order of the packages within each folder: a package imports only
// what stands before it.
var house = map[string][]string{
	"model": {
		"model/ticket", "model/dist", "model/work", "model/calendar", "model/shapley", "model/spell", "model/estimate", "model/survival", "model/erlang", "model/demand",
		"model/sla", "model/elapsed", "model/breach", "model/staffing", "model/ticketlog", "model/contract", "model/pricing", "model/outcome", "model/outcome/schema", "model", "model/counterfactual", "model/requirement", "model/program", "model/headcount", "model/roster", "model/coverage", "model/peak", "model/audit", "model/gaming", "model/targets", "model/cutoff", "model/counts", "model/touches", "model/routes", "model/drift", "model/lives", "model/fit", "model/backtest",
	},
	"sim": {
		"sim/des", "sim/rng", "sim/arrivals", "sim/people", "sim/desk", "sim/causes", "sim/laws", "sim/collect", "sim", "sim/bench", "sim/selection", "sim/experiment", "sim/book", "sim/cover", "sim/mix", "sim/sweep", "sim/hindcast", "sim/optimize/internal/classic", "sim/optimize/highs", "sim/optimize/cbc", "sim/optimize/repair", "sim/optimize", "sim/recruit", "sim/lateness", "sim/rostering",
	},
	"scenarios": {"scenarios/internal/yamltree", "scenarios/internal/scalar", "scenarios/internal/shelf", "scenarios/internal/extsort", "scenarios/internal/intern", "scenarios/draft", "scenarios/intake", "scenarios/helpdesk/zones", "scenarios/helpdesk/records", "scenarios/helpdesk/terms", "scenarios/helpdesk/desk", "scenarios/helpdesk/zendesk", "scenarios/helpdesk/servicenow", "scenarios/helpdesk/jira", "scenarios/helpdesk/freshdesk", "scenarios/helpdesk/salesforce", "scenarios/helpdesk", "scenarios/library", "scenarios/presets", "scenarios/agreements", "scenarios/language", "scenarios/internal/source", "scenarios/internal/scope", "scenarios/internal/tickets", "scenarios/internal/desk", "scenarios/internal/promises", "scenarios/internal/measures", "scenarios", "scenarios/helpdesk/internal/rehearsal", "scenarios/fitted", "scenarios/eventlog", "scenarios/workforce", "scenarios/staffed"},
	"reports":   {"reports/format", "reports/table", "reports/chart/internal/axis", "reports/chart/internal/palette", "reports/chart/internal/sheet", "reports/chart/internal/pen", "reports/chart", "reports/gallery", "reports/parquet", "reports/cuts", "reports/trace", "reports/internal/golden", "reports/internal/sample", "reports/html", "reports/paper", "reports/internal/inspect", "reports/pack", "reports/ledger", "reports/advice", "reports/cadence", "reports/changes", "reports/document", "reports/verdict", "reports/pictures", "reports/comparison", "reports/sweeps", "reports/explain", "reports/blame", "reports/warmup", "reports/quote", "reports/hiring", "reports/roster", "reports/cover", "reports/surge", "reports", "reports/page", "reports/history", "reports/calibration"},
	"cmd":       {"cmd/headroom"},
}

// fences keep a library within the packages that are there for it.
var fences = []struct {
	prefix  string
	allowed []string
	reason  string
}{
	{"gonum.org/v1/gonum/stat", []string{"model/estimate", "model/dist", "model/fit"}, "statistics have one home, where their traps are known"},
	{"gonum.org/v1/plot", []string{"reports/chart", "reports/chart/internal/axis", "reports/chart/internal/palette", "reports/chart/internal/sheet", "reports/chart/internal/pen"}, "one house style for all charts; axes, inks, canvases and the pen are parts of it"},
	{"codeberg.org/go-pdf", []string{"reports/chart/internal/sheet"}, "one canvas writes PDF"},
	{"gopkg.in/yaml.v3", []string{"scenarios/internal/yamltree", "scenarios/draft"}, "one reader, by which every value keeps its position, and one writer"},
	{"github.com/urfave/cli", []string{"cmd/headroom"}, "flags are the roof's business"},
	{"github.com/invopop/jsonschema", nil, "schemas are made by a test and shipped as files"},
	{"github.com/santhosh-tekuri/jsonschema", nil, "schemas are checked by tests"},
	{"github.com/parquet-go", []string{"reports/parquet"}, "one column writer"},
	{"github.com/arran4/golang-ical", []string{"scenarios/workforce", "reports/roster"}, "rosters are the only calendars of events"},
	{"github.com/go-json-experiment/json", []string{"scenarios/helpdesk/records", "scenarios/eventlog"}, "what is exported as JSON is read there"},
	{"github.com/teambition/rrule-go", []string{"scenarios/workforce"}, "rosters are the only calendars of events"},
	{"github.com/chromedp", nil, "a browser is for tests"},
	{"github.com/yuin/goldmark", nil, "Markdown is read by tests"},
	{"golang.org/x/net/html", []string{"reports/internal/inspect"}, "pages are read by tests, and by what they share"},
	{"github.com/tetratelabs/wazero", []string{"sim/optimize/highs"}, "one solver runs as WebAssembly"},
	{"github.com/jedib0t/go-pretty", []string{"cmd/headroom", "reports/table"}, "tables and progress bars have one home each"},
}

type pkg struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

func (p pkg) path() string {
	if p.ImportPath+"/" == module {
		return ""
	}
	return strings.TrimPrefix(p.ImportPath, module)
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,GoFiles", module+"...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func TestThePackagesKeepTheOrderOfTheHouse(t *testing.T) {
	t.Parallel()
	list := packages(t)
	if len(list) < 20 {
		t.Fatalf("only %d packages were found", len(list))
	}
	for _, p := range list {
		for _, broken := range misplaced(p) {
			t.Error(broken)
		}
	}
}

// misplaced lists the rules that a package's imports break.
func misplaced(p pkg) (broken []string) {
	path := p.path()
	wing, _, _ := strings.Cut(path, "/")
	order := house[wing]
	at := slices.Index(order, path)
	if at < 0 {
		return []string{fmt.Sprintf("%s has no place in the house: add it to the order of its folder, with its sentence in its doc", path)}
	}
	for _, imp := range p.Imports {
		for _, f := range fences {
			if strings.HasPrefix(imp, f.prefix) && !slices.Contains(f.allowed, path) {
				broken = append(broken, fmt.Sprintf("%s imports %s, which only %v may: %s", path, imp, f.allowed, f.reason))
			}
		}
		inner, ours := strings.CutPrefix(imp, module)
		if !ours {
			continue
		}
		other, _, _ := strings.Cut(inner, "/")
		switch {
		case other == wing && slices.Index(order, inner) >= at:
			broken = append(broken, fmt.Sprintf("%s imports %s, which stands after it: imports run one way", path, inner))
		case other != wing && other != "model" && wing != "cmd":
			broken = append(broken, fmt.Sprintf("%s imports %s: wings stand on model and meet only in cmd", path, inner))
		}
	}
	return broken
}

func TestAMisplacedImportIsFound(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		pkg  pkg
		want string
	}{
		{"a wing imports another", pkg{ImportPath: module + "reports", Imports: []string{module + "sim"}}, "meet only in cmd"},
		{"the ground imports a wing", pkg{ImportPath: module + "model", Imports: []string{module + "sim/des"}}, "meet only in cmd"},
		{"an import runs upwards", pkg{ImportPath: module + "sim/desk", Imports: []string{module + "sim/collect"}}, "stands after it"},
		{"a fenced library", pkg{ImportPath: module + "reports", Imports: []string{"gonum.org/v1/plot"}}, "house style"},
		{"a package without a place", pkg{ImportPath: module + "model/util"}, "no place"},
	} {
		if got := strings.Join(misplaced(row.pkg), "\n"); !strings.Contains(got, row.want) {
			t.Errorf("%s: got %q, want %q in it", row.name, got, row.want)
		}
	}
}

// Below sim/experiment there is no wall clock, no random numbers but those of a
// key, and no goroutine: a trial is a pure function.
func TestTrialsArePure(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		path := p.path()
		if path == "sim/experiment" || path == "sim/sweep" || path == "sim/hindcast" || path == "sim/bench" || path == "sim/optimize/highs" || path == "sim/optimize/cbc" || strings.HasPrefix(path, "cmd") {
			continue
		}
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if what := impure(n); what != "" {
					t.Errorf("%s/%s:%d: %s", path, name, fset.Position(n.Pos()).Line, what)
				}
				return true
			})
		}
	}
}

// impure names what a node does that a pure function may not.
func impure(n ast.Node) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "a goroutine below sim/experiment"
	case *ast.FuncDecl:
		if n.Name.Name == "init" && n.Recv == nil {
			return "an init function: tables stand in plain sight"
		}
	case *ast.SelectorExpr:
		x, ok := n.X.(*ast.Ident)
		if !ok {
			return ""
		}
		switch x.Name + "." + n.Sel.Name {
		case "time.Now", "time.Since", "time.Until", "time.Sleep":
			return "the wall clock below sim/experiment"
		}
		if x.Name == "rand" && !slices.Contains([]string{"New", "NewPCG", "Rand", "Source"}, n.Sel.Name) {
			return "random numbers without a key"
		}
	}
	return ""
}

func TestTheFoldersAreFive(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := house[e.Name()]; e.IsDir() && !ok && !strings.HasPrefix(e.Name(), ".") && !strings.HasSuffix(e.Name(), "-out") {
			t.Errorf("folder %s is none of the five", e.Name())
		}
	}
}
