package highs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Exported functions of the module: the C API of HiGHS, and the runtime's own.
const (
	fnConstructors = "v"
	fnCreate       = "F"
	fnDestroy      = "G"
	fnRun          = "N"
	fnPass         = "V"
	fnSetBool      = "ia"
	fnSetInt       = "ja"
	fnSetDouble    = "ka"
	fnIntInfo      = "Aa"
	fnDoubleInfo   = "Ba"
	fnSolution     = "Ea"
	fnStatus       = "Ga"
	fnSetSolution  = "Va"
	fnFree         = "tc"
	fnMalloc       = "uc"
)

// host is the namespace of the functions that the module asks for.
const host = "a"

const (
	noSuchFile = 44 // errno of WASI: no such file
	badFile    = 8  // errno of WASI: bad file descriptor
	notThere   = -2 // ENOENT of Linux, as system calls return it
	badNumber  = -9 // EBADF
)

// timeLimit is HiGHS' own limit, in seconds, and leap what its clock leaps by once the
// context is done.
const (
	timeLimit = 1e7
	leap      = 1e8
)

// clock is the seconds that HiGHS sees, for what has passed since some instant.
func clock(ctx context.Context, since time.Time) float64 {
	s := time.Since(since).Seconds()
	if ctx.Err() != nil {
		s += leap
	}
	return s
}

// functions makes the host module. Files, timers and the environment are not there.
func functions(ctx context.Context, r wazero.Runtime, start time.Time) error {
	b := r.NewHostModuleBuilder(host)
	const i, l, d = api.ValueTypeI32, api.ValueTypeI64, api.ValueTypeF64
	add := func(name string, params, results []api.ValueType, f func(context.Context, api.Module, []uint64)) {
		b.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(f), params, results).Export(name)
	}
	stop := func(why string) func(context.Context, api.Module, []uint64) {
		return func(context.Context, api.Module, []uint64) { panic(errors.New(why)) }
	}
	returns := func(x int32) func(context.Context, api.Module, []uint64) {
		return func(_ context.Context, _ api.Module, stack []uint64) { stack[0] = api.EncodeI32(x) }
	}
	nothing := func(context.Context, api.Module, []uint64) {}
	millis := func(ctx context.Context, _ api.Module, stack []uint64) {
		stack[0] = api.EncodeF64(clock(ctx, start) * 1000)
	}
	one, none := []api.ValueType{i}, []api.ValueType(nil)
	add("a", []api.ValueType{i, i, i}, none, stop("a C++ exception"))
	add("b", one, none, stop("exit"))
	add("c", none, []api.ValueType{d}, millis) // emscripten_get_now
	add("d", one, one, returns(0))             // fd_close
	add("e", []api.ValueType{i, i, i}, one, returns(badNumber))
	add("f", []api.ValueType{i, i, i, i}, one, write)
	add("g", []api.ValueType{i, i, i, i}, one, returns(badFile)) // fd_read
	add("h", []api.ValueType{i, i, i}, one, returns(badNumber))
	add("i", []api.ValueType{i, i, i, i}, one, returns(notThere)) // openat
	add("j", none, []api.ValueType{d}, millis)                    // emscripten_date_now
	add("k", none, none, stop("abort"))
	add("l", []api.ValueType{i, d}, one, returns(0)) // setitimer
	add("m", []api.ValueType{i, i, i, i}, none, nothing)
	add("n", []api.ValueType{i, i}, one, returns(0)) // environ_get
	add("o", []api.ValueType{i, i}, one, noEnvironment)
	add("p", []api.ValueType{i, l, i}, one, func(ctx context.Context, m api.Module, stack []uint64) {
		nanos := uint64(clock(ctx, start) * 1e9)
		stack[0] = answer(m.Memory().WriteUint64Le(uint32(stack[2]), nanos))
	})
	add("q", one, one, grow)
	add("r", one, none, stop("exit"))
	add("s", none, none, nothing)
	add("t", []api.ValueType{i, l, i, i}, one, returns(badFile)) // fd_seek
	_, err := b.Instantiate(ctx)
	return err
}

