// Package highs solves mixed-integer programs with HiGHS (Huangfu and Hall 2018), in process and
// without cgo: the solver is a WebAssembly module that wazero compiles.
//
// # The module
//
// highs.wasm.gz is the file build/highs.wasm of the npm package highs 1.15.3 (highs-js by
// Ophir Lojkine and others), compressed; Digest pins its bytes. LICENSE.highs-js and
// LICENSE.HiGHS are the notices of both. It adds 1.2 MB to a binary, and wazero some 4 MB
// more; nothing of it runs before the first Solve, which compiles it in some seconds, or
// loads it in a twentieth of that where a folder for compiled code is given.
//
// Names in the module are shortened, anew for each release: calls.go is the map for this one. A
// C++ exception surfaces as an error of the call, after which its instance is dropped.
//
// # Time
//
// HiGHS reads its clock through a function of ours. When the context is done the
// clock leaps beyond HiGHS' time limit, and it stops as it would by itself, with the best
// answer so far and its bound.
//
// The compiler knows amd64 and arm64; elsewhere New says that it can't.
package highs
