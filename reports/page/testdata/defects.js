// What a page may lack for a reader who does not see it, or not well: a list of sentences.
(() => {
  const found = [], root = document.documentElement;
  const say = (what, e) => found.push(what + ": " + (e.id ? "#" + e.id : e.tagName.toLowerCase() + (e.getAttribute("class") ? "." + e.getAttribute("class") : "")) + " " + JSON.stringify((e.textContent || "").trim().slice(0, 40)));
  const name = e => (e.getAttribute("aria-label") || e.textContent || "").trim();
  const shown = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen, .skip, noscript");

  // Relative luminance and contrast, WCAG 2.1.
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map(), grounds = new Map();
  const colour = text => {
    if (!known.has(text)) {
      pen.clearRect(0, 0, 1, 1); pen.fillStyle = text; pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(text, { r, g, b, a: a / 255 });
    }
    return known.get(text);
  };
  const over = (top, share, ground) => ({ r: share * top.r + (1 - share) * ground.r, g: share * top.g + (1 - share) * ground.g, b: share * top.b + (1 - share) * ground.b, a: 1 });
  const light = c => { const f = x => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b); };
  const contrast = (a, b) => { const x = light(a), y = light(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const ground = e => {
    if (!e) return colour("white");
    if (!grounds.has(e)) { const c = colour(getComputedStyle(e).backgroundColor); grounds.set(e, c.a > 0.99 ? c : ground(e.parentElement)); }
    return grounds.get(e);
  };

  let texts = 0, digits = 0;
  for (const e of document.body.querySelectorAll("*")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !shown(e) || e.closest("script, style, :disabled")) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && +style.fontWeight >= 700;
    let ink, below = ground(e);
    if (e instanceof SVGElement) {
      ink = colour(style.fill);
      const cell = e.parentElement.querySelector("rect.cell");
      if (e.parentElement.tagName === "g" && cell) { digits++; below = over(colour(getComputedStyle(cell).fill), +getComputedStyle(cell).fillOpacity, below); }
    } else ink = colour(style.color);
    texts++;
    const ratio = contrast(ink, below);
    if (ratio < (large ? 3 : 4.5)) say("contrast of " + ratio.toFixed(2), e);
  }
  for (let i = 0; i < 7; i++) {
    const ratio = contrast(colour(getComputedStyle(root).getPropertyValue("--ink" + i)), ground(document.body));
    if (ratio < 3) found.push("lines of ink " + i + " have a contrast of " + ratio.toFixed(2));
  }

  for (const e of document.querySelectorAll("button, a, summary, [role=group], [role=region], [role=img], svg.map, nav, section[aria-label]")) if (!name(e)) say("has no name", e);
  for (const e of document.querySelectorAll("p a, th a, td a")) if (!getComputedStyle(e).textDecorationLine.includes("underline")) say("a link that only its colour tells", e);
  const ids = new Set();
  for (const e of document.querySelectorAll("[id]")) { if (ids.has(e.id)) say("the same id twice", e); ids.add(e.id); }
  for (const e of document.querySelectorAll('a[href^="#"]')) if (!document.getElementById(e.getAttribute("href").slice(1))) say("leads nowhere", e);

  let level = 0;
  for (const e of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = +e.tagName[1];
    if (next > level + 1) say("a heading of level " + next + " after one of level " + level, e);
    level = next;
  }
  if (document.querySelectorAll("h1").length !== 1 || document.querySelectorAll("main").length !== 1 || !root.lang || !document.title) found.push("no language or title, or not one h1 and one main");
  const landmarks = new Set();
  for (const e of document.querySelectorAll("nav, [role=region], section[aria-label]")) { if (landmarks.has(name(e))) say("two landmarks of one name", e); landmarks.add(e.getAttribute("aria-label")); }
  for (const e of document.body.children) if (!e.matches("header, main, script, .skip, [aria-live]")) say("outside of landmarks", e);

  for (const t of document.querySelectorAll("table")) {
    if (!t.caption || !name(t.caption)) say("a table without a caption", t);
    for (const th of t.querySelectorAll("th")) if (!name(th) || th.scope !== (th.closest("thead") ? "col" : "row")) say("a head without a name or scope", th);
    for (const row of t.rows) if (row.cells.length !== t.rows[0].cells.length) say("a row of another length", row);
    for (const row of t.tBodies[0].rows) if (row.cells[0].tagName !== "TH") say("a row without a head", row);
  }
  return { found, texts, digits, tables: document.querySelectorAll("table").length };
})()
