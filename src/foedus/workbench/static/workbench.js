"use strict";

const say = (words) => { document.getElementById("said").textContent = words; };

const kept = sessionStorage.getItem("said"); // told once the page that was asked to load again is there
if (kept) { sessionStorage.removeItem("said"); say(kept); }

async function send(path, cells) {
  const form = new FormData();
  for (const [name, value] of Object.entries(cells)) form.append(name, value);
  const answer = await fetch(path, { method: "POST", body: form });
  const kind = answer.headers.get("content-type") || "";
  if (!kind.startsWith("application/json")) return { done: false, words: "The workbench did not answer; load the page again." };
  return answer.json();
}

// The queue: single keys decide on the candidate at hand and go on.

const queue = document.getElementById("queue");
if (queue) {
  const all = () => [...queue.querySelectorAll("article.candidate")];
  let here = all()[0] || null;

  function fill(one) { // the fields stand in the candidate at hand alone, so that a long queue stays light
    if (!one.querySelector("[data-cell]")) one.querySelector(".row").append(document.getElementById("cells").content.cloneNode(true));
    for (const cell of one.querySelectorAll("[data-cell]")) cell.value = one.dataset[cell.dataset.cell];
  }

  function go(to, jump = true) {
    if (!to) return;
    fill(to);
    if (here) here.classList.remove("here");
    here = to;
    here.classList.add("here");
    if (jump) { here.focus({ preventScroll: true }); here.scrollIntoView({ block: "nearest" }); }
  }

  function next(step) {
    const open = all().filter((one) => one === here || !one.classList.contains("done"));
    return open[open.indexOf(here) + step];
  }

  function show(one, now) {
    one.dataset.version = now.version;
    one.querySelector(".who").textContent = now.name;
    one.querySelector(".claim").textContent = now.claim;
    const tag = one.querySelector(".stance");
    tag.textContent = now.stance;
    tag.className = "tag stance " + ({ for: "accepts", against: "objects" }[now.stance] || "voice");
    Object.assign(one.dataset, { actor: now.actor, concept: now.concept, signal: now.signal });
    one.dataset.stance = { for: "1", against: "-1", neither: "0" }[now.stance];
    fill(one);
    one.classList.toggle("done", now.status !== "candidate");
    one.querySelector(".outcome").textContent = now.status === "candidate" ? "" : `${now.status}:`;
  }

  const read = (one) => ["stance", "who", "claim"].map((name) => one.querySelector(`.${name}`).textContent).join(", ") + (one.dataset.signal ? `, ${one.dataset.signal}` : "");

  let before = Promise.resolve(); // what was asked first is done first, however fast the keys come
  let waiting = 0;
  const act = (one, action, cells = {}) => {
    waiting += 1;
    before = before.catch(() => null).then(() => acted(one, action, cells)).finally(() => { waiting -= 1; });
    return before;
  };
  addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); }); // decisions on their way are not lost

  async function acted(one, action, cells) {
    const path = `/c/${queue.dataset.case}/statements/${encodeURIComponent(one.dataset.id)}`;
    const found = await send(path, { mark: queue.dataset.mark, version: one.dataset.version, action, ...cells });
    const told = one.querySelector(".told"), both = one.querySelector(".both");
    const seen = read(one);
    if (found.now) show(one, found.now);
    both.hidden = !found.changed;
    if (found.changed) {
      const mine = action === "edit" ? Object.entries(cells).map(([name, value]) => `${name} ${value || "blank"}`).join(", ") : `to ${action} it`;
      told.textContent = `Changed since the page was loaded. You saw: ${seen}. It is now: ${read(one)}, ${found.now.status}. You wanted: ${mine}. Nothing of yours has been saved yet.`;
      one.again = () => act(one, action, cells);
      go(one);
      return false;
    }
    if (!found.done) { told.textContent = found.words; if (!found.now) one.classList.remove("done"); go(one); return false; }
    told.textContent = "";
    document.getElementById("left").textContent = found.left;
    if (found.number === null) say(`${found.now.name}: that stood so already; nothing was changed.`);
    else say(`${found.now.name}: ${action === "edit" ? "changed" : action + "ed"}, number ${found.number} of the journal.${found.left ? "" : " Nothing waits any more."}`);
    return true;
  }

  async function decide(action, cells = {}) {
    const one = here, after = next(1) || next(-1);
    if (!one || one.classList.contains("done")) { say("No candidate waits any more."); return; }
    one.classList.add("done"); // at once; what could not be done is shown, and asked again
    go(after);
    const done = await act(one, action, cells).catch(() => false);
    if (!done && one.classList.contains("done") && !one.querySelector(".told").textContent) one.classList.remove("done");
  }

  const undo = (number = "") => { // in its turn: what was decided before it is decided first
    waiting += 1;
    before = before.catch(() => null).then(() => undone(number)).catch(() => say("The workbench did not answer; load the page again.")).finally(() => { waiting -= 1; });
    return before;
  };

  async function undone(number) {
    const found = await send(`/c/${queue.dataset.case}/undo`, { mark: queue.dataset.mark, script: "yes", number });
    if (!found.done) { say(found.words || "There is nothing to take back."); return; }
    const rows = found.statements.map((now) => [all().find((one) => one.dataset.id === now.id), now]);
    if (!rows.length || rows.some(([one]) => !one)) { // decided before this page was loaded
      sessionStorage.setItem("said", found.words);
      setTimeout(() => location.reload());
      return;
    }
    for (const [one, now] of rows) show(one, now);
    document.getElementById("left").textContent = found.left;
    go(rows[0][0]);
    if (here.classList.contains("done")) go(next(1) || next(-1));
    say(found.words);
  }

  queue.addEventListener("click", (event) => {
    const one = event.target.closest("article.candidate");
    if (one) go(one, false);
    const what = event.target.dataset.do;
    if (what === "leave" || what === "anyway") {
      one.querySelector(".both").hidden = true;
      one.querySelector(".told").textContent = "";
      if (what === "anyway") one.again();
    } else if (what) decide(what);
  });
  queue.addEventListener("focusin", (event) => {
    const one = event.target.closest("article.candidate");
    if (one && one !== here) go(one, false);
  });
  queue.addEventListener("change", (event) => {
    const cell = event.target.dataset.cell;
    if (cell) act(event.target.closest("article.candidate"), "edit", { [cell]: event.target.value });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.matches("input, select, textarea")) {
      if (event.key === "Escape") { event.target.blur(); go(here); }
      return;
    }
    const to = (cell) => here && here.querySelector(`[data-cell=${cell}]`).focus();
    const stance = { "+": "1", "-": "-1", 0: "0" }[event.key];
    if (stance && here) act(here, "edit", { stance });
    else if (event.key === "a") decide("accept");
    else if (event.key === "r") decide("reject");
    else if (event.key === "i") decide("accept", { wording: "yes" });
    else if (event.key === "j" || event.key === "ArrowDown") go(next(1));
    else if (event.key === "k" || event.key === "ArrowUp") go(next(-1));
    else if (event.key === "u") undo();
    else if (event.key === "y") undo("redo");
    else if (event.key === "w") to("actor");
    else if (event.key === "c") to("concept");
    else if (event.key === "s") to("signal");
    else return;
    event.preventDefault();
  });
  go(here);
}

