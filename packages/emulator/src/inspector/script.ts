/** What the page runs: it reads itself anew and posts what is pressed. */
export const script: string = `
const sources = new WeakMap();
const source = (row) => {
  if (!sources.has(row)) sources.set(row, row.outerHTML);
  return sources.get(row);
};
// As they came, before anything is opened.
document.querySelectorAll("[data-key]").forEach(source);

const foldings = (row) => row.querySelectorAll("details");
const stops = (row) => [...row.querySelectorAll("summary, button, a, pre")];

function replaceRow(old, fresh) {
  source(fresh);
  foldings(fresh).forEach((folding, at) => { folding.open = foldings(old)[at]?.open ?? false; });
  const focused = stops(old).indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (focused >= 0) (stops(fresh)[focused] ?? stops(fresh)[0])?.focus();
  return fresh;
}

function renewRows(list, fresh) {
  const old = new Map([...list.children].map((row) => [row.dataset.key, row]));
  let at = list.firstElementChild;
  for (const next of [...fresh.children]) {
    const before = old.get(next.dataset.key);
    old.delete(next.dataset.key);
    if (!before) {
      source(next);
      list.insertBefore(next, at);
      continue;
    }
    const here = before === at;
    const row = source(before) === next.outerHTML ? before : replaceRow(before, next);
    if (here) at = row.nextElementSibling;
    else list.insertBefore(row, at);
  }
  for (const gone of old.values()) gone.remove();
}

function renew(fresh) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector('[data-part="' + part.dataset.part + '"]');
    if (next && part.innerHTML !== next.innerHTML) part.replaceChildren(...next.childNodes);
  }
  for (const list of document.querySelectorAll("[data-rows]")) {
    const next = fresh.querySelector('[data-rows="' + list.dataset.rows + '"]');
    if (next) renewRows(list, next);
  }
}

const live = document.querySelector("#live");
const pause = document.querySelector("#pause");
const filter = document.querySelector('[data-form="filter"]');
let timer;
let turn = 0;

function tell(state, text) {
  if (live.textContent !== text) live.textContent = text;
  document.body.dataset.live = state;
}

async function refresh() {
  clearTimeout(timer);
  const mine = ++turn;
  try {
    const reply = await fetch(location.href, { cache: "no-store" });
    if (!reply.ok) throw new Error("status " + reply.status);
    const text = await reply.text();
    if (mine !== turn) return;
    // Its head has a style under a nonce of its own, which this page's policy refuses.
    renew(new DOMParser().parseFromString(text.slice(text.indexOf("<body>")), "text/html"));
    tell("yes", "Live");
  } catch {
    if (mine !== turn) return;
    tell("no", "No answer from the emulator");
  }
  timer = setTimeout(refresh, document.hidden ? 5000 : 1000);
}

function say(text, bad) {
  const said = document.querySelector("#said");
  said.textContent = text;
  said.className = bad ? "bad" : "";
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { said.textContent = ""; }, bad ? 8000 : 2500);
}

async function send(route, method, body, done) {
  try {
    const reply = await fetch("/_emulator/" + route, {
      method,
      ...(method === "POST" && { body: JSON.stringify(body) }),
    });
    const answer = await reply.json();
    if (reply.ok) say(done);
    else say(answer.error, true);
  } catch (error) {
    say("The emulator did not answer: " + error.message, true);
  }
  if (pause.ariaPressed !== "true") await refresh();
}

function pressed(button) {
  const { copy, route, method = "POST", body = "{}", confirm: question } = button.dataset;
  if (copy !== undefined) {
    navigator.clipboard.writeText(copy).then(() => say("Copied"), () => say("The browser did not let this be copied", true));
  } else if (route !== undefined && (question === undefined || confirm(question))) {
    send(route, method, JSON.parse(body), "Done: " + button.textContent);
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) pressed(button);
});

pause.addEventListener("click", () => {
  const paused = pause.ariaPressed !== "true";
  pause.ariaPressed = String(paused);
  if (!paused) return refresh();
  clearTimeout(timer);
  turn += 1;
  tell("paused", "Paused");
});

function addFault(form) {
  const { kind, parameters, path, times } = Object.fromEntries(new FormData(form));
  let given;
  try {
    given = JSON.parse(parameters || "{}");
  } catch {
    return say("The parameters are not JSON.", true);
  }
  send("faults", "POST", { kind, ...given, times: Number(times), ...(path && { match: { path } }) }, "Added: " + kind);
}

const FORMS = {
  clock: (form) => send("clock", "POST", { advance: Number(form.advance.value) }, "The clock is on"),
  fault: addFault,
  filter: () => {},
};
document.addEventListener("submit", (event) => {
  event.preventDefault();
  FORMS[event.target.dataset.form]?.(event.target);
});
document.querySelector('[name="kind"]').addEventListener("change", ({ target }) => {
  target.form.parameters.value = target.selectedOptions[0].dataset.example;
});
filter.addEventListener("input", () => {
  const query = new URLSearchParams(new FormData(filter));
  if (query.get("path") === "") query.delete("path");
  history.replaceState(null, "", query.size > 0 ? "?" + query : location.pathname);
  refresh();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && pause.ariaPressed !== "true") refresh();
});
refresh();
`;