// answer is the errno of a call that worked, or not.
func answer(ok bool) uint64 {
	if ok {
		return 0
	}
	return noSuchFile
}

// write throws away what HiGHS prints, and says that it is written.
func write(_ context.Context, m api.Module, stack []uint64) {
	vectors, n, written := uint32(stack[1]), uint32(stack[2]), uint32(stack[3])
	total := uint32(0)
	for k := range n {
		length, _ := m.Memory().ReadUint32Le(vectors + 8*k + 4)
		total += length
	}
	stack[0] = answer(m.Memory().WriteUint32Le(written, total))
}

func noEnvironment(_ context.Context, m api.Module, stack []uint64) {
	ok := m.Memory().WriteUint32Le(uint32(stack[0]), 0) && m.Memory().WriteUint32Le(uint32(stack[1]), 0)
	stack[0] = answer(ok)
}

// grow gives the module at least so many bytes of memory, and a fifth more while that
// can be had.
func grow(_ context.Context, m api.Module, stack []uint64) {
	const page = 65536
	want, have := uint64(uint32(stack[0])), uint64(m.Memory().Size())
	for _, bytes := range []uint64{max(want, have+have/5), want} {
		if _, ok := m.Memory().Grow(uint32((bytes - min(have, bytes) + page - 1) / page)); ok {
			stack[0] = 1
			return
		}
	}
	stack[0] = 0
}

// instance is one HiGHS in its own memory. The first error sticks.
type instance struct {
	ctx    context.Context
	module api.Module
	err    error
}

// call calls a function of the module and gives its result, if it has one.
func (n *instance) call(name string, args ...uint64) uint64 {
	if n.err != nil {
		return 0
	}
	results, err := n.module.ExportedFunction(name).Call(n.ctx, args...)
	if err != nil {
		n.err = fmt.Errorf("HiGHS failed: %w", err)
		return 0
	}
	if len(results) == 0 {
		return 0
	}
	return results[0]
}

// must calls a function that returns a status of HiGHS: -1 is an error, 1 a warning.
func (n *instance) must(what, name string, args ...uint64) {
	if status := int32(n.call(name, args...)); status < 0 && n.err == nil {
		n.err = fmt.Errorf("HiGHS refuses %s", what)
	}
}

// bytes puts bytes into the module's memory and gives their address. They stay there as
// long as the instance does.
func (n *instance) bytes(b []byte) uint64 {
	at := n.call(fnMalloc, uint64(max(len(b), 8)))
	if n.err == nil && (at == 0 || !n.module.Memory().Write(uint32(at), b)) {
		n.err = errors.New("HiGHS is out of memory")
	}
	return at
}

func (n *instance) text(s string) uint64 { return n.bytes(append([]byte(s), 0)) }

func (n *instance) doubles(list []float64) uint64 {
	b := make([]byte, 0, 8*len(list))
	for _, x := range list {
		b = le.AppendUint64(b, math.Float64bits(x))
	}
	return n.bytes(b)
}

func (n *instance) ints(list []int32) uint64 {
	b := make([]byte, 0, 4*len(list))
	for _, x := range list {
		b = le.AppendUint32(b, uint32(x))
	}
	return n.bytes(b)
}

// read reads numbers from the module's memory.
func (n *instance) read(at uint64, count int) []float64 {
	b, ok := n.module.Memory().Read(uint32(at), uint32(8*count))
	if !ok {
		if n.err == nil {
			n.err = errors.New("HiGHS gave an address beyond its memory")
		}
		return nil
	}
	list := make([]float64, count)
	for k := range list {
		list[k] = math.Float64frombits(le.Uint64(b[8*k:]))
	}
	return list
}