// Reading: tell how far it has come, and show what was found.

const reading = document.getElementById("reading");
if (reading && reading.dataset.goesOn) {
  const look = async () => {
    const found = (await (await fetch(`/c/${encodeURIComponent(reading.dataset.case)}/reading`)).json()).reading;
    reading.textContent = found.words;
    if (found.goes_on) setTimeout(look, 400); else location.reload();
  };
  setTimeout(look, 400);
}
const drop = document.getElementById("drop");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry && one.webkitGetAsEntry()).filter(Boolean);
    if (!entries.some((one) => one.isDirectory)) { files.files = event.dataTransfer.files; return; }
    inside(entries).then((found) => { // a folder: all files in it, and in folders in it
      const all = new DataTransfer();
      for (const one of found) all.items.add(one);
      files.files = all.files;
      say(`${found.length} files of the folder are chosen.`);
    });
  });
  const inside = async (entries) => (await Promise.all(entries.map(async (entry) => {
    if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
    const reader = entry.createReader(), held = [];
    for (;;) { // a reader gives a hundred entries at a time
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return inside(held);
      held.push(...some);
    }
  }))).flat();
}

// A document or the queue: words that are selected become a statement.

const own = document.getElementById("own");
if (own) {
  const open = () => {
    const chosen = getSelection();
    if (own.open || !chosen.rangeCount || chosen.isCollapsed) return;
    const start = chosen.anchorNode, place = (start.nodeType === 1 ? start : start.parentElement).closest("[data-words]");
    if (!place || !place.contains(chosen.focusNode)) return;
    const words = chosen.getRangeAt(0).cloneContents();
    words.querySelectorAll(".tag, article, .legend").forEach((one) => one.remove()); // what was coded is no part of the text
    const quote = words.textContent.trim();
    if (!quote) return;
    const into = (name, value) => { own.querySelector(`[name=${name}]`).value = value; };
    into("quote", quote);
    if (place.dataset.source) { into("source", place.dataset.source); into("on", place.dataset.on); }
    own.showModal();
    own.querySelector("[name=actor]").focus();
  };
  document.addEventListener("mouseup", open);
  document.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.target.matches("input, select, textarea, button, a, summary")) open(); });
  const pick = (place) => { getSelection().selectAllChildren(place); place.scrollIntoView({ block: "nearest" }); };
  const paragraphs = [...document.querySelectorAll("#text p")];
  document.addEventListener("keydown", (event) => { // without a mouse: a passage is selected whole, and Shift with arrows fits it
    if (own.open || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const beside = queue && queue.querySelector(".here");
    if (event.key === "n" && beside) { pick(beside.closest("section").querySelector("blockquote")); open(); }
    else if (paragraphs.length && (event.key === "j" || event.key === "k")) {
      const at = paragraphs.findIndex((one) => getSelection().containsNode(one, true));
      const first = paragraphs.findIndex((one) => one.getBoundingClientRect().bottom > 0); // where the page has been scrolled to
      const to = at < 0 ? first : at + (event.key === "j" ? 1 : -1);
      if (paragraphs[to]) pick(paragraphs[to]);
    } else return;
    event.preventDefault();
  });
  own.querySelector("[data-close]").addEventListener("click", () => own.close());
}

