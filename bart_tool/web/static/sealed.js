// All that this page and the laptop say to each other is sealed with the key of somebody's own card.
// The key stands behind the # of the link: a browser never sends that. It stays in this tab.
import { chacha20poly1305 } from "./noble/chacha.js";

const KEY = "bart-key", LANGUAGE = "bart-language", STEP = 8 * 1024, NONCE = 12, LENGTH = 4;
const bytes = (text) => new TextEncoder().encode(text);
const chance = (size) => crypto.getRandomValues(new Uint8Array(size));
const written = (data) => btoa(Array.from(data, (each) => String.fromCharCode(each)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const read = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));

function kept(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name) || "";
  } catch { return value || ""; } // then it is known until this page goes
}

function found() {
  const said = location.hash.slice(1);
  if (!/^[\w-]{43}$/.test(said)) return kept(KEY);
  history.replaceState(null, "", location.pathname);
  kept(KEY, said);
  return said;
}

// Every message is as long as a whole number of steps: its length tells no answer from another.
function seal(text, bound) {
  const said = bytes(text), nonce = chance(NONCE);
  const whole = new Uint8Array(Math.ceil((LENGTH + said.length) / STEP) * STEP);
  new DataView(whole.buffer).setUint32(0, said.length);
  whole.set(said, LENGTH);
  const made = chacha20poly1305(key, nonce, bytes(bound)).encrypt(whole);
  const message = new Uint8Array(NONCE + made.length);
  message.set(nonce);
  message.set(made, NONCE);
  return written(message);
}

// Throws for what is not whole, not from the laptop, or the answer to something else.
function open(message, bound) {
  const whole = chacha20poly1305(key, message.subarray(0, NONCE), bytes(bound)).decrypt(message.subarray(NONCE));
  const size = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  return JSON.parse(new TextDecoder().decode(whole.subarray(LENGTH, LENGTH + size)));
}

async function sent(fields, signal) {
  const answer = await fetch("/sealed", { method: "POST", body: new URLSearchParams(fields), signal, credentials: "omit" });
  const content = new Uint8Array(await answer.arrayBuffer());
  if (answer.status === 200) return { status: 200, content };
  return { status: answer.status, moved: false, path: location.pathname, text: new TextDecoder().decode(content) };
}

let talk = null; // the conversation with the laptop, and how much was said in it

async function greeted(signal) {
  const once = written(chance(16));
  const answer = await sent({ m: seal(JSON.stringify({ once, language: kept(LANGUAGE) }), "bart greets") }, signal);
  if (answer.status === 200) talk = { name: open(answer.content, `bart welcomes ${once}`).talk, count: 0 };
  return answer;
}

async function asked(path, body, signal) {
  for (let again = 1; ; again -= 1) {
    if (talk === null) {
      const answer = await greeted(signal);
      if (answer.status !== 200) return answer;
    }
    const { name } = talk, count = (talk.count += 1);
    const answer = await sent({ talk: name, count, m: seal(JSON.stringify({ path, body }), `bart up ${name} ${count}`) }, signal);
    if (answer.status === 409 && again) { talk = null; continue; } // the laptop was started again
    if (answer.status !== 200) return answer;
    const told = open(answer.content, `bart down ${name} ${count}`);
    if (told.language) kept(LANGUAGE, told.language);
    return told;
  }
}

let key = found();
if (key) {
  key = read(key);
  let turn = Promise.resolve(); // one after the other: what is heard late is not heard any more
  window.bartSealed = {
    ask: (path, body, signal) => (turn = turn.catch(() => {}).then(() => asked(path, body, signal))),
    forget: () => { kept(KEY, null); key = null; talk = null; },
  };
}
addEventListener("hashchange", () => location.reload()); // another card in the same tab
