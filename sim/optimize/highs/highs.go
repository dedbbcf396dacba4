package highs

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/headroom-sim/headroom/model/program"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

//go:embed highs.wasm.gz
var packed []byte

// Digest is the SHA-256 of the unpacked module, as npm ships it.
const Digest = "528be4365bea1d4188988646b244263f50320df55782e14d6af5bce7cd45c840"

// Name is what the solver calls itself in its answers.
const Name = "HiGHS"

var le = binary.LittleEndian

// Solver is HiGHS. It is compiled at the first Solve and may be used by many goroutines at once, each
// of which has an instance with a memory of its own. Use New, and Close in the end.
type Solver struct {
	// Gap is how far from the best an answer may be that ends the search, as a share of its cost;
	// 0: it goes on until it is proven.
	Gap float64

	folder   string
	once     sync.Once
	err      error
	cache    wazero.CompilationCache
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
}

// CacheFolder is where compiled code of the user may lie; empty if there is no such place.
func CacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "headroom", "wasm")
}

// New makes a solver that keeps its compiled code in a folder, which is made when it is
// needed; an empty name keeps it nowhere. A folder that cannot be written is done without. The
// error says that this machine has no compiler for the module.
func New(folder string) (*Solver, error) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		return nil, fmt.Errorf("HiGHS runs on amd64 and arm64, not on %s", runtime.GOARCH)
	}
	return &Solver{folder: folder}, nil
}

// Name is HiGHS.
func (s *Solver) Name() string { return Name }