// Drafts: what is typed is kept until it is sent, and stands there again.

for (const form of document.querySelectorAll("form[data-draft]")) {
  const path = `/c/${location.pathname.split("/")[2]}/draft`, name = form.dataset.draft;
  const fields = [...form.elements].filter((one) => one.name && !["hidden", "file", "submit", "button"].includes(one.type) && !one.readOnly);
  const mark = form.querySelector("[name=mark]").value;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "draft", value: name }));
  let waits = null, leaves = false;
  const keep = (empty) => send(path, { mark, draft: name, ...Object.fromEntries(fields.map((one) => [one.name, empty || one.value === one.dataset.first ? "" : one.value])) });
  for (const one of fields) one.dataset.first = one.value;
  form.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(() => leaves || keep(false), 400); });
  form.addEventListener("submit", () => { leaves = true; clearTimeout(waits); });
  fetch(`${path}?draft=${encodeURIComponent(name)}`).then((answer) => answer.json()).then((found) => {
    const back = fields.filter((one) => found.cells && found.cells[one.name] && one.value === one.dataset.first);
    if (!back.length) return;
    for (const one of back) one.value = found.cells[one.name];
    const told = Object.assign(document.createElement("p"), { className: "row kept" }), words = document.createElement("span");
    const clear = Object.assign(document.createElement("button"), { type: "button", textContent: "Clear it" });
    told.setAttribute("role", "status");
    words.textContent = `You typed this on ${found.kept} and have not sent it.`;
    clear.addEventListener("click", () => { for (const one of fields) one.value = one.dataset.first; keep(true); told.remove(); });
    told.append(words, clear);
    form.prepend(told);
  });
}

