"use strict";
// The form of one participant. Everything stays on this device until they send their file.
(function () {
  const D = JSON.parse(document.getElementById("data").textContent);
  const app = document.getElementById("app");
  const blank = D.sheet;
  // All pages opened from a disk share one storage: the key says whose answers these are.
  const KEY = ["bart", blank.session, blank.round, blank.question_set_hash, blank.participant, blank.session_id]
    .filter((part) => part !== "").join("/");
  const mostInCell = () => (narrow.matches ? 32 : 80); // characters of one's answers in a cell of the picture
  const CERTAINTY_NONE = [D.codes.dontKnow, D.codes.preferNot];
  const rowOf = new Map();
  D.pages.forEach((page) => { page.options = D.lists[page.options]; });
  D.pages.forEach((page, number) => page.rows.forEach((row) => rowOf.set(row.item, { page, number, row })));
  const items = [...rowOf.keys()];
  // What choices mean stands below each where they are met first, and then with the help.
  const metOn = new Map();
  const choices = (page) => page.options.map((each) => each[0]).sort().join();
  D.pages.forEach((page) => { if (!metOn.has(choices(page))) metOn.set(choices(page), page); });
  const explains = (page) => metOn.get(choices(page)) === page;
  const narrow = matchMedia("(max-width: 61.99rem)"); // there few rows of a table are asked at once
  const ROWS_AT_ONCE = 2;
  const AT_ONCE = 8; // answers in sight below each other; of more each section is opened by itself
  const inFrame = window.self !== window.top; // of a mail program, a preview: it may forbid files

  let state = fresh();
  let canKeep = true;
  let isOpen = false; // whoever is here has said that the answers on this device are theirs
  let typing = 0; // the timer of what is still being typed
  let typedIn = null;
  let pending = null;
  let where = location.hash.slice(1); // some pages cannot change their address

  // `made`: what stood in the file that was made last; `sent`: they said that they sent it; `long`:
  // texts that do not fit in an answer, whole, until their writer made them shorter.
  function fresh() {
    return { language: D.language, consent: "", function: "", status: "draft", answers: {}, long: {}, made: "", sent: false };
  }

  // ---- words -------------------------------------------------------------------------------

  const t = (name, values) => fill(D.texts[state.language][name], values);
  const say = (both) => (both ? both[state.language] || "" : "");

  function fill(text, values) {
    return values ? text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all)) : text;
  }

  // ---- building the page: text is only ever set as text ---------------------------------------

  function el(tag, attributes, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") for (const [event, does] of Object.entries(value)) made.addEventListener(event, does);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    for (const each of inside.flat(3)) if (each !== null && each !== undefined && each !== "") made.append(each);
    return made;
  }

  const paragraphs = (text) => text.split("\n\n").map((part) => {
    const lines = part.split("\n").filter((line) => line);
    if (lines.length && lines.every((line) => line.startsWith("- "))) {
      return el("ul", {}, lines.map((line) => el("li", {}, line.slice(2))));
    }
    return lines.length ? el("p", {}, lines.flatMap((line, at) => (at ? [el("br"), line] : [line]))) : null;
  });

  const button = (inside, does, kind) => el("button", { type: "button", class: kind || null, on: { click: does } }, inside);
  const live = el("p", { id: "live", role: "status", "aria-live": "polite" });
  let told = 0;

  // Set only after a turn of the loop, so that a screen reader hears the same words twice.
  function tell(text, stays) {
    live.textContent = "";
    clearTimeout(told);
    setTimeout(() => { live.textContent = text; }, 30);
    if (!stays) told = setTimeout(() => { live.textContent = ""; }, 3000);
  }

  // ---- keeping -------------------------------------------------------------------------------

  function stored() {
    try {
      const text = localStorage.getItem(KEY);
      const found = text ? JSON.parse(text) : null;
      return found && typeof found.answers === "object" ? found : null;
    } catch (error) {
      return null;
    }
  }

  // Of two answers to one question the one that was changed more often is the newer.
  function together(mine, theirs) {
    const both = { ...mine.answers };
    for (const [item, answer] of Object.entries(theirs.answers)) {
      if (!both[item] || answer.revision > both[item].revision) both[item] = answer;
    }
    return both;
  }

  function keep() {
    const before = stored(); // another tab may have kept something since
    if (before) {
      state.answers = together(state, before);
      state.long = { ...before.long, ...state.long };
      if (before.made && !state.made) Object.assign(state, { made: before.made, sent: before.sent });
    }
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
      canKeep = true;
    } catch (error) {
      canKeep = false;
    }
    tell(t(canKeep ? "kept" : "kept_in_page"), !canKeep);
  }

  function answerOf(item) {
    const found = state.answers[item];
    return found && found.value !== null ? found : null;
  }

  function put(item, change) {
    const before = answerOf(item) || {};
    const after = { ...before, ...change };
    if (after.value !== D.codes.other) delete after.words;
    if (CERTAINTY_NONE.includes(after.value)) delete after.certainty;
    for (const name of ["words", "note", "certainty", "quote"]) if (!after[name]) delete after[name];
    const last = state.answers[item];
    const said = ({ revision, ...rest }) => JSON.stringify(Object.entries(rest).sort());
    if (last && said(last) === said(after)) return;
    after.revision = (last ? last.revision : 0) + 1;
    state.answers[item] = after;
    keep();
  }

  function wipe(item) {
    const last = state.answers[item];
    if (!last || last.value === null) return;
    for (const name of ["value", "words", "note"]) state.long[`${item}#${name}`] = "";
    // Kept as a mark: another tab must not bring the answer back.
    state.answers[item] = { value: null, revision: last.revision + 1 };
    keep();
  }

  const tidy = (text) => text.replace(/\r\n?/g, "\n").normalize("NFC");
  const isLong = (text) => Array.from(text).length > D.mostWords;

  function soon(field, does) {
    if (field !== typedIn) settle(); // what was typed elsewhere a moment ago is not to be lost
    clearTimeout(typing);
    typedIn = field;
    pending = does;
    typing = setTimeout(settle, 400);
  }

  function settle() {
    clearTimeout(typing);
    const does = pending;
    pending = null;
    if (does) does();
  }

  // Whose answer to one question leaves another out is not asked that other.
  const leftOut = (item) => {
    const unless = rowOf.get(item).row.unless;
    const before = unless && rowOf.has(unless[0]) && !leftOut(unless[0]) && answerOf(unless[0]);
    return Boolean(before) && before.value === unless[1];
  };
  const asked = () => items.filter((item) => !leftOut(item));
  const rowsOf = (page) => page.rows.filter((row) => !leftOut(row.item));
  const shownPages = () => D.pages.filter((page) => rowsOf(page).length);
  // The first page says it, not the first answer.
  function tryKeeping() {
    try {
      localStorage.setItem(`${KEY}/try`, "1");
      localStorage.removeItem(`${KEY}/try`);
    } catch (error) {
      canKeep = false;
    }
  }

  const said = () => JSON.stringify([state.consent, state.function, Object.entries(state.answers).map(([item, answer]) => [item, answer.revision]).sort()]);
  // Something was changed behind a file that was made: it is neither in it nor sent.
  const isBehind = () => Boolean(state.made) && state.made !== said();

  const isLongAt = (item) => ["value", "words", "note"].some((name) => state.long[`${item}#${name}`]);

  const given = () => asked().filter((item) => answerOf(item)).length;

  // ---- answers in words ------------------------------------------------------------------------

  function inWords(item) {
    const answer = answerOf(item);
    if (!answer) return t("still_open");
    const page = rowOf.get(item).page;
    const label = (id) => say((page.options.find((option) => option[0] === id) || [])[1]) || id;
    if (typeof answer.value === "object") {
      const chosen = Object.entries(answer.value).map(([id, tag]) => {
        const tagged = tag !== "unknown" ? ` (${say((page.tags.find((each) => each[0] === tag) || [])[1])})` : "";
        return label(id) + tagged;
      });
      return chosen.join(", ") || t("none");
    }
    if (page.control === "words" && !CERTAINTY_NONE.includes(answer.value)) return answer.value;
    if (answer.value === D.codes.other) return `${t("other")}: ${answer.words || ""}`;
    if (answer.value === D.codes.nobody) return t("nobody");
    if (answer.value === D.codes.dontKnow) return t("dont_know");
    if (answer.value === D.codes.preferNot) return t("prefer_not");
    return label(answer.value);
  }

  // ---- the frame of every view -------------------------------------------------------------------

  function show(title, content, more) {
    const { above, bar, focus } = more || {};
    const other = state.language === "nl" ? "en" : "nl";
    // It gets the focus, so where one is is said with it.
    const heading = el("h1", { tabindex: "-1", id: "asks", "aria-describedby": above ? "place" : null }, title);
    const whose = el(
      "header",
      {},
      el("p", { class: "who" }, say(D.whose)),
      el("button", { type: "button", class: "quiet", lang: other, on: { click: () => { settle(); state.language = other; live.textContent = ""; draw(); } } },
        D.texts[state.language].other_language),
    );
    const ways = isOpen && state.status === "draft"
      ? el("nav", { "aria-label": t("elsewhere") }, link("o", t("overview")), link("p", t("picture")), link("f", t("hand_in"))) : null;
    const behind = isOpen && isBehind() && where !== "m"
      ? el("p", { class: "behind" }, t("behind"), " ", link("f", t("behind_again"))) : null;
    document.documentElement.lang = state.language;
    document.title = `${title} – ${say(D.title)}`;
    if (bar) bar.append(live);
    app.replaceChildren(...[whose, bar ? null : live, behind, above, heading, ...content.flat(3), bar, ways].filter(Boolean));
    (focus || heading).focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  const link = (to, text, more) => el("a", { href: `#${to}`, on: { click: (event) => { event.preventDefault(); go(to); } }, ...more }, text);

  function go(to) {
    settle();
    where = to;
    // A page inside data or another program may have no address to change: it goes on without.
    try { if (location.hash !== `#${to}`) history.pushState(null, "", `#${to}`); } catch (error) { /* it has no way back */ }
    draw();
  }

  function draw() {
    const number = /^q\d+h?$/.test(where) ? parseInt(where.slice(1), 10) - 1 : -1;
    const isHow = where.endsWith("h") && number >= 0 && number < items.length && asksHow(items[number]);
    if (where === "x") return viewWipe();
    const viewFirst = where === "c" ? viewConsent : viewWelcome;
    if (!isOpen) return hasSomething() ? viewResume() : viewFirst();
    if (state.status === "submitted") return viewMade();
    if (!state.consent || where === "w" || where === "c") return viewFirst();
    if (isHow) return viewHow(items[number]);
    if (number >= 0 && number < items.length && !leftOut(items[number])) return viewQuestion(items[number]);
    if (where === "p") return viewPicture();
    if (where === "f") return viewFinish();
    return viewOverview();
  }

  // What stands there before all is well: where the tap was, and read aloud.
  const problemAt = () => el("p", { class: "problem", role: "alert" });

  // The button, and Enter in a field of one line: where forms are forbidden both still work.
  function going(text, does, inside) {
    inside.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); does(); }
    });
    return button(text, does, "main");
  }

  const hasSomething = () => {
    const found = stored();
    return Boolean(found && (found.consent || Object.keys(found.answers).length));
  };

  // ---- before the first question -------------------------------------------------------------------

  function viewWelcome() {
    const welcome = D.welcome[state.language];
    show(welcome.title, [
      canKeep ? null : el("p", { class: "mind" }, t("kept_in_page")),
      inFrame ? el("p", { class: "mind" }, t("in_frame")) : null,
      paragraphs(welcome.about), el("p", { class: "dim" }, t("private")),
      el("div", { class: "buttons" }, button(t("go_on"), () => go("c"), "main")),
      loading()]);
  }

  function viewConsent() {
    const welcome = D.welcome[state.language];
    const problem = problemAt();
    const begin = () => {
      if (!state.consent) {
        problem.textContent = t("consent_first");
        box.querySelector("input").focus();
        problem.scrollIntoView({ block: "center" });
        return;
      }
      isOpen = true;
      keep();
      go(given() ? "o" : toItem(asked()[0]));
    };
    const box = el("div", {},
      paragraphs(welcome.seen),
      el("fieldset", {}, el("legend", {}, el("h2", {}, welcome.consent)), problem,
        welcome.choices.map(([id, called, says]) => option("radio", "consent", id, el("span", {}, el("strong", {}, called), ` – ${says}`),
          state.consent === id, () => { state.consent = id; problem.textContent = ""; }))),
      D.functions.length ? [
        el("h2", {}, t("function_title")), el("p", {}, t("function_text")),
        el("fieldset", {}, el("legend", { class: "hidden" }, t("function_title")),
          [...D.functions, ""].map((name) => option("radio", "function", name, name || t("function_none"),
            state.function === name, () => { state.function = name; })))] : null);
    box.append(el("div", { class: "buttons" }, button(t("back"), () => go("w")), going(t("begin"), begin, box)));
    show(welcome.seenTitle, [box]);
  }

  function viewResume() {
    const found = stored();
    const code = blank.participant;
    const mine = state;
    state = { ...fresh(), ...found, language: mine.language }; // only to count what is asked
    const [count, total] = [given(), asked().length];
    state = mine;
    show(t("resume_title"), [
      el("p", {}, t("resume_text", { code, given: count, total })),
      found.status === "submitted" ? el("p", {}, t(found.sent ? "resume_sent" : "resume_closed")) : null,
      el("div", { class: "buttons" },
        button(t("resume_yes", { code }), () => {
          const language = state.language;
          state = { ...fresh(), ...found, language };
          isOpen = true;
          go(state.status === "submitted" ? "m" : state.consent ? firstOpen() : "w");
        }, "main"),
        button(t("resume_wipe"), () => go("x"))),
    ]);
  }

  // The first open question behind the last answer: what was skipped on the way stays skipped.
  function firstOpen() {
    let last = -1;
    const all = asked();
    all.forEach((item, at) => { if (answerOf(item)) last = at; });
    const next = all.slice(last + 1)[0] || all.find((item) => !answerOf(item)) || all[0];
    return toItem(next);
  }

  const toItem = (item) => `q${items.indexOf(item) + 1}`;

  function viewWipe() {
    show(t("wipe_title"), [
      el("p", {}, t("wipe_text")),
      el("div", { class: "buttons" },
        button(t("wipe_no"), () => go(isOpen ? "o" : ""), "main"),
        button(t("wipe_yes"), () => {
          try { localStorage.removeItem(KEY); } catch (error) { canKeep = false; }
          state = { ...fresh(), language: state.language };
          isOpen = false;
          go("");
          tell(t("wiped_all"));
        }, "danger")),
    ]);
  }

  function loading() {
    const message = el("p", { role: "alert" });
    const input = el("input", { type: "file", id: "load", accept: ".json,application/json,text/plain", on: { change: async () => {
      const text = input.files.length ? await input.files[0].text() : "";
      const count = load(text);
      message.textContent = count < 0 ? t("load_wrong") : "";
      if (count >= 0) {
        isOpen = true;
        keep();
        go("o");
        tell(t("loaded", { number: count }));
      }
    } } });
    return el("p", { class: "dim load" }, el("label", { for: "load" }, t("load")), el("br"), input, message);
  }

  // Take in a file that this form made; -1 when it is none. What does not fit is left out.
  function load(text) {
    let sheet;
    try { sheet = JSON.parse(text.replace(/^\uFEFF/, "")); } catch (error) { return -1; }
    if (!sheet || typeof sheet !== "object" || typeof sheet.answers !== "object" || !sheet.answers) return -1;
    for (const name of ["kind", "session", "round", "question_set_hash", "participant"]) {
      if (sheet[name] !== blank[name]) return -1;
    }
    if (sheet.session_id && sheet.session_id !== blank.session_id) return -1;
    let count = 0;
    for (const item of items) {
      const answer = sheet.answers[item];
      if (!answer || !fits(rowOf.get(item).page, answer)) continue;
      const now = state.answers[item];
      const revision = Number.isInteger(answer.revision) && answer.revision > 0 ? answer.revision : 1;
      if (now && now.revision >= revision) continue;
      const taken = { value: answer.value, revision };
      for (const name of ["words", "note"]) if (typeof answer[name] === "string" && answer[name] && !isLong(tidy(answer[name]))) taken[name] = tidy(answer[name]);
      if (D.certainties.some((each) => each[0] === answer.certainty)) taken.certainty = answer.certainty;
      if (answer.quote === true) taken.quote = true;
      state.answers[item] = taken;
      count += 1;
    }
    if (D.welcome.nl.choices.some((choice) => choice[0] === sheet.consent)) state.consent = sheet.consent;
    if (D.functions.includes(sheet.function)) state.function = sheet.function;
    return count;
  }

  function fits(page, answer) {
    const { value } = answer;
    const known = (id) => page.options.some((each) => each[0] === id);
    if (CERTAINTY_NONE.includes(value)) return true;
    if (page.control === "several") {
      return Boolean(value) && typeof value === "object" && !Array.isArray(value) &&
        Object.entries(value).every(([id, tag]) => known(id) && (tag === "unknown" || page.tags.some((each) => each[0] === tag)));
    }
    if (typeof value !== "string" || !value) return false;
    if (page.control === "words") return !isLong(tidy(value));
    return known(value) || (page.nobody && value === D.codes.nobody) || (page.other && value === D.codes.other);
  }

  // ---- a question ----------------------------------------------------------------------------------

  let counter = 0;
  const newId = () => `n${(counter += 1)}`;

  function option(kind, name, id, label, on, does, help) {
    const input = el("input", { type: kind, name, value: id, on: { change: () => does(input.checked) } });
    input.checked = on;
    return el("label", { class: "option" }, input, el("span", { class: "says" }, label, help ? el("small", {}, help) : null));
  }

  // What is shown at once: on a narrow screen of a table two rows, or one where its levels are explained first.
  function shownWith(item) {
    const { page } = rowOf.get(item);
    const rows = rowsOf(page).map((row) => row.item);
    if (!narrow.matches) return rows;
    const many = explains(page) && page.options.some((each) => say(each[2])) ? 1 : ROWS_AT_ONCE;
    const at = rows.indexOf(item);
    return rows.slice(at - (at % many), at - (at % many) + many);
  }

  function placeOf(page, numbers) {
    const total = asked().length;
    return el("div", { class: "place", id: "place" },
      el("p", {}, t("place", { section: say(page.section), number: numbers, total })),
      el("progress", { max: String(total), value: String(given()), "aria-label": t("progress", { given: given(), total }) }),
      el("p", { class: "tense" }, say(page.tense) + (page.own ? ` · ${t("own_position")}` : "")));
  }

  function after(item) {
    const next = asked().find((each) => items.indexOf(each) > items.indexOf(item));
    return next ? toItem(next) : "f";
  }

  const pickedIn = (item) => { const now = answerOf(item); return now && typeof now.value === "object" ? now.value : {}; };
  // On a narrow screen it is a page of its own, behind the choice.
  const asksHow = (item) => narrow.matches && rowOf.get(item).page.tags.length > 0 && Object.keys(pickedIn(item)).length > 0;

  function viewHow(item) {
    const { page, row } = rowOf.get(item);
    const chosen = page.options.filter(([id]) => id in pickedIn(item));
    show(t("how_title"), [
      el("p", { class: "dim" }, row.label ? say(row.asked) : say(page.question)),
      chosen.map(([id, label]) => howItCame(page, item, id, el("strong", {}, say(label))).element),
    ], {
      above: placeOf(page, String(asked().indexOf(item) + 1)),
      bar: el("div", { class: "buttons bar" },
        button(t("back"), () => go(toItem(item))), button(t("go_on"), () => go(after(item)), "main")),
    });
  }

  // Nothing is said beforehand, as with how sure one is, and a second tap takes it back.
  function howItCame(page, item, id, named) {
    const asks = newId();
    const steps = page.tags.map(([tag, words]) => el("button", { type: "button", class: "step", value: tag, on: { click: () => {
      put(item, { value: { ...pickedIn(item), [id]: pickedIn(item)[id] === tag ? "unknown" : tag } });
      mark();
    } } }, say(words)));
    const mark = () => steps.forEach((each) => each.setAttribute("aria-pressed", String(pickedIn(item)[id] === each.value)));
    mark();
    return { element: el("div", { class: "tags", role: "group", "aria-labelledby": asks }, el("span", { id: asks }, named), steps), mark };
  }

  function viewQuestion(item) {
    const { page } = rowOf.get(item);
    const all = asked();
    const here = shownWith(item);
    const [first, last] = [all.indexOf(here[0]), all.indexOf(here[here.length - 1])];
    const isTable = here.length > 1;
    const above = placeOf(page, isTable ? `${first + 1}–${last + 1}` : String(first + 1));
    const box = el("div", {}, isTable ? table(page, here) : single(page, rowOf.get(item).row));
    const onward = () => {
      settle(); // what follows may depend on what was typed a moment ago
      const long = box.querySelector("[aria-invalid]:not([hidden])");
      if (long) {
        if (long.closest("details")) long.closest("details").open = true;
        long.focus();
        return;
      }
      go(asksHow(item) ? `${toItem(item)}h` : after(here[here.length - 1]));
    };
    const bar = el("div", { class: "buttons bar" },
      button(t("back"), () => go(first ? toItem(all[first - 1]) : "c")), going(t("go_on"), onward, box));
    const row = rowOf.get(item).row;
    show(isTable || !row.label ? say(page.question) : say(row.asked), [
      say(page.example) ? el("p", { class: "dim" }, t("example", { example: say(page.example) })) : null,
      say(page.howMany) ? el("p", { id: "how-many" }, say(page.howMany)) : null,
      help(page, isTable),
      box,
      el("p", { class: first ? "dim not-first" : "dim" }, t("skip"), " ", el("span", { class: "keyboard" }, t("keyboard"))),
    ], { above, bar });
  }

  // In a table the levels have no room for what they mean: it stands above, open the first time.
  function help(page, isTable) {
    const meanings = isTable || !explains(page) ? page.options.filter((each) => say(each[2])) : [];
    if (!say(page.help) && !meanings.length) return null;
    const list = meanings.length ? el("ul", { class: "meanings" }, meanings.map((each) => el("li", {}, el("strong", {}, say(each[1])), ` – ${say(each[2])}`))) : null;
    const more = el("details", {}, el("summary", {}, t("more_help")), paragraphs(say(page.help)), isTable && page.first ? null : list);
    return [isTable && page.first ? list : null, say(page.help) || list ? more : null];
  }

  function single(page, row) {
    const item = row.item;
    const box = el("div", { class: "single" });
    const extra = more(page, row);
    const redraw = () => extra.fill();
    // Named by the heading: a legend would say the question twice.
    const asks = { "aria-labelledby": "asks", "aria-describedby": say(page.howMany) ? "how-many" : null };
    if (page.control === "words") box.append(ownWords(page, row, redraw));
    else if (page.control === "several") box.append(el("fieldset", asks, several(page, item, redraw)));
    else if (page.control === "one") box.append(el("fieldset", asks, one(page, item, redraw)));
    else throw new Error("no control for " + page.control);
    box.append(extra.element);
    return box;
  }

  function codesOf(page) {
    const codes = [];
    if (page.other) codes.push([D.codes.other, t("other")]);
    if (page.nobody) codes.push([D.codes.nobody, t("nobody")]);
    codes.push([D.codes.dontKnow, t("dont_know")], [D.codes.preferNot, t("prefer_not")]);
    return codes;
  }

  function one(page, item, redraw) {
    const now = answerOf(item);
    const namely = writing("input", { type: "text", class: "words", "aria-label": t("other_words"), autocomplete: "off" },
      item, "words", (now && now.words) || "", (text) => put(item, { value: D.codes.other, words: text }));
    const reveal = (on) => { namely.field.hidden = namely.problem.hidden = !on; };
    reveal(now && now.value === D.codes.other);
    const choose = (id) => {
      settle();
      put(item, { value: id });
      if (id === D.codes.other) namely.take(); else namely.let_go();
      reveal(id === D.codes.other);
      if (!namely.field.hidden) namely.field.focus();
      redraw();
    };
    const made = (id, label, help) => option("radio", item, id, label, Boolean(now && now.value === id), () => choose(id), help);
    return [
      page.options.map(([id, label, help]) => made(id, say(label), explains(page) && say(help))),
      el("div", { class: "codes" }, codesOf(page).map(([id, label]) => [made(id, label), id === D.codes.other ? [namely.problem, namely.field] : null])),
    ];
  }

  function several(page, item, redraw) {
    const boxes = [];
    const list = el("div");
    const now = () => { const found = answerOf(item); return found ? found.value : null; };
    const picked = () => pickedIn(item);
    const problem = problemAt();
    const refresh = () => {
      for (const [id, input, tags] of boxes) {
        input.checked = id === "" ? Boolean(now()) && typeof now() === "object" && !Object.keys(now()).length
          : typeof now() === "string" ? now() === id : id in picked();
        if (tags) {
          tags.element.hidden = !(id in picked());
          tags.mark();
        }
      }
      redraw();
    };
    const toggle = (id, on) => {
      problem.textContent = "";
      const chosen = { ...picked() };
      if (on) chosen[id] = "unknown"; else delete chosen[id];
      if (page.most && Object.keys(chosen).length > page.most) {
        boxes.find((each) => each[0] === id)[1].closest("label").after(problem);
        problem.textContent = t("chosen_most", { most: page.most });
        problem.scrollIntoView({ block: "nearest" });
      }
      else if (Object.keys(chosen).length) put(item, { value: chosen });
      else wipe(item);
      refresh();
    };
    for (const [id, label, help] of page.options) {
      const made = option("checkbox", item, id, say(label), id in picked(), (on) => toggle(id, on), explains(page) && say(help));
      const tags = page.tags.length && !narrow.matches
        ? howItCame(page, item, id, [el("span", { class: "hidden" }, `${say(label)}. `), t("how_came")]) : null;
      boxes.push([id, made.querySelector("input"), tags]);
      list.append(made, ...(tags ? [tags.element] : []));
    }
    const codes = [["", t("none")], [D.codes.dontKnow, t("dont_know")], [D.codes.preferNot, t("prefer_not")]].map(([id, label]) => {
      const made = option("checkbox", item, id, label, false, (on) => {
        if (on) put(item, { value: id === "" ? {} : id }); else wipe(item);
        refresh();
      });
      boxes.push([id, made.querySelector("input"), null]);
      return made;
    });
    refresh();
    return [list, problem, el("div", { class: "codes" }, codes)];
  }

  // A field for own words. Of what is too long it says so, and keeps all of it as it stands.
  function writing(tag, attributes, item, name, text, does) {
    const key = `${item}#${name}`;
    const problem = el("p", { class: "problem", role: "alert", id: newId() });
    const field = el(tag, { id: newId(), ...attributes });
    const tell = () => {
      const long = state.long[key];
      problem.textContent = long ? t("too_long", { number: Array.from(long).length }) : "";
      for (const [about, said] of [["aria-invalid", "true"], ["aria-describedby", problem.id]]) {
        if (long) field.setAttribute(about, said); else field.removeAttribute(about);
      }
    };
    const hold = (long) => {
      if ((state.long[key] || "") === long) return;
      state.long[key] = long;
      keep();
      tell();
    };
    const take = () => {
      const now = tidy(field.value);
      hold(isLong(now) ? now : "");
      if (!isLong(now)) does(now);
    };
    field.value = state.long[key] || text;
    field.addEventListener("input", () => soon(field, take));
    tell();
    return { field, problem, take, let_go: () => hold("") };
  }

  function ownWords(page, row, redraw) {
    const { item } = row;
    const now = answerOf(item);
    const isCode = now && CERTAINTY_NONE.includes(now.value);
    const own = writing("textarea", { rows: "4" }, item, "value", now && !isCode ? now.value : "", (text) => {
      for (const each of radios) each.querySelector("input").checked = false;
      if (text.trim()) put(item, { value: text }); else wipe(item);
      redraw();
    });
    const radios = [[D.codes.dontKnow, t("dont_know")], [D.codes.preferNot, t("prefer_not")]].map(([id, label]) =>
      option("checkbox", item, id, label, Boolean(now && now.value === id), (on) => {
        settle();
        own.field.value = "";
        own.let_go();
        for (const other of radios) other.querySelector("input").checked = on && other.querySelector("input").value === id;
        if (on) put(item, { value: id }); else wipe(item);
        redraw();
      }));
    return el("div", {},
      el("label", { for: own.field.id }, t("own_words")), own.problem, own.field,
      el("p", { class: "dim" }, t("no_names")),
      el("fieldset", { class: "codes", "aria-labelledby": "asks" }, radios));
  }

  // Certainty, note, leave to quote, and wiping: below an answer, once there is one.
  function more(page, row) {
    const { item } = row;
    const named = row.label ? say(row.label) : "";
    const box = el("div", { class: "more" });
    const fillBox = () => {
      const now = answerOf(item);
      box.hidden = !now;
      if (!now) { box.replaceChildren(); return; }
      if (box.firstChild) {
        if (sure) sure.hidden = CERTAINTY_NONE.includes(now.value);
        return;
      }
      build(now);
    };
    let sure = null;
    function build(now) {
      const of = () => (named ? el("span", { class: "hidden" }, ` (${named})`) : null);
      if (page.certainty) {
        const buttons = D.certainties.map(([step, label]) => {
          const made = button(say(label), () => {
            const is = (answerOf(item) || {}).certainty === step;
            put(item, { certainty: is ? "" : step });
            for (const each of buttons) each.setAttribute("aria-pressed", String(!is && each === made));
          }, "step");
          made.setAttribute("aria-pressed", String(now.certainty === step));
          return made;
        });
        const id = newId();
        sure = el("div", { class: "sure", role: "group", "aria-labelledby": id }, el("span", { id }, t("how_sure"), of()), buttons);
        sure.hidden = CERTAINTY_NONE.includes(now.value);
      }
      const own = writing("textarea", { rows: "3" }, item, "note", now.note || "", (text) => put(item, { note: text }));
      const quote = option("checkbox", `${item}/quote`, "quote", t("quote"), Boolean(now.quote), (on) => put(item, { quote: on }));
      const behindOne = narrow.matches && sure; // on a phone one tap opens both
      const wiping = button([t("wipe_answer"), of()], () => {
        settle();
        wipe(item);
        draw();
        tell(t("wiped"));
      }, "quiet");
      const details = el("details", {},
        el("summary", {}, t(behindOne ? "sure_and_note" : "note"), of()),
        behindOne ? sure : null,
        el("label", { for: own.field.id }, t("note_label")), own.problem, own.field, el("p", { class: "dim" }, t("no_names")),
        page.control === "words" ? null : quote, narrow.matches ? wiping : null);
      details.open = Boolean(own.field.value || (behindOne && now.certainty));
      box.append(...[behindOne ? null : sure, page.control === "words" ? quote : null, details,
        details.contains(wiping) ? null : wiping].filter(Boolean));
    }
    fillBox();
    return { element: box, fill: fillBox };
  }

  function table(page, here) {
    const codes = codesOf(page);
    const columns = [...page.options.map(([id, label]) => [id, say(label)]), ...codes];
    const box = el("div", { class: "rows" });
    box.style.setProperty("--columns", String(columns.length));
    box.append(el("div", { class: "head", "aria-hidden": "true" }, el("span"), columns.map(([, label]) => el("span", {}, label))));
    for (const { row } of here.map((item) => rowOf.get(item))) {
      const now = answerOf(row.item);
      const id = newId();
      const extra = more(page, row);
      box.append(el("div", { class: "row" },
        el("div", { class: "choices", role: "radiogroup", "aria-labelledby": id },
          el("span", { class: "name", id }, say(row.label)),
          columns.map(([value, label]) => option("radio", row.item, value, label, Boolean(now && now.value === value),
            () => { settle(); put(row.item, { value }); extra.fill(); }))),
        extra.element));
    }
    return box;
  }

  // ---- looking over, and handing in ----------------------------------------------------------------

  const answered = (item) => el("li", {}, link(toItem(item), [
    el("span", { class: "name" }, say(rowOf.get(item).row.short)), ": ",
    el("span", { class: answerOf(item) && !isLongAt(item) ? "said" : "open" }, isLongAt(item) ? t("too_long_here") : inWords(item))]));

  function footer() {
    return el("div", { class: "buttons" },
      button(t("hand_in"), () => go("f"), "main"),
      button(t("back"), () => go(firstOpen())),
      button(t("wipe"), () => go("x"), "quiet"));
  }

  function viewOverview() {
    const sections = [];
    for (const page of shownPages()) {
      const last = sections[sections.length - 1];
      if (last && last.boundary === page.boundary) last.pages.push(page);
      else sections.push({ boundary: page.boundary, title: say(page.section), pages: [page] });
    }
    const folded = (section) => {
      const here = section.pages.flatMap((page) => rowsOf(page).map((row) => row.item));
      const counted = t("section", { section: section.title, given: here.filter((item) => answerOf(item)).length, total: here.length });
      return el("details", { class: "section", open: asked().length <= AT_ONCE || here.some(isLongAt) }, el("summary", {}, el("h2", {}, counted)),
        el("ul", { class: "all" }, here.map(answered)));
    };
    show(t("overview"), [
      el("p", {}, t("progress", { given: given(), total: asked().length })),
      sections.map(folded),
      footer(),
    ]);
  }

  function viewPicture() {
    const { rows, columns } = D.picture;
    const cells = D.picture.cells.map((row) => row.map((keys) => keys.filter((item) => !leftOut(item))));
    const name = (column) => say(column[1]) || t("together");
    // In words, so that it is a picture; all of it stands with the questions.
    const words = (done) => {
      const said = [...new Set(done.map(inWords))].join(" · ");
      return said.length > mostInCell() ? `${said.slice(0, mostInCell())}…` : said;
    };
    const cell = (keys, row, column) => {
      const done = keys.filter((item) => answerOf(item));
      const open = keys.length - done.length;
      const said = words(done) || `[ ${t("empty")} ]`;
      // In a list of links nobody hears of which cell it is.
      const named = { "aria-label": `${say(row[1])}, ${name(column)}: ${said}` };
      return el("td", { "data-of": name(column), class: keys.length ? null : "nothing" }, keys.length ? [
        link(toItem(keys.find((item) => !answerOf(item)) || keys[0]), said, named),
        open && done.length ? el("small", {}, t("open_here", { number: open })) : null] : "–");
    };
    show(t("picture"), [
      el("p", {}, t("progress", { given: given(), total: asked().length })),
      el("table", { class: "picture" },
        el("thead", {}, el("tr", {}, el("td"), columns.map((column) => el("th", { scope: "col" }, name(column))))),
        el("tbody", {}, rows.map((row, y) => el("tr", {}, el("th", { scope: "row" }, say(row[1])),
          cells[y].map((keys, x) => cell(keys, row, columns[x])))))),
      footer(),
    ]);
  }

  function viewFinish() {
    const open = asked().filter((item) => !answerOf(item));
    const long = asked().find(isLongAt);
    if (long) return show(t("finish_title"), [
      el("p", { class: "mind" }, t("finish_long"), " ", link(toItem(long), t("finish_shorten"))),
      el("div", { class: "buttons" }, button(t("back"), () => go(toItem(asked()[asked().length - 1]))))]);
    return show(t("finish_title"), [
      el("p", {}, open.length ? t("finish_open", { number: open.length }) : t("finish_whole"), open.length ? [" ", link(toItem(open[0]), t("finish_first"))] : null),
      el("p", {}, t("finish_text")),
      el("div", { class: "buttons" },
        button(t("finish_make"), () => {
          state.status = "submitted";
          state.made = said();
          state.sent = false;
          keep();
          download();
          go("m");
        }, "main"),
        button(t("back"), () => go(toItem(asked()[asked().length - 1])))),
      el("p", {}, button(t("finish_draft"), download, "quiet")),
    ]);
  }

  function sheetText() {
    const answers = {};
    const wiped = {};
    for (const item of items) {
      if (answerOf(item)) answers[item] = answerOf(item);
      else if (state.answers[item]) wiped[item] = state.answers[item].revision;
    }
    return JSON.stringify({ ...blank, function: state.function, consent: state.consent, status: state.status, answers, wiped }, null, 1) + "\n";
  }

  const fileName = () => `bart-${blank.session}-${blank.participant}.json`;

  function download() {
    settle();
    const address = URL.createObjectURL(new Blob([sheetText()], { type: "application/json" }));
    const anchor = el("a", { href: address, download: fileName() });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  function viewMade() {
    const file = fileName();
    const area = el("textarea", { id: newId(), rows: "6", readonly: true, hidden: true });
    const caption = el("label", { for: area.id, hidden: true }, t("copy_label"));
    const message = el("p", { role: "status" });
    const text = () => { settle(); return sheetText(); };
    const byHand = () => {
      area.value = text();
      area.hidden = caption.hidden = false;
      area.focus();
      area.select();
      message.textContent = t("copy_self");
    };
    const copy = () => {
      // Where the browser refuses, or knows no such thing, it is told at once and done by hand.
      if (!navigator.clipboard) { byHand(); return; }
      navigator.clipboard.writeText(text()).then(() => { message.textContent = t("copied"); }, byHand);
    };
    const subject = encodeURIComponent(t("mail_subject", { session: blank.session, code: blank.participant }));
    const body = encodeURIComponent(t("mail_body", { file }));
    const sent = () => { state.sent = true; keep(); draw(); };
    show(t(state.sent ? "sent_title" : "made_title"), [
      state.sent ? el("p", {}, t("sent_text")) : [
        el("p", {}, t(inFrame ? "made_in_frame" : "made_text", { file })),
        el("p", {}, el("strong", {}, D.to ? t("made_send_to", { to: D.to }) : t("made_send")))],
      el("ul", { class: "ways" },
        state.sent ? null : [
          el("li", {}, el("a", { href: `mailto:${encodeURIComponent(D.to)}?subject=${subject}&body=${body}` }, t("mail"))),
          navigator.share ? el("li", {}, button(t("share"), () => navigator.share({ title: file, text: text() }).catch(byHand))) : null,
          el("li", {}, button(t("copy"), copy), message, caption, area)],
        el("li", {}, button(t("made_again"), download))),
      el("div", { class: "buttons" },
        state.sent ? null : button(t("made_sent"), sent, "main"),
        button(t("made_change"), () => { state.status = "draft"; keep(); go("o"); }),
        button(t("wipe"), () => go("x"), "quiet")),
    ]);
  }

  // ---- beginning ---------------------------------------------------------------------------------------

  // Back and forward, and whoever types an address.
  window.addEventListener("popstate", () => { settle(); where = location.hash.slice(1); draw(); });
  window.addEventListener("hashchange", () => { if (where !== location.hash.slice(1)) { settle(); where = location.hash.slice(1); draw(); } });
  narrow.addEventListener("change", () => { if (/^q/.test(where)) { settle(); draw(); } });
  window.addEventListener("pagehide", settle);
  document.addEventListener("visibilitychange", () => { if (document.hidden) settle(); });
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    if (!isOpen) { draw(); return; } // what another tab kept may come in after this one opened
    const other = stored();
    if (!other) { state = { ...fresh(), language: state.language }; isOpen = false; draw(); return; }
    const before = JSON.stringify(state.answers);
    state.answers = together(state, other);
    Object.assign(state, { long: other.long || {}, status: other.status, made: other.made || "", sent: Boolean(other.sent) });
    if ((JSON.stringify(state.answers) !== before || state.status === "submitted") && !pending) { draw(); tell(t("other_tab")); }
  });
  window.addEventListener("beforeunload", (event) => {
    settle();
    if (isOpen && !canKeep && state.status === "draft" && given()) event.preventDefault();
  });

  tryKeeping();
  if (where === "x") where = ""; // first one says whose answers these are
  draw();
  document.getElementById("plain").hidden = true;
  app.hidden = false;
})();
