"use strict";
// Draws the charts, and lets a reader zoom, read values, and hide lines. Everything it shows lies
// in the page; it fetches nothing and keeps nothing.
(() => {
  const { thin, group, span, ticks, labels } = axes;
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("charts").textContent);
  const live = document.getElementById("live");
  const dashes = [[], [9, 4], [3, 3], [11, 3, 3, 3], [15, 5], [6, 3], [2, 5]];
  const mostRows = 400;
  const all = [];

  let ink = {};
  const readInk = () => {
    const style = getComputedStyle(root);
    for (const name of ["ground", "text", "soft", "grid", "good", "veil", "window", "ink0", "ink1", "ink2", "ink3", "ink4", "ink5", "ink6"])
      ink[name] = style.getPropertyValue("--" + name).trim();
  };
  const faint = (colour, share) => colour + Math.round(share * 255).toString(16).padStart(2, "0");
  const el = (tag, text, cls) => {
    const e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    if (cls) e.className = cls;
    return e;
  };

  // columns are the lists that uPlot draws: the horizontal axis, then for each line its values
  // and, with a band, both ends of it, drawn thinly, since the band alone is too faint for many.
  const columns = d => {
    const x = d.kind !== "time" ? d.x : d.at ? d.at.map(i => d.start + i * d.step) : d.lines[0].v.map((_, i) => d.start + i * d.step);
    const cols = [x], series = [{}], bands = [];
    d.lines.forEach((line, k) => {
      const colour = () => ink["ink" + k % 7], paths = line.loose ? () => null : line.steps ? uPlot.paths.stepped({ align: 1 }) : uPlot.paths.linear();
      line.at = cols.length;
      cols.push(line.v);
      series.push({ label: line.name, stroke: line.plain ? () => ink.soft : colour, width: line.plain ? 1.25 : 2, dash: line.plain ? [] : dashes[k % 7], paths, spanGaps: d.kind !== "time", points: { show: !!line.dots, size: 7, fill: colour } });
      if (!line.lo) return;
      for (const end of [line.lo, line.hi]) {
        cols.push(end);
        series.push({ label: line.name, stroke: line.loose ? "transparent" : colour, width: line.loose ? 0 : 0.6, paths, spanGaps: d.kind !== "time", points: { show: false } });
      }
      if (!line.loose) bands.push({ series: [line.at + 2, line.at + 1], fill: () => faint(colour(), 0.2) });
    });
    return { cols, series, bands };
  };

  const words = (u, text, x, y, align, colour) => {
    const c = u.ctx;
    c.font = 12 * devicePixelRatio + "px system-ui, sans-serif";
    c.textAlign = align; c.textBaseline = "top";
    c.strokeStyle = faint(ink.ground, 0.85); c.lineWidth = 3 * devicePixelRatio; c.lineJoin = "round"; c.setLineDash([]);
    c.strokeText(text, x, y); // a halo keeps it apart from lines
    c.fillStyle = colour;
    c.fillText(text, x, y);
  };
  // upright is a dashed line at a place, from row to the foot, with its name in that row; beyond says that the name stands behind it.
  const upright = (u, x, text, row, from, beyond) => {
    const { left, top, width, height } = u.bbox, at = u.valToPos(x, "x", true), px = devicePixelRatio;
    if (at < left - 1 || at > left + width + 1) return;
    const c = u.ctx;
    c.strokeStyle = ink.text; c.lineWidth = 1.25 * px; c.setLineDash([4 * px, 3 * px]);
    c.beginPath(); c.moveTo(at, top + 16 * from * px); c.lineTo(at, top + height); c.stroke(); c.setLineDash([]);
    words(u, text, at + (beyond ? 5 : -5) * px, top + (4 + 16 * row) * px, beyond ? "left" : "right", ink.text);
  };
  // widthOf is that of words in the font of names.
  const widthOf = (u, text) => { u.ctx.font = 12 * devicePixelRatio + "px system-ui, sans-serif"; return u.ctx.measureText(text).width; };
  // uprights are several, whose names stand one below the other on one side, in such an order that no line goes through a name.
  const uprights = (u, marks) => {
    const { left, width } = u.bbox, seen = marks.map(m => ({ ...m, x: u.valToPos(m.at, "x", true) })).filter(m => m.x >= left - 1 && m.x <= left + width + 1).sort((a, b) => a.x - b.x);
    const beyond = seen.every(m => m.x + widthOf(u, m.name) + 8 * devicePixelRatio <= left + width);
    seen.forEach((m, i) => { const row = beyond ? i : seen.length - 1 - i; upright(u, m.at, m.name, row, row, beyond); });
  };
  // crossed reports whether a line that shows goes through a box of the canvas.
  const crossed = (u, d, x0, x1, y0, y1) => d.lines.some(line => {
    if (!u.series[line.at].show) return false;
    let before = null;
    for (let i = 0; i < line.v.length; i++) {
      if (line.v[i] == null) continue;
      const x = u.valToPos(u.data[0][i], "x", true), y = u.valToPos(line.v[i], "y", true);
      const a = before || { x, y };
      before = { x, y };
      if (x < x0 || a.x > x1 || line.loose && (x > x1 || a.x < x0)) continue;
      const along = at => line.steps || x === a.x ? a.y : a.y + (y - a.y) * (Math.min(Math.max(at, a.x), x) - a.x) / (x - a.x);
      const ends = [along(x0), along(x1), ...(line.steps && x <= x1 ? [y] : [])];
      if (Math.max(...ends) >= y0 && Math.min(...ends) <= y1) return true;
    }
    return false;
  });
  // level writes the name of a level above or below it, where no line goes through it if there is such a place.
  const level = (u, d, name, y) => {
    const { left, top, width, height } = u.bbox, px = devicePixelRatio, long = widthOf(u, name);
    for (const up of [y - 16 * px, y + 4 * px]) for (const at of [left + 5 * px, left + width - long - 5 * px, left + (width - long) / 2]) {
      if (up < top || up + 12 * px > top + height || crossed(u, d, at - 2 * px, at + long + 2 * px, up - px, up + 13 * px)) continue;
      return words(u, name, at, up, "left", ink.text);
    }
    words(u, name, left + 5 * px, y - 16 * px, "left", ink.text);
  };

  // across is where a stretch of the horizontal axis lies, as far as it is in view.
  const across = (u, from, to) => [Math.max(u.bbox.left, u.valToPos(from, "x", true)), Math.min(u.bbox.left + u.bbox.width, u.valToPos(to, "x", true))];
  const warm = d => d.kind === "time" && d.measured > d.start;

  // ground draws what lies below the lines: the band to aim at, warm-up, and stretches of time.
  const ground = d => u => {
    const { left, top, width, height } = u.bbox, c = u.ctx;
    const fill = (from, to, colour) => {
      const [a, b] = across(u, from, to);
      c.fillStyle = colour;
      if (b > a) c.fillRect(a, top, b - a, height);
    };
    c.save();
    c.beginPath(); c.rect(left, top, width, height); c.clip();
    if (d.goal) {
      const a = u.valToPos(d.goal.hi, "y", true), b = u.valToPos(d.goal.lo, "y", true);
      c.fillStyle = faint(ink.good, 0.22); c.fillRect(left, a, width, b - a);
    }
    if (warm(d)) fill(d.start, d.measured, faint(ink.veil, 0.2));
    for (const w of d.windows || []) if (w.from < w.to) fill(w.from, w.to, faint(ink.window, 0.25));
    c.restore();
  };
  // whiskers are the intervals of points that no line joins.
  const whiskers = (d, u) => {
    const c = u.ctx, px = devicePixelRatio;
    d.lines.forEach((line, k) => {
      if (!line.loose || !line.lo || !u.series[line.at].show) return;
      c.strokeStyle = ink["ink" + k % 7]; c.lineWidth = 1.5 * px; c.setLineDash([]);
      u.data[0].forEach((v, i) => {
        if (line.lo[i] == null || v < u.scales.x.min || v > u.scales.x.max) return;
        const x = u.valToPos(v, "x", true), a = u.valToPos(line.lo[i], "y", true), b = u.valToPos(line.hi[i], "y", true);
        c.beginPath(); c.moveTo(x, a); c.lineTo(x, b); c.moveTo(x - 4 * px, a); c.lineTo(x + 4 * px, a); c.moveTo(x - 4 * px, b); c.lineTo(x + 4 * px, b); c.stroke();
      });
    });
  };
  // signs draws what lies above the lines: names of stretches, instants, marks and levels.
  const signs = d => u => {
    const { left, top, width } = u.bbox, c = u.ctx, px = devicePixelRatio;
    whiskers(d, u);
    if (d.goal) words(u, d.goal.name, left + width - 6 * px, u.valToPos(d.goal.hi, "y", true) + 3 * px, "right", ink.text);
    if (warm(d)) {
      const [a, b] = across(u, d.start, d.measured);
      if (b - a > 64 * px) words(u, "warm-up", a + 5 * px, top + 4 * px, "left", ink.soft);
    }
    (d.windows || []).forEach((w, i) => {
      if (w.from === w.to) return upright(u, w.from, w.name, i % 3, 0, u.valToPos(w.from, "x", true) <= left + width * 0.6);
      const [a, b] = across(u, w.from, w.to), right = a > left + width * 0.7;
      if (b > a) words(u, w.name, right ? b - 3 * px : a + 3 * px, top + (4 + 16 * (i % 3)) * px, right ? "right" : "left", ink.text);
    });
    uprights(u, d.marks || []);
    let last = Infinity; // where the name of the level below stands
    for (const m of [...(d.bound ? [d.bound] : []), ...(d.levels || [])].sort((a, b) => a.at - b.at)) {
      const y = u.valToPos(m.at, "y", true);
      if (y < top) continue;
      c.strokeStyle = ink.text; c.lineWidth = 1.25 * px; c.setLineDash([6 * px, 4 * px]);
      c.beginPath(); c.moveTo(left, y); c.lineTo(left + width, y); c.stroke(); c.setLineDash([]);
      if (last - y < 16 * px || y > u.bbox.top + u.bbox.height - 12 * px && m !== d.bound) continue;
      last = y;
      level(u, d, m.name, y);
    }
  };

  // clocks says of which clocks a rate is the ratio, and of which time where intervals are put together.
  const clocks = (d, line, i) => {
    if (!line.whole || !line.whole[i]) return "";
    const at = d.at ? d.at[i] : i, whole = (line.spans || []).find(([from, n]) => from <= at && at < from + n);
    return group(line.part[i]) + " of " + group(line.whole[i]) + " clocks" + (whole ? ", " + span(d.zone, d.start + whole[0] * d.step, whole[1] * d.step) + " together" : "");
  };

  // said is what there is to say of a place: a head, and a line for each line that shows.
  const said = (chart, i) => {
    const { d, u } = chart, lines = [];
    for (const line of d.lines) {
      if (!u.series[line.at].show) continue;
      if (d.kind !== "time") { if (line.t[i]) lines.push([line.name + ": " + line.t[i], ""]); continue; }
      if (line.v[i] == null) continue;
      const unit = thin + d.unit;
      const band = line.lo && line.lo[i] != null ? group(line.lo[i]) + "–" + group(line.hi[i]) + unit + (line.band ? ", " + line.band : "") : "";
      lines.push([line.name + ": " + group(line.v[i]) + unit, [band, clocks(d, line, i)].filter(s => s).join("; ")]);
    }
    return { head: d.kind === "time" ? span(d.zone, u.data[0][i], d.step) : d.xname + ": " + d.xt[i], lines };
  };
  const tip = chart => u => {
    const i = u.cursor.idx, box = chart.tip;
    const s = i == null || u.cursor.left < 0 ? null : said(chart, i);
    box.hidden = !s || s.lines.length === 0;
    if (box.hidden) return;
    box.replaceChildren(el("b", s.head));
    for (const [text, band] of s.lines) {
      const row = el("i", text);
      if (band) row.append(el("small", band));
      box.append(row);
    }
    const over = u.over.getBoundingClientRect(), plot = chart.plot.getBoundingClientRect();
    const x = u.valToPos(u.data[0][i], "x") + over.left - plot.left;
    box.style.left = Math.max(0, Math.min(x + 12 + box.offsetWidth > plot.width ? x - 12 - box.offsetWidth : x + 12, plot.width - box.offsetWidth)) + "px";
    box.style.top = "6px";
  };

  // rows fills the table behind a chart over time with what is in view.
  const rows = chart => {
    const place = chart.figure.querySelector(".rows"), { d, u } = chart;
    if (!place || !chart.figure.querySelector("details").open) return;
    const { min, max } = u.scales.x, table = el("table"), head = el("tr"), body = el("tbody");
    const name = "What the chart of " + chart.figure.querySelector("figcaption").textContent + " shows now";
    const header = (scope, text, cls) => { const e = el("th", text, cls); e.scope = scope; return e; };
    head.append(header("col", "interval"));
    for (const line of d.lines) head.append(header("col", line.name + ", " + d.unit, "right"));
    let n = 0, left = 0;
    u.data[0].forEach((x, i) => {
      if (x < min || x > max || d.lines.every(line => line.v[i] == null)) return;
      if (n === mostRows) { left++; return; }
      n++;
      const row = el("tr");
      row.append(header("row", span(d.zone, x, d.step)));
      for (const line of d.lines) {
        const v = line.v[i];
        row.append(el("td", v == null ? "–" : group(v) + (line.lo && line.lo[i] != null ? " (" + group(line.lo[i]) + "–" + group(line.hi[i]) + ")" : "") + (line.whole && v != null ? ", " + group(line.part[i]) + " of " + group(line.whole[i]) : ""), "right"));
      }
      body.append(row);
    });
    const thead = el("thead");
    thead.append(head);
    table.append(el("caption", name, "unseen"), thead, body);
    const scroll = el("div", undefined, "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", name);
    scroll.append(table);
    place.replaceChildren(el("p", "What the chart shows now" + (left ? ": the first " + group(n) + " of " + group(n + left) + " intervals; zoom in to see others." : "."), "caption"), scroll);
  };

  const show = (chart, min, max) => {
    const [first, last] = chart.full, least = (last - first) / 2000;
    const size = Math.min(Math.max(max - min, least), last - first);
    min = Math.min(Math.max(min, first), last - size);
    chart.u.setScale("x", { min, max: min + size });
  };
  const zoom = (chart, what) => {
    const { min, max } = chart.u.scales.x, middle = (min + max) / 2, half = (max - min) / 2;
    if (what === "in") show(chart, middle - half / 2, middle + half / 2);
    if (what === "out") show(chart, middle - 2 * half, middle + 2 * half);
    if (what === "back") show(chart, min - half, max - half);
    if (what === "on") show(chart, min + half, max + half);
    if (what === "reset") show(chart, ...chart.full);
  };
  const seen = chart => (u, key) => {
    if (key !== "x" || !chart.full) return;
    const { min, max } = u.scales.x;
    chart.plot.dataset.from = min;
    chart.plot.dataset.to = max;
    chart.figure.querySelector('[data-do="reset"]').disabled = min <= chart.full[0] && max >= chart.full[1];
    rows(chart);
  };

  const keys = chart => e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const { u } = chart, what = { "+": "in", "=": "in", "-": "out", "0": "reset", "Escape": "reset" }[e.key];
    if (what) zoom(chart, what);
    else if (e.key === "ArrowLeft" || e.key === "ArrowRight") {
      const step = e.key === "ArrowLeft" ? -1 : 1;
      if (e.shiftKey) zoom(chart, step < 0 ? "back" : "on");
      else {
        const { min, max } = u.scales.x, x = u.data[0];
        let i = u.cursor.idx == null ? x.findIndex(v => v >= min) : u.cursor.idx + step;
        i = Math.min(Math.max(i, 0), x.length - 1);
        if (x[i] < min || x[i] > max) show(chart, x[i] - (max - min) / 2, x[i] + (max - min) / 2);
        u.setCursor({ left: u.valToPos(x[i], "x"), top: 20 });
        const s = said(chart, i);
        live.textContent = s.head + ". " + s.lines.map(l => l.join(" ")).join(". ");
      }
    } else return;
    e.preventDefault();
  };

  const options = (chart, series, bands) => {
    const { d } = chart, side = { stroke: () => ink.soft, grid: { stroke: () => ink.grid, width: 1 }, ticks: { stroke: () => ink.grid, width: 1, size: 5 }, font: "12px system-ui, sans-serif" };
    const time = d.kind === "time";
    const bottom = {
      ...side, size: time ? 48 : 44, gap: 4, space: 64,
      splits: (u, _, min, max) => time ? ticks(d.zone, min, max, u.bbox.width / devicePixelRatio) : d.ticks ? apart(u, d.ticks.filter(t => t.at >= min && t.at <= max), min, max) : roundTicks(min, max),
      values: (u, list) => time ? labels(d.zone, list) : d.ticks ? list.map(t => (d.ticks.find(k => k.at === t) || {}).name) : list.map(v => group(v) + (d.xunit ? thin + d.xunit : "")),
    };
    if (!time) Object.assign(bottom, { label: d.xname, size: 28, labelSize: 20, labelGap: 0, labelFont: "12px system-ui, sans-serif" });
    return {
      // The name of a tick at the right end has its other half there.
      padding: [null, d.ticks ? u => Math.max(16, widthOf(u, d.ticks[d.ticks.length - 1].name) / devicePixelRatio / 2 + 2) : null, null, null],
      width: chart.plot.clientWidth || 320, height: chart.plot.clientHeight || 300, legend: { show: false }, series, bands,
      cursor: { y: false, drag: { x: true, y: false, dist: 4 }, points: { size: 7 } },
      scales: {
        x: { time: false, range: (u, min, max) => [min, max] },
        y: { range: (u, min, max) => upTo(d, min ?? 0, max ?? 0) },
      },
      axes: [bottom, { ...side, size: (u, list) => 16 + 7.2 * Math.max(3, ...(list || []).map(v => v.length)), values: (u, list) => list.map(v => v > d.most ? "" : group(+v.toFixed(6)) + (yUnit(d) ? thin + yUnit(d) : "")) }],
      hooks: { drawClear: [ground(d)], draw: [signs(d)], setCursor: [tip(chart)], setScale: [seen(chart)] },
    };
  };
  const yUnit = d => d.kind === "time" ? (d.unit === "%" ? "%" : "") : d.yunit;
  // upTo is the vertical axis: from 0 to a little above the highest value, of shares no higher than all.
  const upTo = (d, min, max) => {
    const time = d.kind === "time", share = yUnit(d) === "%";
    const top = Math.max(share && time ? Math.min(max, 100) : max, +(d.least || 0), d.bound ? d.bound.at : 0, ...(d.levels || []).map(m => m.at).filter(at => at < 1.4 * max)) * (time && (d.windows || d.measured > d.start) ? 1.15 : d.marks ? 1.3 : 1.06) || 1;
    // An interval of a share may reach below nothing, a share does not, a difference of shares does.
    const least = share ? Math.min(...d.lines.flatMap(l => l.v.map(v => v ?? 0))) : min;
    return [time ? 0 : Math.min(0, least), top];
  };
  // apart leaves out ticks whose names would run into one another.
  const apart = (u, list, min, max) => {
    const width = Math.max(u.bbox.width / devicePixelRatio, 152), kept = [];
    let free = -Infinity;
    for (const t of list) {
      const at = width * (t.at - min) / (max - min || 1), half = widthOf(u, t.name) / devicePixelRatio / 2;
      if (at - half < free) continue;
      kept.push(t.at);
      free = at + half + 12;
    }
    return kept;
  };
  const roundTicks = (min, max) => {
    const rough = (max - min) / 6, base = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 5, 10].find(m => m * base >= rough) * base, list = [];
    for (let v = Math.ceil(min / step) * step; v <= max + step / 1e6; v += step) list.push(+v.toPrecision(12));
    return list;
  };

  // What is a share of something has no numbers above all of it, however much room marks take.
  const most = d => yUnit(d) === "%" && d.lines.every(l => [...l.v, ...(l.hi || [])].every(v => v <= 100)) ? 100 : Infinity;

  const make = figure => {
    const d = data[+figure.dataset.chart], plot = figure.querySelector(".plot"), chart = { d, figure, plot, tip: el("div", undefined, "tip") };
    chart.tip.hidden = true;
    d.most = most(d);
    const { cols, series, bands } = columns(d), x = cols[0];
    let first = x[0], last = d.kind === "time" ? x[x.length - 1] + d.step : x[x.length - 1];
    for (const m of d.marks || []) { first = Math.min(first, m.at); last = Math.max(last, m.at); }
    chart.u = new uPlot(options(chart, series, bands), cols, plot);
    chart.full = last > first ? [first, last] : [first - 1, last + 1];
    show(chart, ...chart.full);
    chart.u.over.addEventListener("dblclick", e => { e.stopImmediatePropagation(); zoom(chart, "reset"); }, true);
    plot.append(chart.tip);
    plot.addEventListener("keydown", keys(chart));
    plot.addEventListener("blur", () => { chart.tip.hidden = true; });
    figure.querySelector("details").addEventListener("toggle", () => rows(chart));
    for (const b of figure.querySelectorAll("[data-do]")) b.addEventListener("click", () => zoom(chart, b.dataset.do));
    for (const b of figure.querySelectorAll("[data-line]")) b.addEventListener("click", () => {
      const line = d.lines[+b.dataset.line], on = b.getAttribute("aria-pressed") !== "true";
      b.setAttribute("aria-pressed", on);
      for (let k = 0; k < (line.lo ? 3 : 1); k++) chart.u.setSeries(line.at + k, { show: on });
    });
    new ResizeObserver(() => fit(chart)).observe(plot);
    all.push(chart);
  };
  const fit = (chart, width) => {
    width = width || chart.plot.clientWidth;
    if (width && (width !== chart.u.width || chart.plot.clientHeight !== chart.u.height)) chart.u.setSize({ width, height: chart.plot.clientHeight || 300 });
  };
  const repaint = () => { readInk(); for (const c of all) c.u.redraw(); };

  const button = document.getElementById("theme"), dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  const say = () => button.setAttribute("aria-pressed", isDark());
  button.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; say(); repaint(); });
  dark.addEventListener("change", () => { say(); repaint(); });
  const folds = [...document.querySelectorAll("details.fold")], unfold = document.getElementById("unfold");
  const opened = () => unfold && unfold.setAttribute("aria-pressed", folds.every(f => f.open));
  if (unfold) unfold.addEventListener("click", () => { const all = folds.every(f => f.open); for (const f of folds) f.open = !all; opened(); });
  for (const f of folds) f.addEventListener("toggle", opened);

  // On paper nothing can be opened: what is folded is printed, and folded again.
  let before, closed = [];
  addEventListener("beforeprint", () => {
    while (waiting.length) make(waiting.shift());
    closed = folds.filter(f => !f.open);
    for (const f of closed) f.open = true;
    before = root.dataset.theme;
    root.dataset.theme = "light";
    readInk();
    for (const c of all) { fit(c, 690); c.u.redraw(); }
  });
  addEventListener("afterprint", () => {
    for (const f of closed) f.open = false;
    if (before) root.dataset.theme = before; else delete root.dataset.theme;
    readInk();
    for (const c of all) { fit(c); c.u.redraw(); }
  });

  // What does not scroll is no stop for the keyboard.
  const stops = new ResizeObserver(list => {
    for (const { target: t } of list) t.tabIndex = t.scrollWidth > t.clientWidth || t.scrollHeight > t.clientHeight ? 0 : -1;
  });
  for (const scroll of document.querySelectorAll(".scroll")) stops.observe(scroll);

  readInk();
  say();
  // What a reader sees at first is drawn at once, the rest one after another while nothing else is
  // to be done: a page of many charts opens as fast as one of few.
  const waiting = [...document.querySelectorAll("figure.chart")];
  const inView = figure => { const r = figure.getBoundingClientRect(); return r.height > 0 && r.top < innerHeight && r.bottom > 0; };
  const idle = window.requestIdleCallback || (f => setTimeout(f, 1));
  const rest = () => {
    if (waiting.length) { make(waiting.shift()); idle(rest); return; }
    root.dataset.ready = all.length;
  };
  for (const figure of waiting.filter(inView)) make(waiting.splice(waiting.indexOf(figure), 1)[0]);
  requestAnimationFrame(() => setTimeout(() => { performance.mark("open"); idle(rest); }));
})();