// Close drops the compiled code.
func (s *Solver) Close(ctx context.Context) error {
	var err error
	if s.runtime != nil {
		err = s.runtime.Close(ctx)
	}
	if s.cache != nil {
		err = firstError(err, s.cache.Close(ctx))
	}
	return err
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// compile makes the module ready, once.
func (s *Solver) compile() error {
	s.once.Do(func() {
		// What many solves share must not end with the context of the first.
		ctx := context.Background()
		config := wazero.NewRuntimeConfigCompiler()
		if s.folder != "" {
			if cache, err := wazero.NewCompilationCacheWithDir(s.folder); err == nil {
				s.cache = cache
				config = config.WithCompilationCache(cache)
			}
		}
		code, err := unpack()
		if err != nil {
			s.err = err
			return
		}
		s.runtime = wazero.NewRuntimeWithConfig(ctx, config)
		if s.compiled, s.err = s.runtime.CompileModule(ctx, code); s.err == nil {
			s.err = functions(ctx, s.runtime, time.Now())
		}
	})
	return s.err
}

func unpack() ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// Solve finds the cheapest choice. When ctx is done before that is proven it gives the best
// choice so far, with the verdict program.Best, or program.Nothing; that is no error.
// start is a choice to begin with, and may be nil. An error is a program without sense, or
// a failure of HiGHS.
func (s *Solver) Solve(ctx context.Context, p *program.Program, start []float64) (program.Answer, error) {
	if err := p.Check(); err != nil {
		return program.Answer{}, err
	}
	none := program.Answer{Solver: Name, Verdict: program.Nothing, Bound: math.Inf(-1)}
	if ctx.Err() != nil {
		return none, nil
	}
	if err := s.compile(); err != nil {
		return program.Answer{}, fmt.Errorf("HiGHS cannot be compiled: %w", err)
	}
	module, err := s.runtime.InstantiateModule(ctx, s.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return program.Answer{}, fmt.Errorf("HiGHS does not start: %w", err)
	}
	// Closing must not be cut short by a context that is done.
	defer func() { _ = module.Close(context.WithoutCancel(ctx)) }()
	n := &instance{ctx: ctx, module: module}
	n.call(fnConstructors)
	model := n.call(fnCreate)
	n.options(model, s.Gap)
	n.pass(model, p)
	if p.Feasible(start) == nil && len(start) > 0 {
		n.must("a choice to begin with", fnSetSolution, model, n.doubles(start), 0, 0, 0)
	}
	n.must("the program", fnRun, model)
	return n.answer(model, p)
}

// options makes HiGHS silent, sequential and as exact as asked for.
func (n *instance) options(model uint64, gap float64) {
	n.must("silence", fnSetBool, model, n.text("output_flag"), 0)
	n.must("one thread", fnSetInt, model, n.text("threads"), 1)
	n.must("a time limit", fnSetDouble, model, n.text("time_limit"), api.EncodeF64(timeLimit))
	n.must("the gap", fnSetDouble, model, n.text("mip_rel_gap"), api.EncodeF64(gap))
}

// pass hands the program over, column by column.
func (n *instance) pass(model uint64, p *program.Program) {
	columns, rows := len(p.Columns), len(p.Rows)
	cost, lower, upper := make([]float64, columns), make([]float64, columns), make([]float64, columns)
	whole, starts := make([]int32, columns), make([]int32, columns)
	var index []int32
	var value []float64
	for j := range p.Columns {
		c := &p.Columns[j]
		cost[j], lower[j], upper[j], starts[j] = c.Cost, c.Lower, c.Upper, int32(len(index))
		if c.Integer {
			whole[j] = 1
		}
		for _, e := range c.Entries {
			index, value = append(index, int32(e.Row)), append(value, e.Coef)
		}
	}
	least, most := make([]float64, rows), make([]float64, rows)
	for i, r := range p.Rows {
		least[i], most[i] = r.Lower, r.Upper
	}
	const byColumn, minimise = 1, 1
	n.must("the program", fnPass, model, uint64(columns), uint64(rows), uint64(len(index)), byColumn, minimise, api.EncodeF64(0),
		n.doubles(cost), n.doubles(lower), n.doubles(upper), n.doubles(least), n.doubles(most),
		n.ints(starts), n.ints(index), n.doubles(value), n.ints(whole))
}

// Model statuses and others of HiGHS.
const (
	statusEmpty       = 6
	statusOptimal     = 7
	statusInfeasible  = 8
	statusEither      = 9 // unbounded or infeasible
	statusUnbounded   = 10
	feasibleSolution  = 2
	solutionStatusKey = "primal_solution_status"
	boundKey          = "mip_dual_bound"
)

// answer reads what HiGHS found.
func (n *instance) answer(model uint64, p *program.Program) (program.Answer, error) {
	status := int32(n.call(fnStatus, model))
	out := n.bytes(make([]byte, 8))
	n.must("a question", fnIntInfo, model, n.text(solutionStatusKey), out)
	found := n.err == nil && math.Float64bits(n.read(out, 1)[0])&math.MaxUint32 == feasibleSolution
	bound := math.Inf(-1)
	if n.must("a question", fnDoubleInfo, model, n.text(boundKey), out); n.err == nil {
		bound = n.read(out, 1)[0]
	}
	x := n.bytes(make([]byte, 8*len(p.Columns)))
	n.call(fnSolution, model, x, 0, 0, 0)
	if n.err != nil {
		return program.Answer{}, n.err
	}
	choice := n.read(x, len(p.Columns))
	n.call(fnDestroy, model)
	switch {
	case n.err != nil:
		return program.Answer{}, n.err
	case status == statusInfeasible:
		return program.Answer{Solver: Name, Verdict: program.Infeasible, Bound: math.Inf(1)}, nil
	case status == statusUnbounded || status == statusEither:
		return program.Answer{}, fmt.Errorf("the program has no cheapest choice, or none at all (HiGHS: status %d)", status)
	case status == statusEmpty:
		return p.Accept(Name, choice, 0)
	case status == statusOptimal:
		// Rounded to whole numbers, it may cost a little less or more than HiGHS proved.
		a, err := p.Accept(Name, choice, p.Cost(choice))
		if err != nil {
			return program.Answer{}, err
		}
		a.Bound, a.Verdict = a.Cost, program.Optimal
		return a, nil
	case !found:
		return program.Answer{Solver: Name, Verdict: program.Nothing, Bound: bound}, nil
	}
	return p.Accept(Name, choice, bound)
}
