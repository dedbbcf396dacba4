package outcome

// ReadWithin is Read with another limit of bytes.
var ReadWithin = read