// Positions: drag a point along its line, and say on the next page what that rests on.

for (const line of document.querySelectorAll("svg.line[data-to]")) {
  const dot = line.querySelector(".dot"), place = line.closest("tr").querySelector(".place"), was = place.textContent;
  const low = Number(line.dataset.low), high = Number(line.dataset.high), step = Number(line.dataset.step);
  const at = (event) => {
    const box = line.getBoundingClientRect();
    const along = (high - low) * Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    return Number((low + Math.round(along / step) * step).toPrecision(10));
  };
  let drags = false;
  const end = () => { drags = false; line.classList.remove("dragged"); };
  line.addEventListener("pointerdown", (event) => { drags = true; line.setPointerCapture(event.pointerId); line.classList.add("dragged"); event.preventDefault(); });
  line.addEventListener("pointermove", (event) => {
    if (!drags) return;
    for (const end of ["x1", "x2"]) dot.setAttribute(end, 200 * (at(event) - low) / (high - low));
    place.textContent = at(event);
  });
  line.addEventListener("pointerup", (event) => {
    if (!drags) return;
    end();
    if (String(at(event)) !== was) location.href = line.dataset.to + at(event);
  });
  line.addEventListener("pointercancel", end);
}
const along = document.getElementById("along"), typed = document.getElementById("place");
if (along && typed) {
  along.addEventListener("input", () => { typed.value = along.value; typed.dispatchEvent(new Event("input", { bubbles: true })); });
  typed.addEventListener("input", () => { if (typed.value !== "") along.value = typed.value; });
  if (new URLSearchParams(location.search).get("position")) document.querySelector("[name=note]").focus();
}

// What happened at a step of the docket: only what its procedure knows.

const outcome = document.getElementById("outcome");
if (outcome) {
  outcome.querySelector("[name=key]").addEventListener("change", (event) => {
    const one = event.target.selectedOptions[0], may = (one.dataset.may || "").split("|").filter(Boolean);
    outcome.querySelector("[name=happened]").value = outcome.querySelector("[name=seen]").value = one.dataset.happened || "";
    document.getElementById("outcomes").replaceChildren(...may.map((value) => Object.assign(document.createElement("option"), { value })));
    document.getElementById("possible").textContent = may.length ? `Possible here: ${may.join("; ")}; or blank where it is not known.` : "";
  });
}

// The forecast: every slider is tried at once, and only the latest answer counts.

