package calibration

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of a backtest as JSON.
//
//go:embed backtest.schema.json
var Schema []byte
