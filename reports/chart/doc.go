// Package chart draws the pictures of a report, in one house style.
//
// The stance: a picture is read from the back of a room, by somebody who was not
// there when it was made. So it says itself what it shows: a title that names
// the question, a subtitle that names the scenario, a caption that says what
// bands and lines mean and what is doubtful. There is no box around the plot, a
// thin grid behind it, and no legend that could cover data: every panel has a
// line of its own above it for names and keys.
//
// Every chart is a plain value with the data in it and is drawn by the same
// code to PNG (1280 × 720 pixels), SVG and PDF. The font is Liberation Sans: in an SVG
// its letters are outlines, which look the same where no font is installed, and in
// a PDF they are text. Colours have the hues of Okabe and Ito (2008), which people with any
// of the common colour deficiencies can tell apart, and stand out from paper by three to one;
// areas may be lighter, since their edges are drawn. Lines differ in their dashes or the shapes
// of their points as well.
//
// Nothing is left out in silence: an interval without data is a gap, a cell
// without data is hatched, and an empty chart says that it is empty.
//
// gonum/plot is used here and nowhere else: its canvases and fonts, by the pen in internal/pen. Axes are our
// own, because ticks have to stand on local midnights and round hours.
package chart