const live = document.getElementById("live");
if (live) {
  const sliders = document.getElementById("sliders");
  let asked = 0, waits = null;
  const show = (shares) => {
    for (const one of shares) {
      live.querySelector(`[data-label="${CSS.escape(one.label)}"]`).style.width = `${(100 * one.probability).toFixed(1)}%`;
      live.querySelector(`[data-value="${CSS.escape(one.label)}"]`).textContent = one.words;
    }
  };
  const forecast = new Map([...live.querySelectorAll("[data-value]")].map((one) => [one.dataset.value, one.textContent]));
  const suppose = (words) => { // what is supposed says so, beside the forecast without it
    document.getElementById("supposing").textContent = words;
    for (const one of live.querySelectorAll("[data-before]")) one.textContent = words ? ` instead of ${forecast.get(one.dataset.before)}` : "";
    document.querySelector("p.supposing").hidden = !words;
    document.getElementById("keep").hidden = true;
  };
  const placed = (one) => `${one.closest("label").querySelector("span").textContent} at ${one.value} instead of ${one.dataset.was}`;
  async function look() {
    const moved = [...sliders.querySelectorAll("input")].filter((one) => one.value !== one.dataset.was);
    const mine = ++asked, query = new URLSearchParams({ issue: live.dataset.issue, as_of: live.dataset.asOf });
    for (const one of moved) query.append("set", `${one.dataset.actor}.position=${one.value}`);
    const told = (found) => {
      if (mine !== asked) return false;
      if (!found.shares) { say(found.words); return false; }
      show(found.shares);
      suppose(moved.length ? `Supposed: ${moved.map(placed).join("; ")}. Likeliest then: ${found.likeliest}.` : "");
      document.getElementById("keep").hidden = !moved.length;
      return true;
    };
    const ask = async (more) => (await fetch(`/c/${live.dataset.case}/supposed?${query}${more}`)).json();
    if (told(await ask("&quick=yes"))) told(await ask("")); // fewer draws at once, all of them behind
  }
  const soon = () => { clearTimeout(waits); waits = setTimeout(look, 40); };
  sliders.addEventListener("input", (event) => {
    event.target.closest("label").querySelector("output").textContent = event.target.value;
    soon();
  });
  document.getElementById("keep").addEventListener("submit", (event) => {
    for (const one of sliders.querySelectorAll("input")) {
      if (one.value === one.dataset.was) continue;
      const set = Object.assign(document.createElement("input"), { type: "hidden", name: "set", value: `${one.dataset.actor}.position=${one.value}` });
      event.target.append(set);
    }
  });
  const named = document.getElementById("scenarios");
  if (named) named.addEventListener("click", async (event) => {
    const scenario = event.target.dataset.scenario;
    if (!scenario) return;
    const mine = ++asked, query = new URLSearchParams({ issue: live.dataset.issue, as_of: live.dataset.asOf, scenario });
    const found = await (await fetch(`/c/${live.dataset.case}/supposed?${query}`)).json();
    if (mine !== asked) return;
    if (!found.shares) { say(found.words); return; }
    show(found.shares);
    suppose(`Supposed: ${event.target.textContent}. Likeliest then: ${found.likeliest}.`);
  });
  document.getElementById("back").addEventListener("click", () => {
    for (const one of sliders.querySelectorAll("input")) { one.value = one.dataset.was; one.closest("label").querySelector("output").textContent = one.value; }
    soon();
  });
  document.getElementById("another").addEventListener("change", async (event) => {
    const actor = event.target.value;
    if (!actor || sliders.querySelector(`[data-actor="${CSS.escape(actor)}"]`)) return;
    const made = document.createElement("label");
    made.className = "slider";
    const name = document.createElement("span"), input = document.createElement("input"), output = document.createElement("output");
    name.textContent = event.target.selectedOptions[0].textContent;
    Object.assign(input, { type: "range", min: sliders.dataset.low, max: sliders.dataset.high, step: sliders.dataset.step, value: event.target.selectedOptions[0].dataset.at });
    input.dataset.actor = actor;
    input.dataset.was = input.value;
    output.textContent = input.value;
    made.append(name, input, output);
    sliders.append(made);
    input.focus();
  });
}

// How others answer takes longer than the forecast: it comes from a page of its own when it is worked out.

const others = document.querySelector("#others[data-from]");
if (others) {
  const take = async () => {
    const answer = await fetch(others.dataset.from);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("others");
    if (found) others.replaceChildren(...found.childNodes);
    else others.lastElementChild.textContent = page.querySelector("main strong").textContent;
  };
  take().catch(() => { others.lastElementChild.textContent = "The workbench did not answer; load the page again."; });
}

// The replay: step through it, one step open at a time.

const steps = document.getElementById("steps");
if (steps) {
  const all = [...document.querySelectorAll("details[id^=step-]")];
  let at = -1;
  const step = (by) => {
    if (at >= 0) all[at].open = false;
    at = Math.max(0, Math.min(all.length - 1, at + by));
    all[at].open = true;
    all[at].scrollIntoView({ block: "center" });
    all[at].querySelector("summary").focus({ preventScroll: true });
  };
  if (all.length) {
    steps.hidden = false;
    steps.addEventListener("click", (event) => { if (event.target.dataset.step) step(Number(event.target.dataset.step)); });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
      if (event.key === "j" || event.key === "k") { step(event.key === "j" ? 1 : -1); event.preventDefault(); }
    });
  }
}

// What scrolls sideways can be reached by the keyboard.

const reach = () => {
  for (const one of document.querySelectorAll(".scroll")) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0; else one.removeAttribute("tabindex");
  }
};
addEventListener("resize", reach);
reach();
