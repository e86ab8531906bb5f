// Answers wait on the device while the laptop cannot be reached, and go along in order once it can.
// Without this script everything works too: these are ordinary forms.
(() => {
  "use strict";
  const STORE = "bart-waiting", SECONDS = 8, AGAIN = 3;
  const said = document.body.dataset;
  const over = window.bartSealed; // where everything goes sealed: there a link is a question too
  const line = document.createElement("p");
  line.id = "line";
  line.setAttribute("role", "status");
  document.body.prepend(line);
  let ahead = null; // the questions in order: [path, page]
  let pressed = null; // Safari before 15.4 does not say which button was
  let sending = false, away = false;
  let left = false; // somebody stopped here: what this page still knows is shown to nobody
  const known = new Map(); // path -> what was last sent from there
  const refused = []; // pages that say why something that waited was not kept

  const read = () => { try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch { return memory; } };
  let memory = [];
  const write = (waiting) => {
    memory = waiting;
    try { waiting.length ? localStorage.setItem(STORE, JSON.stringify(waiting)) : localStorage.removeItem(STORE); }
    catch { /* kept in this page only */ }
  };
  const key = () => (document.querySelector("input[name=key]") || {}).value || "";
  const mine = () => read().filter((each) => each.key === key());

  function tell(text, good) {
    line.textContent = text || "";
    line.className = good ? "good" : "";
  }

  function show(text, path, back) {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.querySelector("main")) return;
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceChildren(line, ...page.body.childNodes);
    if (!back && path && path !== location.pathname) history.pushState(null, "", path);
    const there = document.querySelector("#problem, h1");
    scrollTo(0, 0);
    if (there) { there.tabIndex = -1; there.focus({ preventScroll: there.id !== "problem" }); }
    fetchAhead();
  }

  function fill(form, body) {
    const values = new URLSearchParams(body);
    for (const field of form.elements) {
      if (!field.name || ["key", "item", "act"].includes(field.name)) continue;
      if (field.name === "rev") field.value = String(Number(values.get("rev")) + 1);
      else if (["radio", "checkbox"].includes(field.type)) field.checked = values.getAll(field.name).includes(field.value);
      else field.value = values.get(field.name) || "";
    }
  }

  function fromAhead(path) {
    const found = (ahead || []).find((each) => each[0] === path);
    if (!found) return false;
    show(found[1], path);
    const counted = document.querySelector(".kept");
    if (counted) counted.remove(); // it says how many were kept when all the pages were fetched
    const form = document.querySelector("form.question");
    const last = mine().filter((each) => each.path === path).pop();
    if (form && (last || known.has(path))) fill(form, last ? last.body : known.get(path));
    return true;
  }

  function goOn(path, act) {
    const paths = (ahead || []).map((each) => each[0]);
    const here = paths.indexOf(path.replace(/\/how$/, ""));
    const next = paths[here + (act === "back" ? -1 : act === "wipe" ? 0 : 1)];
    const waits = said.waiting.replace("{number}", mine().length);
    if (here < 0 || !next || !fromAhead(next)) tell(`${waits} ${said.waitingEnd}`);
    else tell(waits);
  }

  async function ask(path, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), SECONDS * 1000);
    try {
      if (over) return await over.ask(path, body, stop.signal);
      const how = body === undefined ? {} : { method: "POST", body: new URLSearchParams(body) };
      const answer = await fetch(path, { ...how, signal: stop.signal, credentials: "same-origin" });
      return { status: answer.status, moved: answer.redirected, path: new URL(answer.url).pathname, text: await answer.text() };
    } catch { return null; } finally { clearTimeout(timer); }
  }

  // Sends what waits, the oldest first. `current`: the answer that somebody looks at now.
  async function send(current) {
    if (sending || !mine().length) return; // a second timer must not wipe that all has arrived
    sending = true;
    let first;
    while ((first = mine()[0])) {
      const answer = await ask(first.path, first.body);
      if (answer === null) {
        sending = false;
        away = true;
        if (current) goOn(current.path, current.act);
        setTimeout(send, AGAIN * 1000);
        return;
      }
      write(read().filter((each) => each.id !== first.id));
      if (answer.moved) known.set(first.path, first.body);
      if (!current || current.id !== first.id) {
        if (!answer.moved) refused.push([answer.text, first.path]); // shown at the next step
      } else if (!answer.moved) show(answer.text, first.path);
      else if (refused.length) show(...refused.shift());
      else show(answer.text, answer.path);
    }
    sending = false;
    tell(away ? said.arrived : "", true);
    away = false;
  }

  // Where everything goes sealed: a link or a form, as a browser would follow it.
  async function follow(path, body) {
    const answer = await ask(path, body);
    if (answer) {
      show(answer.text, answer.moved || body === undefined ? answer.path : null);
      if (path === "/leave" && answer.status === 200) {
        left = true;
        over.forget();
      }
    } else if (body !== undefined || !fromAhead(path)) tell(said.away);
    return answer;
  }

  async function fetchAhead() {
    if (ahead !== null || !document.querySelector("form.question")) return;
    ahead = [];
    const answer = await ask("/ahead");
    try { ahead = JSON.parse(answer.text); } catch { ahead = null; }
  }

  document.addEventListener("click", (event) => {
    pressed = event.target.closest ? event.target.closest("button") : null;
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || box.name !== "v" || !box.checked) return;
    for (const other of box.form.querySelectorAll("input[name=v]")) {
      if (other !== box && ("code" in box.dataset || "code" in other.dataset)) other.checked = false;
    }
  });
  // What is too long is said where it stands, and stays there whole: also while the laptop is away.
  function isTooLong(form) {
    const length = (field) => Array.from(field.value.trim().normalize("NFC")).length;
    const long = [...form.querySelectorAll("textarea, input.namely")].find((each) => length(each) > form.dataset.mostWords);
    if (!long) return false;
    const told = document.getElementById("problem") || document.createElement("p");
    told.id = "problem";
    told.className = "problem";
    told.setAttribute("role", "alert");
    long.before(told);
    told.textContent = form.dataset.tooLong.replace("{number}", length(long));
    long.setAttribute("aria-describedby", "problem");
    if (long.closest("details")) long.closest("details").open = true;
    long.focus();
    return true;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") === "/hand-in" && mine().length) {
      event.preventDefault();
      tell(said.waitingEnd);
      send();
      return;
    }
    if (form.getAttribute("action") === "/hand-in" && refused.length) {
      event.preventDefault();
      show(...refused.shift());
      return;
    }
    const button = event.submitter || pressed;
    if (!form.classList.contains("question")) {
      if (!over) return;
      event.preventDefault();
      const chosen = new URLSearchParams(new FormData(form));
      if (button && button.name) chosen.set(button.name, button.value);
      follow(form.getAttribute("action"), chosen.toString());
      return;
    }
    event.preventDefault();
    const act = (button && button.value) || "next";
    if (act !== "wipe" && isTooLong(form)) return;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("act", act);
    const entry = { id: `${Date.now()}-${Math.random()}`, key: key(), path: form.getAttribute("action"), act, body: fields.toString() };
    write([...read(), entry]);
    if (sending || mine().length > 1) { goOn(entry.path, act); send(); } else send(entry);
  });
  // A browser may keep a page as it was to go back to it, also where it was told to store nothing.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("popstate", async () => {
    if (left) { location.reload(); return; }
    const path = location.pathname;
    const answer = await ask(path);
    if (answer) show(answer.text, answer.path, true);
    else fromAhead(path);
  });
  addEventListener("online", () => send());
  if (/^\/k\//.test(location.pathname)) history.replaceState(null, "", "/");
  function goOnSending() {
    if (!mine().length) return;
    away = true;
    tell(said.waiting.replace("{number}", mine().length));
    send();
  }
  if (over) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest ? event.target.closest("a[href^='/']") : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      follow(link.getAttribute("href"));
    });
    const first = async () => { if (await follow(location.pathname)) goOnSending(); else setTimeout(first, AGAIN * 1000); };
    first();
  } else {
    goOnSending();
    fetchAhead();
  }
})();
